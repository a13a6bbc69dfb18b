"""Reference data: whether results rest on a row, and what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q, QuerySet

from core.models import AuditEntry
from core.queries.trail import differences
from exams.enums import AttemptStatus
from exams.models import Attempt, Category, Certificate, Operation, OperationRule, Practical, PracticalSubject, Scheme
from exams.rules import reference

HISTORY_AT_MOST = 50
NOT_STARTED = (AttemptStatus.SCHEDULED, AttemptStatus.ABSENT, AttemptStatus.VOIDED)


def rests_on(row: Model) -> bool:
    """Say whether somebody was examined or certified under the row (at most three queries).

    An exam that is running counts: its candidate began under these rules.
    """
    rules = _rules_of(row)
    return (
        Attempt.objects.filter(admission__sitting__rule__in=rules).exclude(status__in=NOT_STARTED).exists()
        or Practical.objects.filter(rule__in=rules).exists()
        or Certificate.objects.filter(rule__in=rules).exists()
    )


def _rules_of(row: Model) -> QuerySet[OperationRule]:
    by = {
        Scheme: lambda: Q(scheme=row),
        OperationRule: lambda: Q(pk=row.pk),
        PracticalSubject: lambda: Q(pk=row.rule_id),
        Operation: lambda: Q(operation=row),
        Category: lambda: Q(operation__category=row),
    }
    return OperationRule.objects.filter(by[type(row)]())


def changed_fields(row: Model) -> list[str]:
    """Return which fields differ from what is stored; of a new row all (one query)."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    stored = type(row).objects.filter(pk=row.pk).values(*(field.attname for field in fields)).first() if row.pk else {}
    return [field.name for field in fields if not stored or stored[field.attname] != getattr(row, field.attname)]


def refused_fields(row: Model) -> list[str]:
    """Return which changed fields decided past results and may not change (at most four queries).

    A subject added to a rule is a change of the rule; other new rows have no past.
    """
    if row.pk is None and not isinstance(row, PracticalSubject):
        return []
    decided = reference.frozen(row._meta.model_name, changed_fields(row))
    stored = type(row).objects.filter(pk=row.pk).first() if row.pk else row
    return decided if decided and rests_on(stored) else []


@dataclass(frozen=True)
class Entry:
    """One line of the history: when, who, what was done, and each field before and after."""

    at: datetime
    actor: str
    deed: str
    label: str
    changes: list[tuple[str, object, object]]
    reason: str


def history(row: Model) -> list[Entry]:
    """Return what happened to the row, and to the subjects of a rule, the newest first (one query, two for a rule)."""
    about = Q(kind=row._meta.label_lower, object_id=str(row.pk))
    if isinstance(row, OperationRule):
        subjects = [str(pk) for pk in row.subjects.values_list("pk", flat=True)]
        about |= Q(kind=PracticalSubject._meta.label_lower, object_id__in=subjects)
    entries = AuditEntry.objects.filter(about).order_by("-pk")[:HISTORY_AT_MOST]
    return [Entry(one.at, one.actor, one.get_deed_display(), one.label, _named(one), one.reason) for one in entries]


def _named(entry: AuditEntry) -> list[tuple[str, object, object]]:
    """Return the changes with the fields' own names."""
    models = {
        model._meta.label_lower: model for model in (Scheme, OperationRule, PracticalSubject, Operation, Category)
    }
    fields = {field.name: field.verbose_name for field in models[entry.kind]._meta.concrete_fields}
    return [(fields.get(name, name), before, after) for name, before, after in differences(entry)]


def to_confirm(row: Scheme | OperationRule) -> list[str]:
    """Return the names of what was not yet checked against the published text (no query)."""
    if isinstance(row, OperationRule):
        return [] if row.confirmed else [str(OperationRule._meta.verbose_name)]
    names = {field.name: str(field.verbose_name) for field in Scheme._meta.concrete_fields}
    return [names.get(name, name) for name in (part.strip() for part in row.to_confirm.split(",")) if name]


def certifying_rules() -> QuerySet[OperationRule]:
    """Return the rules with scheme and operation, by scheme and catalogue (one query)."""
    return OperationRule.objects.select_related("scheme", "operation__category").order_by(
        "-scheme__effective_from", "operation__category__number", "operation__number"
    )
