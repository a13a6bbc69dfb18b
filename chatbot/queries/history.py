"""A conversation as whoever had it sees it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from chatbot.enums import AnswerKind, TicketState
from chatbot.models import Conversation, Message, Ticket, Turn
from chatbot.rules import keeping
from chatbot.rules.answers import Answer
from kb import retrieval
from kb.queries import live_articles

SHOWN = 50
LATEST = 10
TURNS = 2
STILL_MEANT = timedelta(minutes=30)
TALK = timedelta(hours=1)  # after that what is written is for the bot again


@dataclass(frozen=True)
class PastTurn:
    """A question, masked as it was kept, and what was answered."""

    question: str
    asked_at: datetime
    helped: bool | None
    complaint: str
    answer: Answer


@dataclass(frozen=True)
class Past:
    """A conversation so far: its last 50 turns, the oldest first, and its last question for a person."""

    conversation: Conversation
    turns: list[PastTurn]
    ticket: Ticket | None
    messages: list[Message]


def conversation_of(*, conversation: UUID | None, by: User | None) -> Conversation | None:
    """Return the conversation if ``by`` started it; one that nobody was logged in for is whoever's holds its id."""
    if conversation is None:
        return None
    return Conversation.objects.filter(pk=conversation, started_by=by).first()


def past(*, conversation: UUID, by: User | None) -> Past | None:
    """Return what was said, or None where there is no such conversation of theirs (four queries)."""
    row = conversation_of(conversation=conversation, by=by)
    if row is None:
        return None
    turns = list(row.turns.exclude(said={}).order_by("-asked_at", "-pk")[:SHOWN])[::-1]
    ticket = row.tickets.order_by("-opened_at").first()
    shown = [PastTurn(turn.question, turn.asked_at, turn.helped, turn.complaint, answer_of(turn)) for turn in turns]
    return Past(row, shown, ticket, list(ticket.messages.all()) if ticket else [])


def earlier_questions(*, conversation: UUID, by: User | None, now: datetime) -> list[str]:
    """Return the last questions of the conversation, masked as they are kept, the last one last (one query).

    Only of who started it, and only those of the last half hour.
    """
    turns = Turn.objects.filter(
        conversation=conversation, conversation__started_by=by, asked_at__gt=now - STILL_MEANT, asked_at__lte=now
    )
    return list(turns.order_by("-asked_at", "-pk").values_list("question", flat=True)[:TURNS])[::-1]


def answer_under(*, key: UUID, by: User | None) -> Answer | None:
    """Return the answer that was given to ``by``'s question of that key, or None (one query)."""
    turn = Turn.objects.filter(key=key, conversation__started_by=by).exclude(said={}).first()
    return answer_of(turn) if turn else None


def answer_of(turn: Turn) -> Answer:
    """Return the answer of a turn as it was; of an article that is no longer live, that it was withdrawn."""
    answer = keeping.restored(turn.said, conversation=str(turn.conversation_id), turn=str(turn.key))
    if not answer.article or retrieval.get(answer.article) or live_articles().filter(slug=answer.article).exists():
        return answer
    text = _("This answer was withdrawn: its article is being reworked. Ask again.")
    return Answer(answer.conversation, AnswerKind.UNKNOWN, text, turn=answer.turn)


def turns_before(ticket: Ticket) -> list[Turn]:
    """Return the last turns of a ticket's conversation, the oldest first (one query)."""
    return list(ticket.conversation.turns.order_by("-asked_at", "-pk")[:LATEST])[::-1]


def talking_ticket(conversation: UUID, *, now: datetime) -> Ticket | None:
    """Return the conversation's ticket that somebody at the desk took or answered within the hour (one query)."""
    at_desk = (TicketState.TAKEN, TicketState.ANSWERED)
    rows = Ticket.objects.filter(conversation=conversation, state__in=at_desk)
    return rows.filter(moved_at__gte=now - TALK).first()


def unseen(conversation: UUID) -> list[Message]:
    """Return what the desk wrote and the visitor has not seen, the oldest first (one query)."""
    return list(Message.objects.filter(ticket__conversation=conversation, from_desk=True, seen_at=None))
