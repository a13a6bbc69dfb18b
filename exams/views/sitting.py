"""A candidate's way through a sitting: list, waiting room, runner, result."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import person_required
from exams.actions import attempts
from exams.actions.admissions import NotEligible, RoomFull, admit
from exams.enums import AttemptStatus
from exams.models import Attempt, Category, Sitting
from exams.queries import attempts as reading
from exams.queries.sittings import open_to
from exams.rules.composition import BankTooSmall

log = logging.getLogger(__name__)


@require_GET
@never_cache
def index(request):
    """My exams and certificates, and the catalogue of operations for everyone."""
    mine = {}
    if request.user.is_authenticated and request.person:
        mine = {
            "admissions": reading.admissions_of(request.person),
            "certificates": reading.certificates_of(request.person),
            "sittings": open_to(request.person, request.now),
        }
    categories = Category.objects.filter(certifies=True).prefetch_related("operations__course")
    return render(request, "exams/index.html", {"categories": categories, "now": request.now, **mine})


@person_required
@require_POST
def apply(request, sitting_id: int):
    """Take a seat in a sitting, or say why not."""
    sitting = get_object_or_404(Sitting, pk=sitting_id, closes_at__gt=request.now)
    try:
        admission = admit(sitting=sitting, person=request.person, by=request.user, now=request.now)
        messages.success(request, _("You are admitted. Your seat is number %(seat)s.") % {"seat": admission.seat})
    except NotEligible as refused:
        messages.error(request, str(refused.reason))
    except RoomFull:
        messages.error(request, _("Every seat of this sitting is taken."))
    except BankTooSmall as lacking:
        log.error("no paper can be drawn for sitting %s: %s", sitting_id, lacking)
        messages.error(request, _("No paper can be drawn for this sitting yet. Tell the bureau."))
    return redirect("exams:index")


def _attempt(request, attempt_id: UUID) -> Attempt:
    attempts_of_person = Attempt.objects.select_related(
        "admission__sitting__rule__operation", "admission__sitting__room__point", "person"
    )
    return get_object_or_404(attempts_of_person, pk=attempt_id, person=request.person)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def start(request, attempt_id: UUID):
    """The waiting room: rules, window and the code; POST starts."""
    error = None
    if request.method == "POST":
        try:
            attempts.start(
                attempt_id=attempt_id,
                by=request.person,
                passcode=request.POST.get("passcode", ""),
                now=request.now,
            )
            return redirect("exams:runner", attempt_id)
        except Attempt.DoesNotExist as missing:
            raise Http404 from missing
        except attempts.WrongPasscode:
            error = _("This is not the code of this room. Ask the invigilator.")
        except attempts.NotOpen:
            error = _("The sitting is not open now.")
        except attempts.AttemptClosed:
            return redirect("exams:result", attempt_id)
    attempt = _attempt(request, attempt_id)
    context = {"attempt": attempt, "sitting": attempt.admission.sitting, "now": request.now, "error": error}
    return render(request, "exams/start.html", context, status=409 if error else 200)


@person_required
@never_cache
@require_GET
def runner(request, attempt_id: UUID):
    """The page that runs the exam; whoever has not started or is done is sent where they belong."""
    attempt = _attempt(request, attempt_id)
    if attempt.status == AttemptStatus.SCHEDULED:
        return redirect("exams:start", attempt_id)
    if attempt.status != AttemptStatus.IN_PROGRESS:
        return redirect("exams:result", attempt_id)
    context = {"attempt": attempt, "sitting": attempt.admission.sitting, "candidate": attempt.person}
    return render(request, "exams/runner.html", context)


@person_required
@never_cache
@require_GET
def result(request, attempt_id: UUID):
    """Score and review once graded; until then the receipt."""
    attempt = _attempt(request, attempt_id)
    context = {"attempt": attempt, "sitting": attempt.admission.sitting, "result": None}
    if attempt.status == AttemptStatus.GRADED and attempt.admission.sitting.shows_results:
        practical = attempt.practicals.select_related("certificate").first()
        context |= {"result": attempt.results.first(), "review": reading.review(attempt), "practical": practical}
    return render(request, "exams/result.html", context)
