"""A question for a person: opened and written to by a visitor. What the desk does with it is in ``desk``."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chatbot import pushing
from chatbot.enums import Channel, TicketState
from chatbot.models import MAX_MESSAGE, MAX_QUESTION, Conversation, Message, Ticket
from chatbot.queries import history
from chatbot.rules import masking, normalising
from chatbot.tickets import MAX_CONTACT

SEEN_EVERY = timedelta(seconds=10)


class BadMessage(ValueError):
    """It is empty or too long; its text says so to the person."""


class NotYours(Exception):
    """There is no such ticket, or somebody else's conversation holds it."""


class TicketClosed(Exception):
    """Nothing more can be written to it; a new question opens a new one."""


def open_ticket(
    *,
    conversation: UUID | None,
    question: str,
    contact: str = "",
    channel: Channel,
    by: User | None,
    now: datetime,
) -> Ticket:
    """Leave a question for a person and return its ticket.

    A conversation has one unfinished ticket: asked again, it is that one, and the question one more message in it.
    Without a question the last one of the conversation is meant.

    :raises BadMessage: there is no question at all, or it or the contact is too long.
    """
    shown, reach = normalising.visible(question), normalising.visible(contact)
    if len(shown) > MAX_QUESTION or len(reach) > MAX_CONTACT:
        raise BadMessage(_("A question may have up to %(count)s characters.") % {"count": MAX_QUESTION})
    with transaction.atomic():
        row = _conversation(conversation, channel, by, now)
        text = masking.mask(shown) or _last_question(row)
        if not text:
            raise BadMessage(_("Type a question."))
        ticket = row.tickets.exclude(state=TicketState.CLOSED).first()
        if ticket is None:
            ticket = Ticket(conversation=row, question=text, contact=reach, opened_at=now, moved_at=now, seen_at=now)
            ticket.save(force_insert=True)
        else:
            _add(ticket, text, reach, now)
        pushing.push_on_commit(ticket.pk)
    return ticket


def say(*, ticket: UUID, text: str, key: UUID, by: User | None, now: datetime) -> Message:
    """Write to the desk; under the same key it is the same message. One to an answered ticket makes it wait again.

    :raises NotYours: it is not of a conversation that ``by`` started.
    :raises TicketClosed: it is over.
    :raises BadMessage: it is empty or too long.
    """
    shown = masking.mask(normalising.folded(message_text(text)))
    with transaction.atomic():
        row = _own(ticket, by)
        known = row.messages.filter(key=key, from_desk=False).first()
        if known:
            return known
        if row.state == TicketState.CLOSED:
            raise TicketClosed
        said = Message.objects.create(ticket=row, key=key, from_desk=False, text=shown, sent_at=now)
        _wake(row, now)
        pushing.push_on_commit(row.pk)
    return said


def seen(*, ticket: UUID, by: User | None, now: datetime) -> None:
    """Note that the visitor has looked, and at what; another's ticket is left alone."""
    with transaction.atomic():
        row = Ticket.objects.filter(pk=ticket, conversation__started_by=by).first()
        if row is None:
            return
        Message.objects.filter(ticket=row, from_desk=True, seen_at=None).update(seen_at=now)
        if row.seen_at is None or now - row.seen_at >= SEEN_EVERY:
            Ticket.objects.filter(pk=row.pk).update(seen_at=now)


def message_text(text: str) -> str:
    """Return what was written as it is kept, line by line.

    :raises BadMessage: it is empty or too long.
    """
    shown = normalising.printable(text)
    if not shown:
        raise BadMessage(_("Type a message."))
    if len(shown) > MAX_MESSAGE:
        raise BadMessage(_("A message may have up to %(count)s characters.") % {"count": MAX_MESSAGE})
    return shown


def _conversation(wanted: UUID | None, channel: Channel, by: User | None, now: datetime) -> Conversation:
    if row := history.conversation_of(conversation=wanted, by=by):
        return Conversation.objects.select_for_update().get(pk=row.pk)  # a second click waits here
    fields = {"channel": channel, "started_by": by, "started_at": now}
    taken = wanted is None or Conversation.objects.filter(pk=wanted).exists()
    return Conversation.objects.create(**fields if taken else {"pk": wanted, **fields})


def _last_question(row: Conversation) -> str:
    turn = row.turns.order_by("-asked_at", "-pk").first()
    return turn.question if turn else ""


def _add(ticket: Ticket, text: str, contact: str, now: datetime) -> None:
    """Take the question as one more message, unless it is the one that the ticket began with or ended on."""
    if contact and contact != ticket.contact:
        ticket.contact = contact
        ticket.save(update_fields=["contact"])
    last = ticket.messages.filter(from_desk=False).last()
    if text not in (ticket.question, last and last.text):
        Message.objects.create(ticket=ticket, from_desk=False, text=text, sent_at=now)
        _wake(ticket, now)


def _wake(ticket: Ticket, now: datetime) -> None:
    """An answered ticket goes back to who answered it."""
    if ticket.state == TicketState.ANSWERED:
        back = TicketState.TAKEN if ticket.taken_by_id else TicketState.OPEN
        ticket.move_to(back, moved_at=now)


def _own(ticket: UUID, by: User | None) -> Ticket:
    row = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket, conversation__started_by=by).first()
    if row is None:
        raise NotYours
    return row
