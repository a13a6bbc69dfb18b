"""A wish to be forgotten: asked for, taken back, refused, carried out; finished when no law holds anything any more."""

import logging
from dataclasses import asdict
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from accounts.enums import ErasureState
from accounts.models import ErasureRequest, User
from accounts.queries.own_data import holds_on
from core import sms
from core.actions.auditing import record
from core.actions.retention import keep
from core.enums import Deed
from core.telling import tell

from .forgetting import anonymise

log = logging.getLogger(__name__)
ERASED = "erased_persons"


class AlreadyAsked(Exception):
    """One wish of a user waits at a time."""


class NotOpen(Exception):
    """It is decided or taken back already."""


class NeedsReason(Exception):
    """Whoever is refused is told why."""


class OwnRequest(Exception):
    """Nobody decides about themselves."""


def ask(*, user: User, reason: str, now: datetime) -> ErasureRequest:
    """Store the wish of ``user``.

    :raises AlreadyAsked: another one waits.
    """
    try:
        with transaction.atomic():
            return ErasureRequest.objects.create(user=user, reason=reason.strip()[:300], requested_at=now)
    except IntegrityError as error:
        raise AlreadyAsked from error


def take_back(*, request_id: int, by: User) -> ErasureRequest:
    """Let the one who asked stay.

    :raises NotOpen: it was decided already.
    """
    with transaction.atomic():
        request = _open(request_id, user=by)
        request.state = ErasureState.TAKEN_BACK
        request.save(update_fields=["state"])
    return request


def refuse(*, request_id: int, note: str, by: User, now: datetime) -> ErasureRequest:
    """Say no, and why.

    :raises NeedsReason, NotOpen, OwnRequest: see there.
    """
    if not note.strip():
        raise NeedsReason
    with transaction.atomic():
        request = _decide(_open(request_id), ErasureState.REFUSED, note, by, now)
        asked = f"{timezone.localdate(request.requested_at)}"
        context = {"requested": asked, "decision": request.get_state_display(), "reason": request.note}
        link = reverse("my_data")
        tell(user=request.user, kind="erasure_decided", key=str(request.pk), context=context, link=link, by=by, now=now)
        return request


def carry_out(*, request_id: int, note: str, by: User, now: datetime) -> ErasureRequest:
    """Forget everything that no law makes us keep; what stays, and why, is written into the request.

    Each room forgets its part (``FORGETTING``), all of them or, where one fails, none.

    :raises NotOpen, OwnRequest: see there.
    """
    with transaction.atomic():
        request = _open(request_id)
        user = User.objects.select_for_update().get(pk=request.user_id)
        holds = holds_on(user, day=timezone.localdate(now))
        request = _decide(request, ErasureState.DONE, note, by, now, kept=[_written(hold) for hold in holds])
        if user.phone_verified_at:  # told directly: inbox and number are forgotten with the rest
            transaction.on_commit(partial(_say_goodbye, user.phone, request.pk))
        forgotten = {}
        for path in settings.FORGETTING:
            forgotten |= import_string(path)(user=user, holds=holds, now=now)
        after = {"forgotten": forgotten, "kept": len(holds)}
        record(deed=Deed.DELETED, target=user, label=f"erased-{user.pk}", after=after, reason=note, by=by, now=now)
    return request


@keep(ERASED, days=0, source="个人信息保护法第四十七条")
def finish(before: datetime) -> int:
    """Take name and number from those whose wish was carried out and of whom no law holds anything any more."""
    done = User.objects.filter(
        erasure_requests__state=ErasureState.DONE,
        erasure_requests__decided_at__lt=before,
        person__isnull=False,
        person__erased_at=None,
    )
    count = 0
    for user in done.distinct():
        if not holds_on(user, day=timezone.localdate(before)):
            with transaction.atomic():
                count += anonymise(person=user.person, now=before)
    return count


def _say_goodbye(phone: str, request_id: int) -> None:
    text = gettext("[Xuehui Yingji] Your request is carried out: your account is closed and your data is erased.")
    try:
        sms.gateway().send(phone=phone, text=text, key=f"erased-{request_id}")
    except (sms.Refused, sms.Unavailable) as lost:
        log.warning("erasure request %s is carried out, but nobody could be told: %s", request_id, lost)


def _open(request_id: int, **whose) -> ErasureRequest:
    request = ErasureRequest.objects.select_for_update().get(pk=request_id, **whose)
    if request.state != ErasureState.OPEN:
        raise NotOpen
    return request


def _decide(request: ErasureRequest, state: ErasureState, note: str, by: User, now: datetime, kept=()):
    if request.user_id == by.pk:
        raise OwnRequest
    request.state, request.note, request.kept = state, note.strip()[:300], list(kept)
    request.decided_by, request.decided_at = by, now
    request.save(update_fields=["state", "note", "kept", "decided_by", "decided_at"])
    return request


def _written(hold) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in asdict(hold).items()}
