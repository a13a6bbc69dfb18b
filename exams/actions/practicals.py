"""Open a practical exam, call its examiners, cancel it, release its result. The sheets are ``score_sheets``'s."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_any_role, has_role
from exams.enums import RUNNING_PRACTICALS, AttemptStatus, PracticalStatus, SittingKind
from exams.models import Attempt, DrawnTask, OperationRule, PracticalSession, PracticalTask, ScoreSheet
from exams.queries.examiners import trainers_of
from exams.queries.practicals import passed_since, taken_since
from exams.rules import eligibility
from exams.rules import practicals as rules
from notifications.actions.notices import notify

from .admissions import NotEligible

OPENERS = (Role.EXAMINER, Role.EXAM_OFFICER)
THIRD_PLACE = 3


class NotAllowed(Exception):
    """``by`` lacks the role for this, or is the candidate."""


class WrongExaminer(Exception):
    """This person may not examine here; ``reason`` is what to tell who chose them."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class AlreadyOpen(Exception):
    """A practical exam of this candidate is being held: a second click, or another examiner. Carries ``session``."""

    def __init__(self, session: PracticalSession):
        super().__init__(session.pk)
        self.session = session


class TheoryNotPassed(Exception):
    """The practical comes after a certifying theory exam that was passed and released."""


class NotPossible(Exception):
    """The exam is past the point where this could be done."""


class NeedsReason(Exception):
    """Staff say why."""


def open_session(*, theory_id: UUID, examiners: Sequence[int], by: User, now: datetime) -> PracticalSession:
    """Open the next practical exam of a candidate: draw a task per subject and give ``examiners`` (ids) their sheets.

    :raises NotAllowed: ``by`` neither examines nor runs exams, or is the candidate.
    :raises TheoryNotPassed: no certifying theory passed and released.
    :raises NotEligible: the theory is too old, all attempts are used, or the rules of the exam are incomplete.
    :raises AlreadyOpen: one is being held.
    :raises WrongExaminer: not so many as the rules say, or one who may not examine this candidate.
    :raises rules.NoTask: a subject has no task in use with its full marks.
    """
    with transaction.atomic():
        theory = (
            Attempt.objects.select_for_update(of=("self", "person"))  # one person, one practical at a time
            .select_related("person", "admission__sitting__rule__scheme")
            .get(pk=theory_id)
        )
        rule = theory.admission.sitting.rule
        if not has_any_role(by, OPENERS) or theory.person.user_id == by.pk:
            raise NotAllowed
        running = PracticalSession.objects.filter(person=theory.person, rule=rule, status__in=RUNNING_PRACTICALS)
        if session := running.first():
            raise AlreadyOpen(session)
        number = _next_number(theory, rule, now)
        seed = secrets.randbelow(2**62)
        tasks = rules.draw(tasks=_tasks_in_use(rule), seed=seed)
        session = PracticalSession.objects.create(
            person=theory.person, rule=rule, theory=theory, number=number, seed=seed, opened_by=by, opened_at=now
        )
        DrawnTask.objects.bulk_create(
            DrawnTask(session=session, position=position, task_id=task) for position, task in enumerate(tasks, 1)
        )
        if len(examiners) != rule.examiners:
            raise WrongExaminer(_("This exam has %(count)s examiners.") % {"count": rule.examiners})
        for place, examiner in enumerate(examiners, 1):
            _assign(session, examiner, place, by, now)
    return session


def call_third(*, session_id: UUID, examiner: int, by: User, now: datetime) -> ScoreSheet:
    """Give a third examiner their sheet, where the first two differ.

    :raises NotAllowed, WrongExaminer: as ``open_session``.
    :raises NotPossible: no third examiner is wanted, or one was called.
    """
    with transaction.atomic():
        session = _locked(session_id)
        if not has_any_role(by, OPENERS) or session.person.user_id == by.pk:
            raise NotAllowed
        called = session.sheets.filter(place=THIRD_PLACE, withdrawn_at=None).exists()
        if session.status != PracticalStatus.THIRD or called:
            raise NotPossible
        return _assign(session, examiner, THIRD_PLACE, by, now)


def replace(*, sheet_id: UUID, examiner: int, reason: str, by: User, now: datetime) -> ScoreSheet:
    """Let another examiner take the place of one who fell out; the old sheet is withdrawn and kept.

    :raises NotAllowed: ``by`` is no exam officer, or is the candidate.
    :raises NeedsReason: none was given.
    :raises NotPossible: the sheet was handed in or withdrawn.
    :raises WrongExaminer: as ``open_session``.
    """
    with transaction.atomic():
        session = _locked(ScoreSheet.objects.values_list("session_id", flat=True).get(pk=sheet_id))
        _only_officers(session, by)
        sheet = ScoreSheet.objects.select_for_update().get(pk=sheet_id)
        if not sheet.is_open or not session.is_running:
            raise NotPossible
        sheet.withdrawn_at, sheet.withdrawn_because = now, _said(reason)
        sheet.save(update_fields=["withdrawn_at", "withdrawn_because"])
        return _assign(session, examiner, sheet.place, by, now)


