"""What a browser says of itself: a random name, and that it is Safe Exam Browser. Both are signed."""

import secrets
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from core.addresses import address_of_request

from .rules.access import Place

DEVICE, SAFE = "exam_device", "exam_safe_browser"
KEPT_S = 24 * 3600
HASHES = ("X-SafeExamBrowser-ConfigKeyHash", "X-SafeExamBrowser-RequestHash")


def place_of(request: HttpRequest, attempt_id: UUID) -> Place:
    """Return from where the request comes; a browser without a name gets a new one, see ``keep``."""
    return Place(
        address=address_of_request(request),
        url=request.build_absolute_uri(),
        hashes=tuple(sent for name in HASHES if (sent := request.headers.get(name))),
        proved=_read(request, SAFE) == attempt_id.hex,
        device=_read(request, DEVICE) or secrets.token_urlsafe(16),
    )


def keep(response: HttpResponse, place: Place) -> HttpResponse:
    """Let the browser keep its name."""
    return _set(response, DEVICE, place.device)


def keep_proof(response: HttpResponse, attempt_id: UUID) -> HttpResponse:
    """Let the browser keep that it sent a right hash: what its scripts fetch may come without."""
    return _set(response, SAFE, attempt_id.hex)


def _read(request: HttpRequest, name: str) -> str:
    try:
        return signing.Signer(salt=name).unsign(request.COOKIES.get(name, ""))
    except signing.BadSignature:
        return ""


def _set(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name,
        signing.Signer(salt=name).sign(value),
        max_age=KEPT_S,
        path="/exams/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
