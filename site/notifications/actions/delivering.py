"""Send what is due: claim a row, hand it to its carrier outside any transaction, record what came of it.

Of two workers at one row one wins (compare-and-set). A worker that dies between sending and recording leaves its claim
behind; once that is stale, the next one sends again under the same key, which the carrier knows.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from core.nudging import nudge_on_commit
from core.telling import Channel, Kind
from notifications import carriers, ports
from notifications.enums import DeliveryState, Unsent
from notifications.kinds import kinds
from notifications.models import Delivery
from notifications.queries.deliveries import due
from notifications.queries.preferences import chosen_by
from notifications.rules import timing, wishes

log = logging.getLogger(__name__)

AT_ONCE = 500
SWEEP = timedelta(seconds=8)  # a slow carrier must not hold a worker that exams need
PAUSE = timedelta(seconds=30)  # after a carrier was found down
NUMBER = re.compile(r"\d{7,}")


class NotFailed(Exception):
    """Only a delivery that was given up can be tried again."""


def sweep(*, clock: Callable[[], datetime], notice_id: int | None = None) -> int:
    """Try what is due (of one notice, or of all) for a few seconds; return how many were tried.

    ``clock`` is asked before each: a claim must not begin older than it is.
    """
    began, tried = clock(), 0
    paused = [channel for channel in Channel if _is_paused(channel, began)]
    for delivery in due(now=began, notice_id=notice_id).exclude(channel__in=paused)[:AT_ONCE]:
        now = clock()
        if now - began > SWEEP:
            break
        if not _is_paused(delivery.channel, now):
            deliver(delivery=delivery, now=now)
            tried += 1
    return tried


def deliver(*, delivery: Delivery, now: datetime) -> None:
    """Bring one delivery, as ``due`` returned it, a step further; again is harmless."""
    kind = kinds().get(delivery.notice.kind)
    if kind and not kind.urgent and (until := _quiet_until(delivery, now)):
        _still(delivery).update(next_at=until)
        return
    if not _still(delivery).update(claimed_at=now, tries=F("tries") + 1):
        return  # somebody else has it
    delivery.claimed_at, delivery.tries = now, delivery.tries + 1
    if delivery.tries > timing.TRIES:
        _finish(delivery, DeliveryState.FAILED, fault=Unsent.LOST)
    elif kind is None:
        _finish(delivery, DeliveryState.FAILED, fault=Unsent.NO_KIND)
    elif not _is_wanted(delivery, kind):
        _finish(delivery, DeliveryState.SKIPPED, fault=Unsent.NOT_WANTED)
    else:
        _send(delivery, now)


def try_again(*, delivery_id: int, by: User, now: datetime) -> None:
    """Put a delivery that was given up back into the queue.

    :raises NotFailed: it is not given up (any more).
    """
    with transaction.atomic():
        given_up = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.FAILED)
        if not given_up.update(state=DeliveryState.PENDING, tries=0, next_at=now, claimed_at=None, fault=""):
            raise NotFailed
        delivery = Delivery.objects.get(pk=delivery_id)
        states = {"before": {"state": DeliveryState.FAILED}, "after": {"state": DeliveryState.PENDING}}
        record(deed=Deed.CHANGED, target=delivery, **states, by=by, now=now)
        nudge_on_commit("notifications.tasks.deliver", notice_id=delivery.notice_id)


def _send(delivery: Delivery, now: datetime) -> None:
    try:
        reference = carriers.send(delivery)
    except ports.NoAddress as error:
        _finish(delivery, DeliveryState.SKIPPED, fault=error.reason)
    except ports.Refused as error:
        _finish(delivery, DeliveryState.FAILED, fault=str(error))
    except ports.NotYet as error:
        if isinstance(error, ports.Unavailable):
            cache.set(_pause_key(delivery.channel), now + PAUSE, PAUSE.total_seconds())
        _later(delivery, str(error), now)
    except Exception as error:  # one that nobody can send must not hold up the rest
        log.exception("delivery %s could not be handed to its carrier", delivery.pk)
        _later(delivery, type(error).__name__, now)
    else:
        _finish(delivery, DeliveryState.SENT, reference=reference[:120], sent_at=now)


def _later(delivery: Delivery, fault: str, now: datetime) -> None:
    wait = timing.wait_after(delivery.tries)
    if wait is None:
        _finish(delivery, DeliveryState.FAILED, fault=fault)
    else:
        _still(delivery).update(claimed_at=None, next_at=now + wait, fault=_masked(fault))


def _finish(delivery: Delivery, state: DeliveryState, *, fault: str = "", **fields) -> None:
    """Record the outcome, unless the claim was lost to another worker meanwhile."""
    _still(delivery).update(state=state, claimed_at=None, fault=_masked(fault), **fields)


def _still(delivery: Delivery):
    """The row as long as nobody else has touched it since ``delivery`` was read or claimed."""
    return Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.PENDING, tries=delivery.tries, claimed_at=delivery.claimed_at
    )


def _quiet_until(delivery: Delivery, now: datetime) -> datetime | None:
    hours = getattr(delivery.notice.user, "quiet_hours", None)
    return timing.quiet_until(now=now, begins=hours.begins, ends=hours.ends) if hours else None


def _is_wanted(delivery: Delivery, kind: Kind) -> bool:
    chosen = chosen_by(user_id=delivery.notice.user_id, kind=kind.name)
    return wishes.wants(kind, Channel(delivery.channel), chosen.get(delivery.channel))


def _masked(fault: str) -> str:
    """A carrier's words may name the number."""
    return NUMBER.sub("•••", fault)[:300]


def _is_paused(channel: str, now: datetime) -> bool:
    return (cache.get(_pause_key(channel)) or now) > now


def _pause_key(channel: str) -> str:
    return f"notices:paused:{channel}"
