"""A candidate's way through a sitting: list, waiting room, runner."""

import logging
from math import ceil
from uuid import UUID

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import person_required
from exams import devices
from exams.actions import attempts
from exams.actions.admissions import NotEligible, RoomFull, admit
from exams.enums import AttemptStatus, SittingKind
from exams.models import Attempt, Category, Sitting
from exams.queries import attempts as reading
from exams.queries.applications import applications_of
from exams.queries.sittings import open_to
from exams.rules import access
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
            "applications": applications_of(request.person),
        }
    categories = Category.objects.filter(certifies=True).prefetch_related("operations__course")
    return render(request, "exams/index.html", {"categories": categories, "now": request.now, **mine})


@person_required
@require_POST
def apply(request, sitting_id: int):
    """Take a seat in a training exam, or say why not; a certifying one is booked by an application."""
    training = Sitting.objects.filter(kind=SittingKind.TRAINING, closes_at__gt=request.now)
    sitting = get_object_or_404(training, pk=sitting_id)
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
    """The waiting room: rules, window, what still stands against it, and the code; POST starts."""
    place, error = devices.place_of(request, attempt_id), None
    if request.method == "POST":
        try:
            code = request.POST.get("passcode", "")
            attempts.start(attempt_id=attempt_id, by=request.person, passcode=code, place=place, now=request.now)
            return devices.keep(redirect("exams:runner", attempt_id), place)
        except Attempt.DoesNotExist as missing:
            raise Http404 from missing
        except attempts.NotAllowed as refused:
            error = refused.reason
        except attempts.AttemptClosed:
            return redirect("exams:result", attempt_id)
    attempt = _attempt(request, attempt_id)
    if attempt.status == AttemptStatus.IN_PROGRESS:
        return redirect("exams:runner", attempt_id)
    return _waiting_room(request, attempt, place, error)


def _waiting_room(request, attempt: Attempt, place: access.Place, error):
    sitting = attempt.admission.sitting
    reasons = access.standing(attempt.admission, place=place, now=request.now)
    context = {"attempt": attempt, "sitting": sitting, "now": request.now, "error": error, "reasons": reasons}
    response = render(request, "exams/start.html", context, status=409 if error else 200)
    return _with_proof(response, sitting, place, attempt.pk)


def _with_proof(response, sitting: Sitting, place: access.Place, attempt_id: UUID):
    """Let Safe Exam Browser keep that it proved itself, for what its scripts fetch."""
    if not sitting.seb_keys or access.safe_browser(keys=sitting.seb_keys, url=place.url, hashes=place.hashes):
        return response
    return devices.keep_proof(response, attempt_id)


@person_required
@never_cache
@require_GET
def waiting(request, attempt_id: UUID):
    """What the waiting room asks every few seconds: whether it has begun, and what still stands against it."""
    attempt = _attempt(request, attempt_id)
    place = devices.place_of(request, attempt_id)
    reasons = access.standing(attempt.admission, place=place, now=request.now)
    opens = (attempt.admission.sitting.opens_at - request.now).total_seconds()
    return JsonResponse(
        {"status": attempt.status, "seconds_to_opening": max(0, ceil(opens)), "reasons": [str(one) for one in reasons]}
    )


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
    sitting = attempt.admission.sitting
    context = {"attempt": attempt, "sitting": sitting, "candidate": attempt.person}
    response = render(request, "exams/runner.html", context)
    return _with_proof(response, sitting, devices.place_of(request, attempt_id), attempt_id)
