"""What a candidate's page noticed comes in here, under the attempt's token: recorded, and nothing follows from it."""

import json
from uuid import UUID

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.limits import take
from exams import tokens
from exams.actions import presence

MAX_EVENTS = 20
MAX_BYTES = 4 * 1024
POSTS_PER_MINUTE = 12


def _events(body: bytes) -> list[presence.Noticed]:
    if len(body) > MAX_BYTES:
        raise presence.InvalidEvent("too long")
    try:
        rows = json.loads(body)["events"]
        if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_EVENTS:
            raise presence.InvalidEvent("between 1 and 20 events")
        return [presence.Noticed(row["kind"], row.get("seconds")) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise presence.InvalidEvent(str(error)) from error


@csrf_exempt
@require_POST
def notice(request, attempt_id: UUID):
    """Store up to 20 events: ``{"events": [{"kind": "focus_lost", "seconds": 12}]}``."""
    try:
        tokens.read(request.headers.get("X-Attempt-Token", ""), attempt_id=attempt_id)
        events = _events(request.body)
    except tokens.BadToken:
        return JsonResponse({"reason": "token"}, status=403)
    except presence.InvalidEvent as error:
        return JsonResponse({"reason": "invalid", "message": str(error)}, status=400)
    if not take(what="integrity", client=attempt_id.hex, limit=POSTS_PER_MINUTE, now=request.now):
        return JsonResponse({"reason": "often"}, status=429)
    return JsonResponse({"stored": presence.notice(attempt_id=attempt_id, events=events, now=request.now)})
