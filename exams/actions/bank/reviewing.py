"""A second pair of eyes: an exam officer approves what another wrote, or returns it with a reason."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.actions import duplicates
from exams.models import QuestionVersion
from exams.queries.drafts import draft_of, whole


class NotAnApprover(Exception):
    """Only an exam officer approves or returns questions, and never their own."""


class AlreadyDecided(Exception):
    """The version was approved or returned before, or a newer one has taken its place."""


class NoReason(ValueError):
    """Whoever returns a question says why."""


def approve(*, version_id: int, by: User, now: datetime) -> QuestionVersion:
    """Let the version be drawn from now on; papers drawn before keep theirs. Again changes nothing.

    The other questions of its case that were stored with it, for the case alone, come along: no paper prints two stems
    of one case.

    :raises NotAnApprover: ``by`` lacks the role or wrote it.
    :raises AlreadyDecided: it was returned.
    """
    with transaction.atomic():
        version = _locked(version_id, by)
        if version.approved_at:
            return version
        if version.returned_at:
            raise AlreadyDecided
        for one in (version, *_with_its_case(version)):
            _approve(one, by, now)
        duplicates.want(operations=[version.question.point.operation_id], now=now)
    return version


def send_back(*, version_id: int, reason: str, by: User, now: datetime) -> QuestionVersion:
    """Return the version to its author, who writes the next one.

    :raises NotAnApprover: ``by`` lacks the role or wrote it.
    :raises NoReason: the reason is empty.
    :raises AlreadyDecided: it was approved, or returned by somebody else before.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        version = _locked(version_id, by)
        if version.approved_at or version.returned_at:
            raise AlreadyDecided
        version.returned_by, version.returned_at, version.returned_because = by, now, reason.strip()[:300]
        version.save(update_fields=["returned_by", "returned_at", "returned_because"])
        record(deed=Deed.REFUSED, target=version, reason=version.returned_because, by=by, now=now)
    return version


def _locked(version_id: int, by: User) -> QuestionVersion:
    versions = QuestionVersion.objects.select_for_update(of=("self",)).select_related("question__point")
    version = versions.get(pk=version_id)
    if not has_role(by, Role.EXAM_OFFICER) or version.written_by_id == by.pk:
        raise NotAnApprover
    return version


def _approve(version: QuestionVersion, by: User, now: datetime) -> None:
    version.approved_by, version.approved_at = by, now
    version.save(update_fields=["approved_by", "approved_at"])
    question = version.question
    if question.current is None or question.current.number < version.number:
        question.current = version
        question.save(update_fields=["current"])
    record(deed=Deed.APPROVED, target=version, by=by, now=now)


def _with_its_case(version: QuestionVersion) -> list[QuestionVersion]:
    """Return what was stored in the same moment and differs from its question's current version in the case alone."""
    if version.case_version_id is None:
        return []
    beside = QuestionVersion.objects.filter(
        case_version=version.case_version_id,
        created_at=version.created_at,
        written_by=version.written_by_id,
        approved_at=None,
        returned_at=None,
        question__current__isnull=False,
    )
    candidates = whole(beside.exclude(pk=version.pk))
    current = {one.question_id: one for one in whole(QuestionVersion.objects.filter(pk__in=_current(beside)))}
    return [one for one in candidates if _differs_in_case_alone(one, current[one.question_id])]


def _current(versions):
    return versions.values("question__current")


def _differs_in_case_alone(version: QuestionVersion, current: QuestionVersion) -> bool:
    said = draft_of(version, media=False)
    same_media = [one.digest for one in version.media.all()] == [one.digest for one in current.media.all()]
    return same_media and said == replace(draft_of(current, media=False), case_stem=said.case_stem)
