"""The endpoints the exam runner talks to. Saving is authorised by the attempt token alone: no session, no user."""

import json
import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from exams import devices, tokens
from exams.actions import answers, attempts, presence
from exams.documents.emergency import public_key
from exams.models import Attempt, Sitting
from exams.queries import attempts as reading
from exams.queries.invigilation import messages_to
from exams.queries.sheets import sheet
from exams.rules import access
from exams.rules.timing import seconds_left

MAX_CHANGES = 100
MAX_BYTES = 32 * 1024
MESSAGE_ID = re.compile(r"[0-9]{1,18}")
SEQS_PER_SECOND = 10  # more than anyone can click


def _refused(status: int, reason: str, message: str = "", **more) -> JsonResponse:
    return JsonResponse({"reason": reason, "message": message, **more}, status=status)


def _token(request: HttpRequest, attempt_id: UUID) -> tokens.Token:
    return tokens.read(request.headers.get("X-Attempt-Token", ""), attempt_id=attempt_id)


@require_GET
@never_cache
def state(request, attempt_id: UUID):
    """The whole paper for the page that takes the lease; with ``?peek=1`` only what may have changed.

    ``since`` is the number of the last message the page has.
    """
    return _peek(request, attempt_id) if request.GET.get("peek") else _open(request, attempt_id)


def _peek(request, attempt_id: UUID):
    try:
        lease = _token(request, attempt_id).lease
    except tokens.BadToken:
        return _refused(403, "token")
    now = reading.pulse(attempt_id)
    if now.lease != lease:
        return _refused(409, "lease", _("This exam was opened on another page."))
    presence.seen(attempt_id=attempt_id, now=request.now)
    since = request.GET.get("since", "")
    return JsonResponse(
        {
            "seconds_left": seconds_left(deadline=now.deadline, now=request.now, paused_at=now.paused_at),
            "status": now.status,
            "paused": now.paused_at is not None,
            "messages": messages_to(
                attempt_id, sitting_id=now.sitting_id, after=int(since) if MESSAGE_ID.fullmatch(since) else 0
            ),
        }
    )


@login_required
def _open(request, attempt_id: UUID):
    if not request.person:  # staff without a real-name registration
        raise Http404
    attempt = Attempt.objects.select_related("admission__sitting").filter(pk=attempt_id, person=request.person).first()
    if attempt is None:
        raise Http404
    sitting, place = attempt.admission.sitting, devices.place_of(request, attempt_id)
    for reason in filter(None, access.from_here(sitting, place)):
        return _refused(409, "place", str(reason))
    try:
        lease = attempts.take_lease(attempt_id=attempt_id, by=request.person, device=place.device)
    except attempts.OtherDevice:
        return _refused(409, "device", _("This exam runs on another device. The invigilator can release it."))
    except attempts.AttemptClosed as closed:
        return _refused(409, "closed", receipt=closed.receipt)
    presence.seen(attempt_id=attempt_id, now=request.now)
    return devices.keep(JsonResponse(_sheet(attempt, sitting, lease, request.now)), place)


def _sheet(attempt: Attempt, sitting: Sitting, lease: str, now: datetime) -> dict:
    saved = reading.saved_answers(attempt.pk)
    return {
        "attempt": str(attempt.pk),
        "title": sitting.title,
        "token": tokens.make(attempt_id=attempt.pk, lease=lease),
        "status": attempt.status,
        "seconds_left": seconds_left(deadline=attempt.deadline, now=now, paused_at=attempt.paused_at),
        "paused": attempt.paused_at is not None,
        "next_seq": _next_seq(attempt, saved, now),
        "questions": sheet(attempt.paper_id),
        "answers": saved,
        "messages": messages_to(attempt.pk, sitting_id=sitting.pk),
        "calculator": sitting.calculator,
        "full_screen": sitting.full_screen,
        "takeover": sitting.takeover,
        "emergency_key": public_key(),
    }


def _next_seq(attempt: Attempt, saved: list[dict], now: datetime) -> int:
    """Return the first sequence number of a new lease: above all that is stored, and above whatever a device that
    was left offline may still hold, so that its older answers never overwrite those given elsewhere since.
    """
    by_time = SEQS_PER_SECOND * int((now - attempt.started_at).total_seconds())
    return max([by_time, *(answer["seq"] for answer in saved)]) + 1


def _changes(body: bytes) -> list[answers.Change]:
    if len(body) > MAX_BYTES:
        raise answers.InvalidAnswer("too long")
    try:
        rows = json.loads(body)["answers"]
        if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_CHANGES:
            raise answers.InvalidAnswer("between 1 and 100 answers")
        return [answers.Change(row["slot"], row["response"], row["marked"], row["seq"]) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise answers.InvalidAnswer(str(error)) from error


@csrf_exempt
@require_POST
def save(request, attempt_id: UUID):
    """Store changes and acknowledge each; the reply is the promise that they are kept."""
    try:
        lease = _token(request, attempt_id).lease
        acks = answers.save_all(attempt_id=attempt_id, lease=lease, changes=_changes(request.body), now=request.now)
    except tokens.BadToken:
        return _refused(403, "token")
    except answers.InvalidAnswer as error:
        return _refused(400, "invalid", str(error))
    except attempts.LeaseLost:
        return _refused(409, "lease", _("This exam was opened on another page."))
    except answers.TooLate:
        return _refused(409, "late", _("Time is over. This answer came too late to be scored."))
    except attempts.AttemptClosed as closed:
        return _refused(409, "closed", _("This exam is closed."), receipt=closed.receipt)
    return JsonResponse(
        {
            "acks": [{"slot": ack.slot, "seq": ack.seq} for ack in acks],
            "seconds_left": seconds_left(deadline=acks[-1].deadline, now=request.now, paused_at=acks[-1].paused_at),
            "paused": acks[-1].paused_at is not None,
        }
    )


@csrf_exempt
@require_POST
def submit(request, attempt_id: UUID):
    """Close the attempt; again gives the same receipt."""
    try:
        lease = _token(request, attempt_id).lease
        attempt = attempts.submit(attempt_id=attempt_id, lease=lease, now=request.now)
    except tokens.BadToken:
        return _refused(403, "token")
    except attempts.LeaseLost:
        return _refused(409, "lease", _("This exam was opened on another page."))
    except attempts.AttemptClosed:
        return _refused(409, "closed", _("This exam is closed."))
    answered = attempt.answers.exclude(response="").count()
    return JsonResponse(
        {"receipt": attempt.receipt, "submitted_at": attempt.submitted_at.isoformat(), "answered": answered}
    )