def cancel(*, session_id: UUID, reason: str, by: User, now: datetime) -> PracticalSession:
    """Call off an exam that did not take place; it does not count as an attempt. Again changes nothing.

    :raises NotAllowed: ``by`` is no exam officer, or is the candidate.
    :raises NeedsReason: none was given.
    :raises NotPossible: a sheet was handed in.
    """
    with transaction.atomic():
        session = _locked(session_id)
        _only_officers(session, by)
        if session.status == PracticalStatus.CANCELLED:
            return session
        if session.status != PracticalStatus.OPEN or session.sheets.exclude(submitted_at=None).exists():
            raise NotPossible
        session.move_to(PracticalStatus.CANCELLED)
        session.cancelled_because = _said(reason)
        session.save(update_fields=["status", "cancelled_because"])
    return session


def release(*, session_id: UUID, by: User, now: datetime) -> PracticalSession:
    """Let the candidate see the result, and a certifier act on it. Again changes nothing.

    :raises NotAllowed: ``by`` is no exam officer, or is the candidate.
    :raises NotPossible: it is not decided.
    """
    with transaction.atomic():
        session = _locked(session_id)
        _only_officers(session, by)
        if session.status != PracticalStatus.DECIDED:
            raise NotPossible
        if session.released_at is None:
            show(session, by=by, now=now)
    return session


def show(session: PracticalSession, *, by: User | None, now: datetime) -> None:
    """Set the release and tell the candidate, where there is a login to tell. Part of the caller's transaction."""
    session.released_at, session.released_by = now, by
    session.save(update_fields=["released_at", "released_by"])
    if session.person.user_id:
        notify(
            user=session.person.user,
            kind="practical_released",
            key=str(session.pk),
            context={"operation": session.rule.operation.name},
            link=reverse("exams:result", args=[session.theory_id]),
            by=by,
            now=now,
        )


def _locked(session_id: UUID) -> PracticalSession:
    sessions = PracticalSession.objects.select_for_update(of=("self",))
    return sessions.select_related("person__user", "rule__operation").get(pk=session_id)


def _only_officers(session: PracticalSession, by: User) -> None:
    if not has_role(by, Role.EXAM_OFFICER) or session.person.user_id == by.pk:
        raise NotAllowed


def _said(reason: str) -> str:
    if not reason.strip():
        raise NeedsReason
    return reason.strip()[:200]


def _next_number(theory: Attempt, rule: OperationRule, now: datetime) -> int:
    sitting, result = theory.admission.sitting, theory.results.first()
    if theory.status != AttemptStatus.GRADED or sitting.kind != SittingKind.CERTIFYING or not sitting.shows_results:
        raise TheoryNotPassed
    if result is None or not result.passed:
        raise TheoryNotPassed
    used = taken_since(theory).count()
    reason = (
        eligibility.part_expired(
            passed_on=timezone.localdate(theory.submitted_at),
            months=rule.scheme.part_valid_months,
            day=timezone.localdate(now),
        )
        or eligibility.attempts_used_up(used=used, allowed=rule.scheme.practical_attempts)
        or rules.subjects_incomplete(rule.subjects.values_list("marks", flat=True))
    )
    if passed_since(theory).exists():
        reason = eligibility.already_passed()
    if reason:
        raise NotEligible(reason)
    return used + 1


def _tasks_in_use(rule: OperationRule) -> dict[str, list[int]]:
    """Return the tasks of each subject whose items make its full marks."""
    full = dict(rule.subjects.values_list("code", "marks"))
    tasks: dict[str, list[int]] = {code: [] for code in full}
    in_use = PracticalTask.objects.filter(operation=rule.operation_id, subject__in=full, retired_at=None)
    for task in in_use.order_by("code").prefetch_related("items"):
        if sum(item.marks for item in task.items.all()) == full[task.subject]:
            tasks[task.subject].append(task.pk)
    return tasks


def _assign(session: PracticalSession, examiner_id: int, place: int, by: User, now: datetime) -> ScoreSheet:
    examiner = User.objects.filter(pk=examiner_id).first()
    if reason := _unfit(session, examiner):
        raise WrongExaminer(reason)
    sheet = ScoreSheet.objects.create(session=session, examiner=examiner, place=place, assigned_by=by, assigned_at=now)
    notify(
        user=examiner,
        kind="practical_assigned",
        key=str(sheet.pk),
        context={"operation": session.rule.operation.name},
        link=reverse("exam_practicals:sheet", args=[sheet.pk]),
        by=by,
        now=now,
    )
    return sheet


def _unfit(session: PracticalSession, examiner: User | None):
    if examiner is None or not has_role(examiner, Role.EXAMINER):
        return _("Only an examiner examines.")
    if session.person.user_id == examiner.pk:
        return _("Nobody examines themselves.")
    if session.sheets.filter(examiner=examiner).exists():
        return _("Nobody examines the same candidate twice in one exam.")
    if examiner.pk in trainers_of(session.person):
        return _("Who belongs to the candidate's training institution does not examine them.")
    return None
