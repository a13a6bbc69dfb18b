"""A candidate appeals against a released result; another person than those involved decides."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person, User
from accounts.queries import has_role
from exams.enums import AppealState, AttemptStatus, GradedFor
from exams.models import Appeal, Attempt, PaperSlot, Result
from exams.queries.appeals import released_at
from exams.queries.scores import scores_of
from exams.rules import appeals as rules
from notifications.actions.notices import notify

from .grading import append_results, tell_result
from .releasing import NotAnOfficer


class NotReleased(Exception):
    """There is no released result to appeal against."""


class Refused(Exception):
    """The appeal is not taken, or not by this officer; ``reason`` is what to tell them."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class AlreadyAppealed(Exception):
    """There is an appeal about this already."""


class AlreadyDecided(Exception):
    """It was decided before."""


class NothingToConfirm(Exception):
    """The appeal was not upheld for answers that came too late."""


class NeedsWords(Exception):
    """An appeal has a reason, a decision an answer."""


def appeal(*, attempt_id: UUID, slot: int | None, reason: str, by: Person, now: datetime) -> Appeal:
    """Appeal against the whole result, or against question ``slot`` of the paper.

    :raises Attempt.DoesNotExist: not this candidate's, or no such question.
    :raises NotReleased: there is no released result.
    :raises NeedsWords: no reason was given.
    :raises Refused: the time is over.
    :raises AlreadyAppealed: about the same thing.
    """
    if not reason.strip():
        raise NeedsWords
    with transaction.atomic():
        attempt = Attempt.objects.select_related("admission__sitting").get(pk=attempt_id, person=by)
        shown_since = released_at(attempt)
        if shown_since is None:
            raise NotReleased
        if slot is not None and not attempt.paper.slots.filter(number=slot).exists():
            raise Attempt.DoesNotExist
        late = rules.too_late(released_at=shown_since, days=attempt.admission.sitting.appeal_days, now=now)
        if late:
            raise Refused(late)
        if attempt.appeals.filter(slot=slot).exists():
            raise AlreadyAppealed
        try:
            with transaction.atomic():
                return Appeal.objects.create(attempt=attempt, slot=slot, reason=reason.strip(), appealed_at=now)
        except IntegrityError as twice:
            raise AlreadyAppealed from twice


def decide(*, appeal_id: int, upheld: bool, answer: str, accepts_late: bool, by: User, now: datetime) -> Appeal:
    """Answer an appeal, once, and tell the candidate. The score changes by a change of the key, or when a second
    officer confirms that what arrived too late counts.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NeedsWords: there is no answer.
    :raises Refused: ``by`` is involved.
    :raises AlreadyDecided: it was.
    :raises NothingToConfirm: nothing arrived too late, or the appeal is not upheld.
    """
    if not answer.strip():
        raise NeedsWords
    with transaction.atomic():
        appeal = _locked(appeal_id, by)
        if appeal.state != AppealState.OPEN:
            raise AlreadyDecided
        if accepts_late and not (upheld and appeal.attempt.late_answers.exists()):
            raise NothingToConfirm
        appeal.state = AppealState.UPHELD if upheld else AppealState.REJECTED
        appeal.answer, appeal.accepts_late = answer.strip(), accepts_late
        appeal.decided_by, appeal.decided_at = by, now
        appeal.save()
        _tell(appeal, now)
    return appeal


def confirm(*, appeal_id: int, by: User, now: datetime) -> Result | None:
    """Let what arrived too late count, and append the result of it; confirmed twice is once.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises Refused: ``by`` is involved, or decided it.
    :raises NothingToConfirm: it was not upheld for late answers.
    """
    with transaction.atomic():
        appeal = _locked(appeal_id, by, also=True)
        if not appeal.accepts_late:
            raise NothingToConfirm
        attempt = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("person__user", "admission__sitting__rule__operation")
            .get(pk=appeal.attempt_id)
        )
        if appeal.confirmed_at or attempt.status != AttemptStatus.GRADED:
            return attempt.results.first()
        appeal.confirmed_by, appeal.confirmed_at = by, now
        appeal.save(update_fields=["confirmed_by", "confirmed_at"])
        (result,) = append_results([attempt], scores_of([attempt]), reason=GradedFor.APPEAL, by=by, now=now)
        if attempt.person.user:
            tell_result(attempt=attempt, key=f"{attempt.pk}/{result.number}", kind="result_changed", now=now)
        return result


def _locked(appeal_id: int, by: User, *, also: bool = False) -> Appeal:
    """Return the appeal under a lock, if ``by`` may work on it; ``also`` keeps away who decided it."""
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    appeals = Appeal.objects.select_for_update(of=("self",)).select_related(
        "attempt__person__user", "attempt__admission__sitting__rule__operation"
    )
    appeal = appeals.get(pk=appeal_id)
    attempt = appeal.attempt
    involved = {attempt.admission.sitting.released_by_id} - {None}
    if appeal.slot:
        slot = PaperSlot.objects.select_related("version").get(paper=attempt.paper_id, number=appeal.slot)
        involved |= {slot.version.written_by_id, slot.version.approved_by_id}
    if also:
        involved.add(appeal.decided_by_id)
    reason = rules.not_impartial(user=by.pk, candidate=attempt.person.user_id, involved=involved)
    if reason:
        raise Refused(reason)
    return appeal


def _tell(appeal: Appeal, now: datetime) -> None:
    attempt = appeal.attempt
    if attempt.person.user is None:
        return
    sitting = attempt.admission.sitting
    notify(
        user=attempt.person.user,
        kind="appeal_decided",
        key=str(appeal.pk),
        context={"exam": sitting.title, "operation": sitting.rule.operation.name},
        link=reverse("exams:result", args=[attempt.pk]),
        now=now,
    )
