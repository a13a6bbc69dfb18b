"""An author writes a version."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import KnowledgePoint, QuestionVersion
from exams.rules.items import Draft

from .storing import BadQuestion, Row, check, store


class NotAnAuthor(Exception):
    """Only a question author writes questions."""


def write(*, draft: Draft, point: KnowledgePoint, by: User, now: datetime) -> QuestionVersion:
    """Add a version to the question of the draft's code, new or known; another person approves it.

    Writing what its newest version says already returns that version. The difficulty is the question's own and holds
    at once; a known question keeps its point.

    :raises NotAnAuthor: ``by`` lacks the role.
    :raises BadQuestion: it cannot be a question; nothing is stored.
    """
    if not has_role(by, Role.QUESTION_AUTHOR):
        raise NotAnAuthor
    check(draft)
    with transaction.atomic():
        version = store(rows=[Row(draft, point)], by=by, now=now)[0].version
        if version.returned_at:
            raise BadQuestion([_("It says what was returned: change it first.")], version.question.code)
        question = version.question
        if question.difficulty != draft.difficulty:
            question.difficulty = draft.difficulty
            question.save(update_fields=["difficulty"])
    return version
