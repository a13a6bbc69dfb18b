"""Officers plan sittings: several at once, seats by lot, invigilators by lot, who was absent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import booking, duties, scheduling, seating
from exams.models import Admission, Sitting
from exams.queries import scheduling as reading

from .forms import DutiesForm, SittingsForm

PAGE_SIZE = 50
officer = role_required(Role.EXAM_OFFICER)


@require_GET
@officer
def index(request):
    """The sittings to come: seats taken, seats drawn, invigilators."""
    page = Paginator(reading.upcoming(request.now), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/scheduling.html", {"page_obj": page, "form": DutiesForm()})


@require_http_methods(["GET", "POST"])
@officer
def make(request):
    """Make sittings for several rooms and times at once."""
    form = SittingsForm(request.POST or None)
    if form.is_valid() and (made := _made(request, form)):
        told = ngettext("%(count)s sitting made.", "%(count)s sittings made.", made)
        messages.success(request, told % {"count": made})
        return redirect("exam_scheduling:index")
    return render(request, "exams/admin/make_sittings.html", {"form": form})


def _made(request, form: SittingsForm) -> int:
    """Make them and return how many; where it is refused say why in the form."""
    try:
        return len(scheduling.make_sittings(**form.plan(), by=request.user, now=request.now))
    except scheduling.RoomTaken as taken:
        form.add_error("rooms", _("The room is taken then: %(sitting)s") % {"sitting": taken.sitting})
    except scheduling.OtherOperation:
        form.add_error("blueprint", _("This blueprint is of another operation than the rules."))
    except scheduling.RulesNotInForce:
        form.add_error("rule", _("These rules are not in force on the day of the sitting."))
    except ValidationError as unfit:
        form.add_error(None, unfit.messages)
    return 0


@require_GET
@officer
def show(request, sitting_id: int):
    """One sitting: candidates with their seats, invigilators."""
    sitting = get_object_or_404(reading.with_seats(), pk=sitting_id)
    context = {
        "sitting": sitting,
        "candidates": reading.candidates(sitting),
        "duties": reading.duties_of(sitting),
        "may_draw": sitting.seats_drawn_at is None and sitting.books_until <= request.now,
    }
    return render(request, "exams/admin/sitting.html", context)


@require_POST
@officer
def draw_seats(request, sitting_id: int):
    """Draw the seats by lot."""
    get_object_or_404(Sitting, pk=sitting_id)
    try:
        seating.draw_seats(sitting_id=sitting_id, by=request.user, now=request.now)
        messages.success(request, _("The seats are drawn; the candidates are told."))
    except seating.BookingStillOpen:
        messages.error(request, _("Booking is still open; draw the seats afterwards."))
    except seating.AlreadyDrawn:
        messages.error(request, _("The seats were drawn already, or the exam has begun."))
    return redirect("exam_scheduling:show", sitting_id)


@require_POST
@officer
def take_back(request, sitting_id: int, admission_id: int):
    """Take one candidate's seat back, with a reason that they read."""
    admission = get_object_or_404(Admission, pk=admission_id, sitting=sitting_id)
    try:
        reason = request.POST.get("reason", "")
        booking.take_back(admission_id=admission.pk, reason=reason, by=request.user, now=request.now)
        messages.success(request, _("The seat is free again; the candidate is told why."))
    except booking.NoReason:
        messages.error(request, _("Say why: the candidate reads it."))
    except booking.AlreadyStarted:
        messages.error(request, _("The exam has begun or is over: the seat cannot be taken back."))
    return redirect("exam_scheduling:show", sitting_id)


@require_POST
@officer
def draw_duties(request):
    """Draw invigilators for the chosen sittings."""
    form = DutiesForm(request.POST)
    chosen = [int(pk) for pk in request.POST.getlist("sitting") if pk.isdigit()]
    if not form.is_valid() or not chosen:
        messages.error(request, _("Choose sittings and how many invigilators each gets."))
        return redirect("exam_scheduling:index")
    try:
        drawn = duties.draw_duties(sitting_ids=chosen, **form.cleaned_data, by=request.user, now=request.now)
    except duties.SittingBegun as begun:
        messages.error(request, _("“%(sitting)s” has begun; its duties stay.") % {"sitting": begun.sitting})
    except duties.Impossible as impossible:
        return _impossible(request, impossible)
    else:
        words = {"count": len(drawn.duties), "seed": drawn.seed}
        messages.success(request, _("%(count)s duties are drawn; seed %(seed)s.") % words)
    return redirect("exam_scheduling:index")


def _impossible(request, impossible: duties.Impossible):
    """The report: where invigilators are lacking, and why."""
    sittings = Sitting.objects.select_related("room__point").in_bulk([lack.sitting for lack in impossible.lacks])
    lacks = [(sittings[lack.sitting], lack) for lack in impossible.lacks]
    return render(request, "exams/admin/duties_impossible.html", {"lacks": lacks}, status=409)


@require_GET
@officer
def absences(request):
    """Who had a seat and never came."""
    page = Paginator(reading.absences(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/absences.html", {"page_obj": page})
