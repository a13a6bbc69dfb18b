"""An examiner enters the practical exam; a certifier then issues the certificate of who passed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.enums import AttemptStatus
from exams.models import Attempt, OperationRule, Practical, PracticalMark
from exams.queries.practicals import passed_since
from exams.rules import eligibility, grading

from .admissions import NotEligible


class NotAnExaminer(Exception):
    """Only an examiner enters practical marks, and never their own."""


class AlreadyEntered(Exception):
    """The marks of this attempt were entered before: a second click, or another examiner."""


class TheoryNotPassed(Exception):
    """The practical comes after a passed theory exam whose result is released."""


def record(
    *, theory_id: UUID, number: int, marks: Mapping[str, int], veto_reason: str, by: User, now: datetime
) -> Practical:
    """Store practical exam ``number`` (from 1) with its marks per subject code; a ``veto_reason`` fails it whole.

    :raises NotAnExaminer: ``by`` lacks the role or is the candidate.
    :raises AlreadyEntered: that number has its marks, and nothing was stored.
    :raises TheoryNotPassed: no passed theory attempt with a released result.
    :raises NotEligible: the theory is too old, or all practical attempts are used.
    :raises grading.MarksOutOfRange: marks are missing or above the subject's full marks.
    """
    with transaction.atomic():
        theory = (
            Attempt.objects.select_for_update(of=("self", "person"))  # one person, one practical at a time
            .select_related("person", "admission__sitting__rule__scheme")
            .get(pk=theory_id)
        )
        if not has_role(by, Role.EXAMINER) or theory.person.user_id == by.pk:
            raise NotAnExaminer
        rule = theory.admission.sitting.rule
        _check(theory, rule, number, now)
        subjects = {subject.code: subject for subject in rule.subjects.all()}
        score = grading.grade_practical(
            full_marks={code: subject.marks for code, subject in subjects.items()},
            marks=marks,
            veto=bool(veto_reason.strip()),
            pass_mark=rule.practical_pass_mark,
        )
        practical = Practical.objects.create(
            person=theory.person,
            rule=rule,
            theory=theory,
            number=number,
            examiner=by,
            veto=bool(veto_reason.strip()),
            veto_reason=veto_reason.strip(),
            score=score.score,
            passed=score.passed,
            taken_at=now,
        )
        PracticalMark.objects.bulk_create(
            PracticalMark(practical=practical, subject=subject, marks=marks[code]) for code, subject in subjects.items()
        )
    return practical


def _check(theory: Attempt, rule: OperationRule, number: int, now: datetime) -> None:
    result = theory.results.first()
    shown = theory.status == AttemptStatus.GRADED and theory.admission.sitting.shows_results
    if not shown or result is None or not result.passed:
        raise TheoryNotPassed
    used = theory.practicals.count()
    if number != used + 1:
        raise AlreadyEntered
    reason = eligibility.part_expired(
        passed_on=timezone.localdate(theory.submitted_at),
        months=rule.scheme.part_valid_months,
        day=timezone.localdate(now),
    ) or eligibility.attempts_used_up(used=used, allowed=rule.scheme.practical_attempts)
    if passed_since(theory).exists():
        reason = eligibility.already_passed()
    if reason:
        raise NotEligible(reason)
