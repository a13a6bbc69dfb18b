"""Searching the audit trail."""

from datetime import date

from django.apps import apps
from django.db.models import Q, QuerySet

from core.models import AuditCheck, AuditEntry


def found_by(text: str, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """Return the entries whose object has this number or is called so, or whose actor's name begins so."""
    text = text.strip()
    return entries.filter(Q(object_id=text) | Q(actor__istartswith=text) | Q(label__icontains=text))


def kinds() -> list[tuple[str, str]]:
    """Return what entries may be about, with its name, without asking the database."""
    named = {model._meta.label_lower: str(model._meta.verbose_name) for model in apps.get_models()}
    return sorted(named.items(), key=lambda kind: kind[1])


def last_check() -> AuditCheck | None:
    """Return when and how the chain was last proved (one query)."""
    return AuditCheck.objects.order_by("-pk").first()


def differences(entry: AuditEntry) -> list[tuple[str, object, object]]:
    """Return name, value before and value after of everything that an entry speaks of."""
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    return [(name, entry.before.get(name), entry.after.get(name)) for name in names]


def shown(filters: dict[str, object]) -> dict[str, str]:
    """Return what a list was filtered by, as an entry about its export may keep it."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in filters.items() if value
    }
