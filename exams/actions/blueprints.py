"""Officers write blueprints, copy them and retire them; one from which papers were drawn is never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import Blueprint, BlueprintRow

ROW_FIELDS = ("point", "kind", "cases", "easiest", "hardest", "count", "marks", "scoring")
LONGEST_NAME = 80


class NotAnOfficer(Exception):
    """Only an exam officer writes blueprints."""


class InUse(Exception):
    """Papers were drawn from it, or it is retired: copy it instead."""


def save(*, blueprint: Blueprint, rows: Sequence[Mapping[str, Any]], by: User) -> Blueprint:
    """Store a blueprint, new or changed, with exactly these rows (``ROW_FIELDS`` each).

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises InUse: papers were drawn from it, or it is retired.
    """
    _check(by)
    with transaction.atomic():
        if blueprint.pk:
            stored = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
            if stored.retired_at or stored.papers.exists():
                raise InUse
        blueprint.save()
        _store_rows(blueprint, rows)
    return blueprint


def _store_rows(blueprint: Blueprint, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what stays as it was; the rest goes before anything comes, so that rows may change places."""
    wanted = [{name: row[name] for name in ROW_FIELDS} for row in rows]
    for stored in blueprint.rows.select_related("point"):
        as_it_is = {name: getattr(stored, name) for name in ROW_FIELDS}
        if as_it_is in wanted:
            wanted.remove(as_it_is)
        else:
            stored.delete()
    for row in wanted:
        BlueprintRow.objects.create(blueprint=blueprint, **row)


def copy(*, blueprint: Blueprint, name: str, by: User) -> Blueprint:
    """Store a copy under another name, in use whatever the first one is.

    :raises NotAnOfficer: ``by`` lacks the role.
    """
    _check(by)
    switches = model_to_dict(blueprint, exclude=["id", "name", "operation", "retired_at"])
    with transaction.atomic():
        twin = Blueprint.objects.create(operation=blueprint.operation, name=name[:LONGEST_NAME], **switches)
        for row in blueprint.rows.select_related("point").order_by("pk"):
            BlueprintRow.objects.create(blueprint=twin, **{field: getattr(row, field) for field in ROW_FIELDS})
    return twin


def retire(*, blueprint: Blueprint, by: User, now: datetime) -> None:
    """Take it out of use; papers drawn and sittings set keep it. Again changes nothing.

    :raises NotAnOfficer: ``by`` lacks the role.
    """
    _check(by)
    with transaction.atomic():
        stored = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
        if stored.retired_at is None:
            stored.retired_at = now
            stored.save(update_fields=["retired_at"])


def _check(by: User) -> None:
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
