"""What the desk does with a question for a person: take it, answer it, close it, make an article of it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chatbot import pushing
from chatbot.enums import TicketState
from chatbot.models import Message, Ticket
from chatbot.queries import desk as reading
from chatbot.tickets import WrongState
from core.actions.auditing import record
from core.enums import Deed
from core.telling import tell
from kb.actions import drafting
from kb.models import Article

from .tickets import message_text

LOOKING = timedelta(seconds=45)  # a page that asks at least every fifteen seconds is in front of somebody
UNFINISHED = (TicketState.OPEN, TicketState.TAKEN, TicketState.ANSWERED)


class NotAtDesk(PermissionDenied):
    """Only who works at the desk answers."""

    reason = _("Only who works at the desk may do this.")


class TakenByOther(Exception):
    """Somebody else has taken the ticket."""


def take(*, ticket: UUID, by: User, now: datetime) -> Ticket:
    """Take a ticket that waits; taking one's own again changes nothing.

    :raises NotAtDesk, Ticket.DoesNotExist:
    :raises TakenByOther: somebody was quicker.
    :raises WrongState: it is closed.
    """
    with transaction.atomic():
        row = _locked(ticket, by)
        _take(row, by, now)
    return row


def give_back(*, ticket: UUID, by: User, now: datetime) -> Ticket:
    """Let somebody else take it.

    :raises NotAtDesk, Ticket.DoesNotExist, TakenByOther, WrongState:
    """
    with transaction.atomic():
        row = _locked(ticket, by)
        _mine(row, by)
        row.move_to(TicketState.OPEN, taken_by=None, moved_at=now)
        pushing.push_on_commit(row.pk)
    return row


def reply(*, ticket: UUID, text: str, key: UUID, by: User, now: datetime) -> Message:
    """Answer; under the same key it is the same message. A ticket that waits is taken by it.

    A user who has no page open is told by notice.

    :raises NotAtDesk, Ticket.DoesNotExist, TakenByOther:
    :raises WrongState: it is closed.
    :raises BadMessage: it is empty or too long.
    """
    shown = message_text(text)
    with transaction.atomic():
        row = _locked(ticket, by)
        known = row.messages.filter(key=key, from_desk=True).first()
        if known:
            return known
        _take(row, by, now)
        said = Message.objects.create(ticket=row, key=key, from_desk=True, author=by, text=shown, sent_at=now)
        if row.state == TicketState.TAKEN:
            row.move_to(TicketState.ANSWERED, moved_at=now)
        _tell(row, said, now)
        pushing.push_on_commit(row.pk)
    return said


def close(*, ticket: UUID, by: User, now: datetime) -> Ticket:
    """End it; again changes nothing.

    :raises NotAtDesk, Ticket.DoesNotExist:
    """
    with transaction.atomic():
        row = _locked(ticket, by)
        if row.state != TicketState.CLOSED:
            row.move_to(TicketState.CLOSED, moved_at=now)
            pushing.push_on_commit(row.pk)
    return row


def show_contact(*, ticket: UUID, by: User, now: datetime) -> str:
    """Return how the visitor wants to be reached; that it was looked at is recorded.

    :raises NotAtDesk, Ticket.DoesNotExist:
    """
    with transaction.atomic():
        row = _locked(ticket, by)
        record(deed=Deed.UNMASKED, target=row, label=row.audit_label(), after={"field": "contact"}, by=by, now=now)
    return row.contact


def draft(*, ticket: UUID, by: User, now: datetime) -> Article:
    """Make a draft article of question and answers, or return the one that was made. It is never live by itself.

    :raises NotAtDesk, Ticket.DoesNotExist:
    :raises WrongState: nothing was answered yet.
    """
    with transaction.atomic():
        row = _locked(ticket, by)
        if row.draft:
            return row.draft
        answers = list(row.messages.filter(from_desk=True).values_list("text", flat=True))
        if not answers:
            raise WrongState(row.state)
        row.draft = drafting.draft(questions=[row.question], body="\n\n".join(answers), by=by, now=now)
        row.save(update_fields=["draft"])
    return row.draft


def _locked(ticket: UUID, by: User) -> Ticket:
    if not reading.works_here(by):
        raise NotAtDesk(NotAtDesk.reason)
    return Ticket.objects.select_for_update(of=("self",)).select_related("conversation__started_by").get(pk=ticket)


def _mine(row: Ticket, by: User) -> None:
    if row.taken_by_id not in (None, by.pk):
        raise TakenByOther
    if row.state == TicketState.CLOSED:
        raise WrongState(row.state)


def _take(row: Ticket, by: User, now: datetime) -> None:
    _mine(row, by)
    if row.state == TicketState.OPEN:
        row.move_to(TicketState.TAKEN, taken_by=by, moved_at=now)
        pushing.push_on_commit(row.pk)


def _tell(row: Ticket, said: Message, now: datetime) -> None:
    """Tell a user who is not looking; an anonymous device finds the answer when its conversation is opened."""
    user = row.conversation.started_by
    if user is None or (row.seen_at and now - row.seen_at < LOOKING):
        return
    link = reverse("chatbot:conversation", args=[row.conversation_id])
    tell(user=user, kind="desk_answered", key=f"message-{said.pk}", context={}, link=link, now=now)
