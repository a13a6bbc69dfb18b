"""The invigilator's console: the sittings of today, one sitting's room, and what its page fetches."""

from dataclasses import asdict
from uuid import UUID

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from accounts.enums import Role
from exams.enums import IncidentKind
from exams.models import Attempt
from exams.queries import invigilation as reading

WATCHES = (Role.INVIGILATOR, Role.EXAM_OFFICER)


@require_GET
@role_required(*WATCHES)
def index(request):
    """My sittings today."""
    sittings = reading.todays(request.user, request.now)
    return render(request, "exams/admin/invigilation.html", {"sittings": sittings})


@require_GET
@role_required(*WATCHES)
@never_cache
@ensure_csrf_cookie
def console(request, sitting_id: int):
    """The page of one room; everything in it is fetched."""
    sittings = reading.sittings_of(request.user).select_related("room__point")
    sitting = get_object_or_404(sittings, pk=sitting_id)
    addresses = {
        "state": reverse("exam_console:state", args=[sitting_id]),
        "act": reverse("exam_console:act", args=[sitting_id, "NAME"]),
        "record": reverse("exam_console:record", args=[sitting_id, UUID(int=0)]),
        "ticket": reverse("exam_console:ticket", args=[sitting_id]),
    }
    kinds = [{"value": value, "label": str(label)} for value, label in IncidentKind.choices]
    context = {"sitting": sitting, "addresses": addresses, "kinds": kinds}
    return render(request, "exams/admin/console.html", context)


@require_GET
@role_required(*WATCHES)
@never_cache
def state(request, sitting_id: int):
    """The room as it is now: five statements with those of the session, however many sit there."""
    sitting = get_object_or_404(reading.sittings_of(request.user), pk=sitting_id)
    return JsonResponse(
        {
            "now": request.now.isoformat(),
            "opens_at": sitting.opens_at.isoformat(),
            "closes_at": sitting.closes_at.isoformat(),
            "passcode": sitting.passcode,
            "starts_together": sitting.starts_together,
            "needs_check_in": sitting.needs_check_in,
            "takeover": sitting.takeover,
            "room_started_at": sitting.room_started_at and sitting.room_started_at.isoformat(),
            "places": [asdict(place) for place in reading.room(sitting, now=request.now)],
        }
    )


@require_GET
@role_required(*WATCHES)
@never_cache
def record(request, sitting_id: int, attempt_id: UUID):
    """What happened around one candidate."""
    sitting = get_object_or_404(reading.sittings_of(request.user), pk=sitting_id)
    attempt = get_object_or_404(Attempt, pk=attempt_id, admission__sitting=sitting)
    return JsonResponse({"record": reading.record_of(attempt)})


@require_GET
@role_required(*WATCHES)
@never_cache
def ticket(request, sitting_id: int):
    """Whose admission ticket this is: ``text`` is what a QR reader gave, or was typed; with the registered photo."""
    sitting = get_object_or_404(reading.sittings_of(request.user), pk=sitting_id)
    admission = reading.admission_of_ticket(sitting, request.GET.get("text", ""))
    if admission is None:
        return JsonResponse({"admission": None}, status=404)
    person = admission.person
    return JsonResponse(
        {
            "admission": admission.pk,
            "ticket": admission.ticket,
            "seat": admission.seat,
            "name": person.name,
            "id_number": person.masked_id_number,
            "photo": reverse("picture", args=[person.pk]) if person.photo else None,
            "checked_in_at": admission.checked_in_at and admission.checked_in_at.isoformat(),
            "cancelled": admission.cancelled_at is not None,
        }
    )
