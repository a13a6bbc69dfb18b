"""Write the audit trail: seal each entry as it is written, then link what is committed into the chain."""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core import actor
from core.encryption import EncryptedTextField, blind_index, derived_key
from core.enums import Deed
from core.models import AuditEntry, AuditLink
from core.rules import chain

log = logging.getLogger(__name__)
LINKED_AT_ONCE = 1000
KEY = "audit"


def record(
    *,
    deed: Deed,
    target: models.Model | None = None,
    kind: str = "",
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    by=None,
    now: datetime | None = None,
) -> AuditEntry:
    """Add one entry about ``target`` (or about a ``kind`` as a whole, such as an export of it).

    It is part of the caller's transaction: no change without its entry, no entry without its change. Values must
    already be masked; see ``value_of``.
    """
    entry = sealed(
        deed=deed, target=target, kind=kind, label=label, before=before, after=after, reason=reason, by=by, now=now
    )
    entry.save(force_insert=True)
    return entry


def sealed(
    *, deed: Deed, target=None, kind="", label="", before=None, after=None, reason="", by=None, now=None
) -> AuditEntry:
    """Return the entry that ``record`` stores, sealed but not stored yet: many are stored by one INSERT."""
    who = actor.current(by)
    entry = AuditEntry(
        at=now or timezone.now(),
        actor_id=who.pk,
        actor=who.name,
        address=who.address,
        deed=deed,
        kind=kind or target._meta.label_lower,
        object_id=str(target.pk) if target is not None else "",
        label=(label or (str(target) if target is not None else kind))[:200],
        before=before or {},
        after=after or {},
        reason=reason[:300],
    )
    entry.seal = chain.seal(entry.content(), key=derived_key(KEY))
    return entry


def value_of(field: models.Field, value: Any) -> Any:
    """Return what an entry may show of a field's value: of sealed fields a fingerprint that tells change from none."""
    if value in (None, ""):
        return None
    if isinstance(field, EncryptedTextField):
        return f"sealed {blind_index(str(value))[:12]}"
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)[:500]


def link_committed() -> int:
    """Bind the entries that have no place in the chain yet to it, oldest first; return how many.

    Of two workers at once one wins; the other's links collide and are dropped.
    """
    try:
        with transaction.atomic():
            last = AuditLink.objects.order_by("-position").first()
            position, digest = (last.position, last.digest) if last else (0, chain.START)
            links = []
            for pk, seal in (
                AuditEntry.objects.filter(link=None).order_by("pk").values_list("pk", "seal")[:LINKED_AT_ONCE]
            ):
                position += 1
                digest = chain.link(position=position, previous=digest, seal=seal, key=derived_key(KEY))
                links.append(AuditLink(position=position, entry_id=pk, digest=digest))
            AuditLink.objects.bulk_create(links)
    except IntegrityError:
        return 0
    if links:
        log.info("audit chain: position %s, digest %s", position, digest)
    return len(links)
