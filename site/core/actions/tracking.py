"""Models whose every change leaves an audit entry: saving one is an action of its own."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import models, transaction

from core.enums import Deed

from .auditing import record, record_all, value_of

HIDDEN = "•••"


class AuditedModel(models.Model):
    """``save`` and ``delete`` record who changed what, in the same transaction.

    ``unaudited`` fields are left out, ``hidden`` ones recorded without values, ``masked`` ones through a function.
    What goes past ``save`` (``QuerySet.update``, ``bulk_create``) must record itself; ``create_all`` does.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset()
    hidden: ClassVar[frozenset[str]] = frozenset()
    masked: ClassVar[dict[str, Callable[[str], str]]] = {}

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded = dict(zip(field_names, values, strict=False))
        return instance

    def audit_label(self) -> str:
        """Return how entries call this row; personal data must be masked in it."""
        return str(self)

    def save(self, *args, **kwargs):
        created = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._record_change(created, kwargs.get("update_fields"))

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            before = {field.name: self._shown(field, getattr(self, field.attname)) for field in self._audited()}
            record(deed=Deed.DELETED, target=self, label=self.audit_label(), before=_given(before))
            return super().delete(*args, **kwargs)

    def _record_change(self, created: bool, only) -> None:
        loaded = {} if created else getattr(self, "_loaded", {})
        before, after = {}, {}
        for field in self._audited():
            if field.attname not in self.__dict__ or (only is not None and field.name not in only):
                continue
            old, new = loaded.get(field.attname), getattr(self, field.attname)
            if created or field.to_python(old) != field.to_python(new):
                before[field.name], after[field.name] = self._shown(field, old), self._shown(field, new)
        self._loaded = {
            **loaded,
            **{f.attname: self.__dict__[f.attname] for f in self._audited() if f.attname in self.__dict__},
        }
        if created:
            record(deed=Deed.CREATED, target=self, label=self.audit_label(), after=_given(after))
        elif after:
            record(deed=Deed.CHANGED, target=self, label=self.audit_label(), before=before, after=after)

    def _audited(self) -> list[models.Field]:
        return [
            field for field in self._meta.concrete_fields if field.name not in self.unaudited and not field.primary_key
        ]

    def _shown(self, field: models.Field, value: Any) -> Any:
        if value and field.name in self.hidden:
            return HIDDEN
        return self.masked[field.name](value) if value and field.name in self.masked else value_of(field, value)


def create_all(rows: Sequence[AuditedModel], *, by=None, now=None) -> Sequence[AuditedModel]:
    """Store new rows of one model in bulk, each with its audit entry; return them with their keys."""
    if not rows:
        return rows
    with transaction.atomic():
        created = type(rows[0])._default_manager.bulk_create(rows)
        said = (
            (row, row.audit_label(), _given({one.name: row._shown(one, getattr(row, one.attname)) for one in fields}))
            for row in created
            for fields in [row._audited()]
        )
        record_all(deed=Deed.CREATED, rows=said, by=by, now=now)
    for row in created:
        row._loaded = {field.attname: getattr(row, field.attname) for field in row._audited()}
    return created


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
