"""Questions for a person: left, read again, written to."""

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router

from chatbot import limits
from chatbot.actions import messaging, tickets
from chatbot.enums import Channel
from chatbot.models import Ticket
from chatbot.queries import desk
from clients.problems import Problem, ProblemOut

from . import schemas as s
from . import told
from .asking import REFUSED
from .callers import WITH_KEY_OR_WITHOUT, counted, not_yours, user_of

router = Router(auth=WITH_KEY_OR_WITHOUT)
REFUSED = {**REFUSED, 409: ProblemOut}


@router.post("/tickets", response={200: s.TicketOut, **REFUSED})
def leave(request, body: s.TicketIn):
    """Leave a question for a person; a conversation has one unfinished one."""
    counted(request, limits.may_write)
    try:
        row = tickets.open_ticket(**body.dict(), channel=Channel.API, by=user_of(request), now=request.now)
    except tickets.BadMessage as bad:
        raise Problem(400, "bad_question", str(bad)) from bad
    return told.ticket(row, request.now)


@router.get("/tickets/{uuid:pk}", response={200: s.TicketOut, **REFUSED})
def ticket(request, pk: UUID):
    """Return a question for a person with what was written; the desk sees that it was looked at."""
    counted(request, limits.may_look)
    row = _own(request, pk)
    tickets.seen(ticket=pk, by=user_of(request), now=request.now)
    return told.ticket(row, request.now)


@router.post("/tickets/{uuid:pk}/messages", response={200: s.SentOut, **REFUSED})
def write(request, pk: UUID, body: s.MessageIn):
    """Write to the desk. Where the message tells of somebody in danger now, the bot's card comes back at once."""
    counted(request, limits.may_write)
    try:
        card = messaging.write(ticket=pk, text=body.text, key=body.id, by=user_of(request), now=request.now)
    except tickets.NotYours as error:
        raise not_yours() from error
    except tickets.TicketClosed as error:
        raise Problem(409, "closed", _("This question is closed. Ask anew.")) from error
    except tickets.BadMessage as bad:
        raise Problem(400, "bad_message", str(bad)) from bad
    return {"ticket": told.ticket(_own(request, pk), request.now), "danger": card and told.answer(card)}


def _own(request, pk: UUID) -> Ticket:
    row = desk.ticket_of(ticket=pk, by=user_of(request))
    if row is None:
        raise not_yours()
    return row
