"""Officers change what belongs to questions, not to their texts: difficulty, point, reserve, retirement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.actions import duplicates
from exams.models import KnowledgePoint, Question


class NotAnEditor(Exception):
    """Only an exam officer edits the bank in bulk."""


class WrongPoint(ValueError):
    """A question stays within its operation."""


@dataclass(frozen=True)
class Changes:
    """What changes; None leaves it as it is."""

    difficulty: int | None = None
    point: KnowledgePoint | None = None
    reserved: bool | None = None
    retired: bool | None = None


def edit(*, question_ids: Iterable[int], changes: Changes, by: User, now: datetime) -> int:
    """Change many questions, each with an audit entry; return how many differ now.

    A case is reserved or given free as a whole: one of its questions brings the others along.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises WrongPoint: the point belongs to another operation than one of the questions; nothing is changed.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnEditor
    with transaction.atomic():
        chosen = set(question_ids)
        of_their_cases = Q(case__questions__in=chosen) if changes.reserved is not None else Q(pk__in=())
        touched = Question.objects.filter(Q(pk__in=chosen) | of_their_cases).values("pk")
        questions = list(
            Question.objects.select_for_update(of=("self",))
            .filter(pk__in=touched)
            .select_related("point")
            .order_by("pk")
        )
        if changes.point and any(q.point.operation_id != changes.point.operation_id for q in questions):
            raise WrongPoint
        changed = [question for question in questions if _change(question, changes, question.pk in chosen, now)]
        if changes.retired is not None:
            operations = [question.point.operation_id for question in changed]
            duplicates.want_some_time(operations=operations, now=now)
    return len(changed)


def _change(question: Question, changes: Changes, chosen: bool, now: datetime) -> bool:
    wanted = {"reserved": changes.reserved}
    if chosen:
        wanted |= {"difficulty": changes.difficulty, "point": changes.point}
        if changes.retired is not None and changes.retired != (question.retired_at is not None):
            question.retired_at = now if changes.retired else None
            wanted["retired_at"] = question.retired_at
    fields = [name for name, value in wanted.items() if value is not None and getattr(question, name) != value]
    for name in fields:
        setattr(question, name, wanted[name])
    fields += ["retired_at"] if "retired_at" in wanted else []
    if fields:
        question.save(update_fields=fields)
    return bool(fields)
