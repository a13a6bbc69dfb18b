"""A second pair of eyes: an exam officer approves what another wrote."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.models import QuestionVersion


class NotAnApprover(Exception):
    """Only an exam officer approves questions, and never their own."""


def approve(*, version_id: int, by: User, now: datetime) -> QuestionVersion:
    """Let the version be drawn from now on; papers drawn before keep theirs. Again changes nothing.

    :raises NotAnApprover: ``by`` lacks the role or wrote it.
    """
    with transaction.atomic():
        version = QuestionVersion.objects.select_for_update(of=("self",)).select_related("question").get(pk=version_id)
        if not has_role(by, Role.EXAM_OFFICER) or version.written_by_id == by.pk:
            raise NotAnApprover
        if version.approved_at:
            return version
        version.approved_by, version.approved_at = by, now
        version.save(update_fields=["approved_by", "approved_at"])
        question = version.question
        if question.current is None or question.current.number < version.number:
            question.current = version
            question.save(update_fields=["current"])
        record(deed=Deed.APPROVED, target=version, by=by, now=now)
    return version
