"""Make one person of two that are one: everything that points to the one moves to the other, which is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Person, User
from core.actions.auditing import record
from core.enums import Deed

Obstacles = Callable[[Person, Person], list[str]]


class NotTwoPersons(Exception):
    """They are one already, unknown, merged before or erased."""


class NeedsReason(Exception):
    """Staff say why."""


class CannotMerge(Exception):
    """Nothing was moved; ``collisions`` says in words what both of them have."""

    def __init__(self, collisions: list[str]):
        super().__init__("; ".join(collisions))
        self.collisions = collisions


@dataclass(frozen=True)
class Plan:
    """What a merge would move, as (what, how many), and what stands in its way."""

    moves: list[tuple[str, int]]
    collisions: list[str]


def plan(*, keep: Person, drop: Person) -> Plan:
    """Return what merging would do; nothing is changed."""
    moves = [
        (capfirst(str(r.related_model._meta.verbose_name_plural)), _pointing(r, drop).count()) for r in _relations()
    ]
    collisions = [line for relation in _relations() for line in _collisions(relation, keep, drop)]
    for path in settings.MERGE_OBSTACLES:
        obstacles: Obstacles = import_string(path)
        collisions += obstacles(keep, drop)
    return Plan([(what, count) for what, count in moves if count], collisions)


def merge(*, keep_id: int, drop_id: int, reason: str, by: User, now: datetime) -> Person:
    """Move everything of ``drop_id`` to ``keep_id``; what is left behind points to the one that was kept.

    Its number goes on finding that one. Where the one that is kept has no login, it gets the other's.

    :raises NeedsReason: none was given.
    :raises NotTwoPersons: there are not two persons to merge.
    :raises CannotMerge: both have what one person can have only once.
    """
    if not reason.strip():
        raise NeedsReason
    with transaction.atomic():
        both = Person.objects.select_for_update().filter(pk__in=[keep_id, drop_id], merged_into=None, erased_at=None)
        found = {person.pk: person for person in both.order_by("pk")}
        if len(found) != 2:
            raise NotTwoPersons
        keep, drop = found[keep_id], found[drop_id]
        planned = plan(keep=keep, drop=drop)
        if planned.collisions:
            raise CannotMerge(planned.collisions)
        moved = {}
        for relation in _relations():
            count = _pointing(relation, drop).update(**{relation.field.name: keep})
            if count:
                moved[relation.related_model._meta.label_lower] = count
        _leave_tombstone(keep, drop)
        after = {"merged_into": keep.pk, "moved": moved}
        record(deed=Deed.MERGED, target=drop, label=drop.audit_label(), after=after, reason=reason, by=by, now=now)
        record(deed=Deed.MERGED, target=keep, label=keep.audit_label(), after={"merged": drop.pk}, by=by, now=now)
    return keep


def _leave_tombstone(keep: Person, drop: Person) -> None:
    """The one left behind gives its login and photo to the one that is kept where that has none."""
    login, photo = drop.user, drop.photo
    drop.merged_into, drop.user, drop.photo = keep, None, ""
    drop.save(update_fields=["merged_into", "user", "photo"])
    if login and keep.user_id is None:
        keep.user = login
        keep.save(update_fields=["user"])
    if photo and not keep.photo:
        keep.photo = photo.name
        keep.save(update_fields=["photo"])
    elif photo:
        transaction.on_commit(lambda: photo.storage.delete(photo.name))


def _relations() -> Iterator[models.ForeignObjectRel]:
    """Everything that points to a person, in every room, also what has no name backwards (``related_name="+"``)."""
    found = Person._meta.get_fields(include_hidden=True)
    return (field for field in found if field.one_to_many or (field.one_to_one and field.auto_created))


def _pointing(relation: models.ForeignObjectRel, person: Person) -> models.QuerySet:
    return relation.related_model._base_manager.filter(**{relation.field.name: person})


def _collisions(relation: models.ForeignObjectRel, keep: Person, drop: Person) -> Iterator[str]:
    """Say in words which rows of the one could not stand beside the other's."""
    model, name = relation.related_model, relation.field.name
    for others, condition in _unique_with(model, name):
        mine, theirs = (
            model._base_manager.filter(condition, **{name: person}).order_by("pk") for person in (keep, drop)
        )
        taken = {tuple(values): True for values in mine.values_list(*others)} if others else {(): mine.exists()}
        for row in theirs:
            values = tuple(getattr(row, model._meta.get_field(other).attname) for other in others)
            if None not in values and taken.get(values):
                what = ", ".join(str(getattr(row, other)) for other in others)
                yield _("Both have: %(kind)s %(what)s") % {"kind": model._meta.verbose_name, "what": what}


def _unique_with(model: type[models.Model], name: str) -> Iterator[tuple[tuple[str, ...], models.Q]]:
    """Return the other fields, and under which condition, that are unique together with the field."""
    if model._meta.get_field(name).unique:
        yield (), models.Q()
    for fields in model._meta.unique_together:
        if name in fields:
            yield tuple(field for field in fields if field != name), models.Q()
    for constraint in model._meta.total_unique_constraints + _conditional(model):
        if name in constraint.fields:
            others = tuple(field for field in constraint.fields if field != name)
            yield others, constraint.condition or models.Q()


def _conditional(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is not None
    ]
