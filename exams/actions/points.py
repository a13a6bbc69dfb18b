"""The tree of an operation's knowledge points."""

from django.db import transaction
from django.db.models import ProtectedError

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import KnowledgePoint, Operation


class Refused(Exception):
    """The tree stays as it is; the kinds of it say why."""


class NotAnEditor(Refused):
    """Only an exam officer changes the tree."""


class BadPlace(Refused):
    """A point is part of a point of the same operation, and never of itself or of its own parts."""


class CodeTaken(Refused):
    """The operation has a point with this code."""


class InUse(Refused):
    """Questions, cases, blueprints or other points hang on it."""


def add(*, operation: Operation, code: str, name: str, parent: KnowledgePoint | None, by: User) -> KnowledgePoint:
    """Add a point.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises CodeTaken, BadPlace: it does not fit into the tree.
    """
    _check_role(by)
    with transaction.atomic():
        point = KnowledgePoint(operation=operation, code=code.strip(), name=name.strip(), parent=parent)
        _check_place(point)
        point.save()
    return point


def change(*, point_id: int, code: str, name: str, parent: KnowledgePoint | None, by: User) -> KnowledgePoint:
    """Rename a point or hang it elsewhere.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises CodeTaken, BadPlace: it does not fit into the tree.
    """
    _check_role(by)
    with transaction.atomic():
        # All points of the operation are locked: two moves at once must not hang two points on each other.
        point = KnowledgePoint.objects.get(pk=point_id)
        points = {
            one.pk: one
            for one in KnowledgePoint.objects.select_for_update().filter(operation=point.operation_id).order_by("pk")
        }
        point = points[point_id]
        point.code, point.name, point.parent = code.strip(), name.strip(), parent
        _check_place(point, points)
        point.save()
    return point


def remove(*, point_id: int, by: User) -> None:
    """Remove a point on which nothing hangs.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises InUse: something does.
    """
    _check_role(by)
    with transaction.atomic():
        try:
            KnowledgePoint.objects.get(pk=point_id).delete()
        except ProtectedError as error:
            raise InUse from error


def _check_role(by: User) -> None:
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnEditor


def _check_place(point: KnowledgePoint, points: dict[int, KnowledgePoint] | None = None) -> None:
    others = KnowledgePoint.objects.filter(operation=point.operation_id, code=point.code).exclude(pk=point.pk)
    if others.exists():
        raise CodeTaken
    above = point.parent
    while above is not None:
        if above.operation_id != point.operation_id or (point.pk and above.pk == point.pk):
            raise BadPlace
        above = (points or {}).get(above.parent_id) if points else above.parent
