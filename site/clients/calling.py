"""Who calls the API: a program with a key, or a candidate who is logged in; and calls that may come twice."""

import hashlib
import re
from collections.abc import Callable

from django.db.models import Model
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.security import HttpBearer, SessionAuth

from core.actor import Actor
from core.addresses import address_of_request
from core.limits import take

from .actions import keys, repeating
from .enums import Scope
from .models import ApiKey
from .problems import Problem

IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}")


class KeyAuth(HttpBearer):
    """Lets in a key that has the scope; without one, any key that counts. ``request.auth`` is the key."""

    openapi_name = "ProgramKey"

    def __init__(self, scope: Scope | None = None):
        super().__init__()
        self.scope = scope

    def authenticate(self, request, token: str) -> ApiKey | None:
        key = keys.used(token, now=request.now)
        if key is None:
            return None
        if self.scope and self.scope not in key.scopes:
            raise Problem(403, "missing_scope", _("This key may not do that."), [self.scope])
        if not take(what="api", client=f"client:{key.client_id}", limit=key.client.per_minute, now=request.now):
            raise Problem(429, "too_many", _("Too many requests. Wait a minute."))
        request.actor = Actor(None, f"api:{key.client.name}"[:150], address_of_request(request))
        return key


class PersonAuth(SessionAuth):
    """Lets in who is logged in and registered by their real name; ``request.auth`` is the person."""

    openapi_name = "CandidateSession"

    def authenticate(self, request, key):
        if not request.user.is_authenticated:
            return None
        if not request.person:
            raise Problem(403, "no_person", _("Register your real name first."))
        return request.person


def answered_once(request, response, perform: Callable[[], tuple[int, Schema]]) -> tuple[int, object]:
    """Perform the request, once for its header ``Idempotency-Key`` where it has one; return (status, body).

    A repeated answer has the header ``Idempotency-Replayed: true``.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return perform()
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(400, "bad_idempotency_key", _("An idempotency key is 1 to 128 printable characters."))
    asked = "\n".join([request.method, request.get_full_path(), hashlib.sha256(request.body).hexdigest()])

    def dumped() -> tuple[int, dict]:
        status, body = perform()
        return status, body.model_dump(mode="json")

    try:
        reply = repeating.once(
            caller=caller_of(request.auth),
            key=key,
            fingerprint=hashlib.sha256(asked.encode()).hexdigest(),
            perform=dumped,
            now=request.now,
        )
    except repeating.OtherRequest as error:
        raise Problem(422, "idempotency_key_reused", _("This key came before with another request.")) from error
    if reply.repeated:
        response["Idempotency-Replayed"] = "true"
    return reply.status, reply.body


def caller_of(auth: ApiKey | Model) -> str:
    """Return who called, across the keys of one client."""
    return f"client:{auth.client_id}" if isinstance(auth, ApiKey) else f"person:{auth.pk}"
