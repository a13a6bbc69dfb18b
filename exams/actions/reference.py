"""Change reference data without touching a past result; where one rests on it, make the successor instead."""

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import OperationRule, Scheme
from exams.queries.reference import refused_fields, rests_on


class NotAnOfficer(Exception):
    """Only an exam officer changes reference data."""


class HasResults(Exception):
    """Somebody was examined or certified under this row; ``fields`` decided it and stay as they are."""

    def __init__(self, fields: list[str]):
        super().__init__(", ".join(fields))
        self.fields = fields


class NotLater(Exception):
    """A successor comes into force after its predecessor, and not in the past."""


class Overlaps(Exception):
    """Another scheme is in force in that time; ``scheme`` is that one."""

    def __init__(self, scheme: Scheme):
        super().__init__(str(scheme))
        self.scheme = scheme


def store(*, row: models.Model, by: User, now: datetime) -> models.Model:
    """Save a new or changed category, operation, scheme, rule or practical subject.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises HasResults: what changed decided a result or certificate; nothing is stored.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
        if decided := refused_fields(row):
            raise HasResults(decided)
        row.save()
    return row


def remove(*, row: models.Model, by: User, now: datetime) -> None:
    """Delete a row nothing rests on; what else points to it protects it.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises HasResults: somebody was examined or certified under it.
    :raises ProtectedError: something points to it.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        if rests_on(row):
            raise HasResults([])
        row.delete()


def succeed(*, scheme: Scheme, effective_from: date, by: User, now: datetime) -> Scheme:
    """Return a copy of the scheme with its rules and subjects, in force from that day; the old one ends the day before.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotLater: the day is not after the scheme's first, is not after today, or the scheme has ended before it.
    :raises Overlaps: another scheme comes into force first.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        old = Scheme.objects.select_for_update().get(pk=scheme.pk)
        today = timezone.localdate(now)
        ended = old.effective_to is not None and old.effective_to < effective_from
        if effective_from <= max(old.effective_from, today) or ended:
            raise NotLater
        _check_free(old, effective_from)
        successor = _copied(old, code=f"{old.code[:38]}-{effective_from:%Y-%m-%d}", effective_from=effective_from)
        old.effective_to = effective_from - timedelta(days=1)
        old.save(update_fields=["effective_to"])
        for rule in OperationRule.objects.filter(scheme=old):
            _copy_rule(rule, successor)
    return successor


def _check_free(old: Scheme, day: date) -> None:
    ends = old.effective_to
    others = Scheme.objects.exclude(pk=old.pk).filter(
        models.Q(effective_to=None) | models.Q(effective_to__gte=day),
        *([models.Q(effective_from__lte=ends)] if ends else []),
    )
    if other := others.first():
        raise Overlaps(other)


def _copy_rule(rule: OperationRule, scheme: Scheme) -> None:
    """Copy a rule with all that is part of it: subjects, and whatever hangs on a subject and goes with it."""
    _copy_parts(rule.pk, OperationRule, _copied(rule, scheme=scheme))


def _copy_parts(old_pk, model: type[models.Model], copy: models.Model) -> None:
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many and relation.auto_created and relation.on_delete is models.CASCADE):
            continue
        for part in relation.related_model._base_manager.filter(**{relation.field.name: old_pk}).order_by("pk"):
            _copy_parts(part.pk, relation.related_model, _copied(part, **{relation.field.name: copy}))


def _copied(row: models.Model, **changes) -> models.Model:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    for name in changes:
        values.pop(row._meta.get_field(name).attname)
    copy = type(row)(**values, **changes)
    copy.save()
    return copy
