"""The staff desk: what waits, who may see a ticket, when somebody is there."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from chatbot.enums import TicketState
from chatbot.models import ChatSettings, Ticket

ROLE = Role.KNOWLEDGE_EDITOR
LISTED = {
    "waiting": (TicketState.OPEN,),
    "mine": (TicketState.TAKEN, TicketState.ANSWERED),
    "others": (TicketState.TAKEN, TicketState.ANSWERED),
    "closed": (TicketState.CLOSED,),
}


def works_here(user: User) -> bool:
    """Say whether the user answers at the desk."""
    return user.is_authenticated and has_role(user, ROLE)


def tickets(*, part: str, by: User) -> QuerySet[Ticket]:
    """Return the tickets of a part of the desk; those that wait, the longest first."""
    rows = Ticket.objects.filter(state__in=LISTED[part]).select_related("conversation", "taken_by")
    rows = rows.annotate(written=Count("messages"))
    if part == "mine":
        return rows.filter(taken_by=by).order_by("-moved_at")
    if part == "others":
        return rows.exclude(taken_by=by).order_by("-moved_at")
    return rows.order_by("moved_at" if part == "waiting" else "-moved_at")


def counts(*, by: User) -> dict[str, int]:
    """Return how many tickets wait, and how many are the user's own (one query)."""
    mine = Q(taken_by=by, state__in=LISTED["mine"])
    return Ticket.objects.aggregate(waiting=Count("pk", Q(state=TicketState.OPEN)), mine=Count("pk", mine))


def ticket_of(*, ticket: UUID, by: User | None) -> Ticket | None:
    """Return a visitor's own ticket: of a logged-in conversation theirs only (one query)."""
    rows = Ticket.objects.select_related("conversation")
    return rows.filter(pk=ticket, conversation__started_by=by).first()


def is_staffed(now: datetime) -> bool:
    """Say whether somebody sits at the desk."""
    return ChatSettings.load().hours.is_open(timezone.localtime(now))


def opens_next(now: datetime) -> datetime | None:
    """Return when the desk opens next."""
    return ChatSettings.load().hours.next_opening(timezone.localtime(now))
