"""A question turned out wrong: one officer proposes what to do, another approves, a task grades again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.nudging import nudge_on_commit
from exams.enums import GradedFor, KeyChangeKind
from exams.models import Attempt, KeyChange, Question, QuestionVersion
from exams.queries.keys import parts_of_versions
from exams.queries.regrades import AT_ONCE, attempts_with, differences_of, versions_of
from exams.rules import rekeying

from .grading import append_results, tell_result
from .releasing import NotAnOfficer


class NotAnotherOfficer(Exception):
    """Nobody approves what they proposed themselves."""


class Decided(Exception):
    """It was approved or refused before."""


class NeedsReason(Exception):
    """Why a key is changed must be said."""


def propose(
    *,
    question: Question,
    version: QuestionVersion | None,
    kind: str,
    detail: Mapping,
    reason: str,
    by: User,
    now: datetime,
) -> KeyChange:
    """Store what is to be done about a version, or about every version of a question that is void.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NeedsReason: there is none.
    :raises rekeying.BadChange: the detail does not fit the question.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    if not reason.strip():
        raise NeedsReason
    if version is None and kind != KeyChangeKind.VOID:
        raise rekeying.BadChange("a version must be named")
    if version is not None and version.question_id != question.pk:
        raise rekeying.BadChange("a version of another question")
    parts = parts_of_versions([version.pk])[version.pk] if version else ()
    rekeying.check(kind=kind, question_kind=question.kind, detail=detail, parts=parts)
    return KeyChange.objects.create(
        question=question,
        version=version,
        kind=kind,
        detail=dict(detail),
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
    )


def approve(*, change_id: int, by: User, now: datetime) -> KeyChange:
    """Let the change hold from now on; a task grades again what it concerns. Approved twice is once.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotAnotherOfficer: ``by`` proposed it.
    :raises Decided: it was refused.
    """
    with transaction.atomic():
        change = _undecided(change_id, by)
        if change.approved_at:
            return change
        change.approved_by, change.approved_at = by, now
        change.save(update_fields=["approved_by", "approved_at"])
        nudge_on_commit("exams.tasks.apply_key_change", change_id=change_id)
    return change


def refuse(*, change_id: int, by: User, now: datetime) -> KeyChange:
    """Put the proposal aside; whoever proposed it may do so, too.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises Decided: it was approved.
    """
    with transaction.atomic():
        if not has_role(by, Role.EXAM_OFFICER):
            raise NotAnOfficer
        change = KeyChange.objects.select_for_update().get(pk=change_id)
        if change.approved_at:
            raise Decided
        if not change.refused_at:
            change.refused_by, change.refused_at = by, now
            change.save(update_fields=["refused_by", "refused_at"])
    return change


def _undecided(change_id: int, by: User) -> KeyChange:
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    change = KeyChange.objects.select_for_update().get(pk=change_id)
    if change.proposed_by_id == by.pk:
        raise NotAnotherOfficer
    if change.refused_at:
        raise Decided
    return change


def apply(*, change_id: int, now: datetime) -> int:
    """Append a result wherever the approved change gives other marks; return how many. Again is harmless.

    Attempts are locked, graded or only handed in: whoever is grading one of them now read the keys before the change
    was approved and is waited for; whoever grades it later reads them after.
    """
    change = KeyChange.objects.select_related("approved_by").get(pk=change_id)
    if change.approved_at is None or change.applied_at:
        return 0
    ids, appended = attempts_with(versions_of(change)), 0
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            some = ids[start : start + AT_ONCE]
            list(Attempt.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
            appended += _append(change, some, now)
    with transaction.atomic():
        change = KeyChange.objects.select_for_update().get(pk=change_id)
        if not change.applied_at:
            change.applied_at = now
            change.save(update_fields=["applied_at"])
    return appended


def _append(change: KeyChange, attempt_ids: list, now: datetime) -> int:
    changed = list(differences_of(attempt_ids, change))
    attempts = [one.attempt for one in changed]
    scores = {one.attempt.pk: one.new for one in changed}
    append_results(attempts, scores, reason=GradedFor.REGRADE, key_change=change, by=change.approved_by, now=now)
    for one in changed:
        if one.attempt.person.user and one.attempt.admission.sitting.shows_results:
            key = f"{one.attempt.pk}/{one.old.number + 1}"
            tell_result(attempt=one.attempt, key=key, kind="result_changed", now=now)
    return len(changed)


def apply_approved(*, now: datetime) -> int:
    """Apply what a lost message left; return how many changes."""
    left = list(KeyChange.objects.filter(approved_at__isnull=False, applied_at=None).values_list("pk", flat=True))
    for pk in left:
        apply(change_id=pk, now=now)
    return len(left)
