"""A message to the desk, and what the bot has to say to it: nobody in danger waits for a person."""

from datetime import datetime
from uuid import UUID, uuid5

from accounts.models import User
from chatbot.actions import asking, tickets
from chatbot.enums import AnswerKind
from chatbot.models import MAX_QUESTION, Ticket
from chatbot.rules import normalising
from chatbot.rules.answers import Answer


def write(*, ticket: UUID, text: str, key: UUID, by: User | None, now: datetime) -> Answer | None:
    """Write to the desk; where it tells of a danger happening now, answer as the bot does and return the card.

    :raises tickets.NotYours, tickets.TicketClosed, tickets.BadMessage:
    """
    said = tickets.say(ticket=ticket, text=text, key=key, by=by, now=now)
    if asking.answer_to(normalising.normalise(text)).kind != AnswerKind.DANGER:
        return None
    row = Ticket.objects.select_related("conversation").get(pk=said.ticket_id)
    question = normalising.visible(text)[:MAX_QUESTION]
    about = {"question": question, "conversation": row.conversation_id, "key": uuid5(key, "card")}
    given = asking.ask(**about, channel=row.conversation.channel, by=by, now=now)
    return given if given.kind == AnswerKind.DANGER else None
