"""An accepted application chooses its sitting, moves, gives its seat back; and the admission ticket."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.decorators import person_required
from exams.actions import booking
from exams.actions.admissions import AlreadyStarted, NotEligible, RoomFull
from exams.documents import tickets
from exams.models import Admission, Sitting
from exams.models.applications import WrongStatus
from exams.queries import applications as reading
from exams.queries.scheduling import bookable
from exams.rules.composition import BankTooSmall

from .applications import own

log = logging.getLogger(__name__)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def book(request, pk: int):
    """The sittings to choose from, with free seats; POST takes a seat in one."""
    application = own(request, pk)
    if request.method == "POST" and request.POST.get("sitting", "").isdigit():
        admission = _booked(request, pk, int(request.POST["sitting"]))
        if admission:
            return redirect("exams:ticket", admission.ticket)
        application = own(request, pk)
    context = {
        "application": application,
        "held": reading.live_admission(application),
        "sittings": bookable(application, request.now),
    }
    return render(request, "exams/apply/book.html", context)


def _booked(request, pk: int, sitting_id: int) -> Admission | None:
    """Book and say so, or say why not."""
    try:
        admission = booking.book(application_id=pk, sitting_id=sitting_id, by=request.user, now=request.now)
        messages.success(request, _("Your seat is booked."))
        return admission
    except Sitting.DoesNotExist as missing:
        raise Http404 from missing
    except RoomFull:
        messages.error(request, _("Every seat of this sitting is taken."))
    except NotEligible as refused:
        messages.error(request, str(refused.reason))
    except booking.BookingClosed:
        messages.error(request, _("Booking is closed; a seat you hold stays yours."))
    except AlreadyStarted:
        messages.error(request, _("Your exam has begun or is over."))
    except (WrongStatus, booking.WrongSitting):
        messages.error(request, _("This application cannot book that sitting."))
    except BankTooSmall as lacking:
        log.error("no paper can be drawn for sitting %s: %s", sitting_id, lacking)
        messages.error(request, _("No paper can be drawn for this sitting yet. Tell the bureau."))
    return None


@person_required
@require_POST
def give_back(request, pk: int):
    """Give the seat back."""
    own(request, pk)
    try:
        booking.give_back(application_id=pk, by=request.user, now=request.now)
        messages.success(request, _("Your seat is given back. You may choose another sitting."))
    except booking.BookingClosed:
        messages.error(request, _("Booking is closed; a seat you hold stays yours."))
    except AlreadyStarted:
        messages.error(request, _("Your exam has begun or is over."))
    return redirect("exams:application", pk)


def _own_ticket(request, ticket: str) -> Admission:
    live = Admission.objects.select_related(
        "person", "application", "sitting__room__point", "sitting__rule__operation__category", "attempt"
    )
    return get_object_or_404(live, ticket=ticket, person=request.person, cancelled_at=None)


@person_required
@never_cache
@require_GET
def ticket(request, ticket: str):
    """The admission ticket: where, when, which seat, what to bring."""
    admission = _own_ticket(request, ticket)
    return render(request, "exams/ticket.html", {"admission": admission, "sitting": admission.sitting})


@person_required
@never_cache
@require_safe
def ticket_pdf(request, ticket: str):
    """The ticket to print."""
    pdf = tickets.ticket_pdf(_own_ticket(request, ticket))
    return _answer(pdf, "application/pdf", f'attachment; filename="{ticket}.pdf"')


@person_required
@never_cache
@require_safe
def ticket_png(request, ticket: str):
    """The ticket as a picture, for the page and a long press."""
    return _answer(tickets.ticket_png(_own_ticket(request, ticket)), "image/png", "inline")


def _answer(body: bytes, content_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response
