"""Remove what has been kept for its time. Each room registers how its records are removed; the rules are rows."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.enums import Deed
from core.models import AuditLink, RetentionRule

from .auditing import record

log = logging.getLogger(__name__)
Purge = Callable[[datetime], int]  # removes what is older than the moment and returns how many
_purges: dict[str, tuple[Purge, dict]] = {}


def keep(kind: str, *, days: int, least_days: int = 0, source: str) -> Callable[[Purge], Purge]:
    """Register how records of ``kind`` are removed, with the rule to begin with; ``source`` names law or reason."""

    def register(purge: Purge) -> Purge:
        _purges[kind] = (purge, {"days": days, "least_days": least_days, "source": source})
        return purge

    return register


def ensure_rules() -> int:
    """Store the rule of each kind that has none; what somebody set stays. Return how many kinds there are."""
    with transaction.atomic():
        for kind, (_purge, defaults) in _purges.items():
            RetentionRule.objects.get_or_create(kind=kind, defaults=defaults)
    return len(_purges)


def apply(*, now: datetime) -> dict[str, int]:
    """Remove what every rule says is over, and return how many by kind; a kind without a rule is kept."""
    removed = {}
    for rule in RetentionRule.objects.filter(kind__in=_purges):
        with transaction.atomic():
            count = _purges[rule.kind][0](now - timedelta(days=rule.days))
            if count and rule.kind != AUDIT:
                record(deed=Deed.PURGED, kind=rule.kind, after={"count": count, "days": rule.days}, now=now)
        removed[rule.kind] = count
        log.info("retention: %s of %s removed", count, rule.kind)
    return removed


AUDIT = "audit"


@keep(AUDIT, days=1095, least_days=183, source="网络安全法第二十一条：网络日志留存不少于六个月")
def purge_audit(before: datetime) -> int:
    """Remove the oldest links and their entries, and record where the chain now begins."""
    young = AuditLink.objects.filter(entry__at__gte=before).order_by("position").first()
    old = AuditLink.objects.filter(position__lt=young.position) if young else AuditLink.objects.none()
    last = old.order_by("-position").first()
    if last is None:
        return 0
    entries = list(old.values_list("entry_id", flat=True))
    with transaction.atomic():
        record(deed=Deed.PURGED, kind="core.auditentry", after={"position": last.position, "digest": last.digest})
        with connection.cursor() as cursor:  # the models refuse; the database refuses what is younger than the law asks
            cursor.execute("DELETE FROM core_auditlink WHERE position <= %s", [last.position])
            cursor.execute(
                "DELETE FROM core_auditentry WHERE id <= %s AND at < %s"
                " AND id NOT IN (SELECT entry_id FROM core_auditlink)",
                [max(entries), connection.ops.adapt_datetimefield_value(before)],
            )
    return len(entries)


def set_days(*, rule_id: int, days: int, note: str, by, now: datetime) -> RetentionRule:
    """Say how long a kind of record is kept.

    :raises ValidationError: the law asks for longer.
    """
    with transaction.atomic():
        rule = RetentionRule.objects.select_for_update().get(pk=rule_id)
        before = {"days": rule.days, "note": rule.note}
        rule.days, rule.note = days, note
        rule.full_clean()
        rule.save(update_fields=["days", "note"])
        after = {"days": days, "note": note}
        record(deed=Deed.CHANGED, target=rule, before=before, after=after, by=by, now=now)
    return rule
