"""Prove the audit trail whole, or say where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.actions.auditing import KEY
from core.encryption import derived_key
from core.enums import Deed
from core.models import AuditEntry, AuditLink
from core.rules import chain

LINKED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Head:
    """The newest link: note it outside this database, and a trail cut short is found out too."""

    position: int
    digest: str


def head() -> Head | None:
    """Return the newest link, or None of an empty chain (one query)."""
    last = AuditLink.objects.order_by("-position").first()
    return Head(last.position, last.digest) if last else None


def faults(*, now: datetime, known: Head | None = None) -> Iterator[str]:
    """Yield one line for each place where the trail was changed, cut or filled; none for a whole one.

    ``known`` is a head noted earlier: the chain must still hold it.
    """
    key = derived_key(KEY)
    position, previous = _start()
    held = known is None or (known.position, known.digest) == (position, previous) or known.position < position
    for link in AuditLink.objects.select_related("entry").order_by("position").iterator(chunk_size=2000):
        if link.position != position + 1:
            yield f"links {position + 1} to {link.position - 1} are missing"
        elif not chain.same(
            link.digest, chain.link(position=link.position, previous=previous, seal=link.entry.seal, key=key)
        ):
            yield f"link {link.position} does not follow from the one before"
        if not chain.same(link.entry.seal, chain.seal(link.entry.content(), key=key)):
            yield f"entry {link.entry_id} at link {link.position} was changed"
        position, previous = link.position, link.digest
        held = held or (known.position, known.digest) == (position, previous)
    if not held:
        yield f"link {known.position} is not the one noted earlier"
    for entry in AuditEntry.objects.filter(link=None).order_by("pk").iterator(chunk_size=2000):
        if not chain.same(entry.seal, chain.seal(entry.content(), key=key)):
            yield f"entry {entry.pk}, not yet linked, was changed"
        elif now - entry.at > LINKED_WITHIN:
            yield f"entry {entry.pk} of {entry.at:%Y-%m-%d %H:%M} has no link; is a worker running?"


def _start() -> tuple[int, str]:
    """Return position and digest before the first link that should be there: retention may have taken older ones."""
    purge = AuditEntry.objects.filter(deed=Deed.PURGED, kind="core.auditentry").order_by("-pk").first()
    return (purge.after["position"], purge.after["digest"]) if purge else (0, chain.START)
