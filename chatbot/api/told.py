"""Answers and tickets as JSON."""

from datetime import datetime

from chatbot.enums import TicketState
from chatbot.models import Ticket
from chatbot.queries import desk
from chatbot.queries.history import Past
from chatbot.rules.answers import Answer
from chatbot.rules.keeping import shown


def answer(given: Answer) -> dict:
    """Return an answer with the keys that go on from it."""
    return {**shown(given), "id": given.turn, "conversation": given.conversation}


def ticket(row: Ticket, now: datetime) -> dict:
    """Return a ticket with its messages (two queries)."""
    staffed = desk.is_staffed(now)
    return {
        "id": row.pk,
        "conversation": row.conversation_id,
        "question": row.question,
        "state": row.state,
        "staffed": staffed,
        "opens": None if staffed or row.state == TicketState.CLOSED else desk.opens_next(now),
        "messages": [
            {"id": said.key, "from_desk": said.from_desk, "text": said.text, "sent_at": said.sent_at}
            for said in row.messages.all()
        ],
    }


def conversation(past: Past, now: datetime) -> dict:
    """Return a conversation as its device shows it again."""
    return {
        "id": past.conversation.pk,
        "turns": [
            {
                "question": turn.question,
                "asked_at": turn.asked_at,
                "helped": turn.helped,
                "complaint": turn.complaint,
                "answer": answer(turn.answer),
            }
            for turn in past.turns
        ],
        "ticket": ticket(past.ticket, now) if past.ticket else None,
    }
