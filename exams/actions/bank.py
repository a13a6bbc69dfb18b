"""Question authors write versions, exam officers approve them; only approved versions are drawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import QuestionKind
from exams.models import KnowledgePoint, Option, Question, QuestionVersion

MOST_OPTIONS = 6


class NotAnAuthor(Exception):
    """Only a question author writes questions."""


class NotAnApprover(Exception):
    """Only an exam officer approves questions, and never their own."""


class BadQuestion(ValueError):
    """Options and key do not fit the kind: two for true/false, three to six different ones for single choice."""


def write(
    *,
    code: str,
    point: KnowledgePoint,
    kind: QuestionKind,
    stem: str,
    options: Sequence[str],
    right: int,
    explanation: str,
    source: str,
    by: User,
    now: datetime,
) -> QuestionVersion:
    """Add a version to question ``code``, new or known; ``right`` is the key's place in ``options``.

    :raises NotAnAuthor: ``by`` lacks the role.
    :raises BadQuestion: options and key do not fit; nothing is stored.
    """
    if not has_role(by, Role.QUESTION_AUTHOR):
        raise NotAnAuthor
    _check(kind, options, right)
    with transaction.atomic():
        question, _ = Question.objects.get_or_create(code=code, defaults={"point": point, "kind": kind})
        question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)  # one number for each version
        if question.kind != kind:
            raise BadQuestion("a question never changes its kind")
        last = question.versions.order_by("-number").first()
        version = QuestionVersion.objects.create(
            question=question,
            number=last.number + 1 if last else 1,
            stem=stem.strip(),
            explanation=explanation.strip(),
            source=source.strip(),
            reviewed=timezone.localdate(now),
            created_at=now,
            written_by=by,
        )
        Option.objects.bulk_create(
            Option(version=version, position=position, text=text.strip(), is_right=position == right)
            for position, text in enumerate(options)
        )
    return version


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


def _check(kind: QuestionKind, options: Sequence[str], right: int) -> None:
    texts = [text.strip() for text in options]
    fits = len(texts) == 2 if kind == QuestionKind.TRUE_FALSE else 3 <= len(texts) <= MOST_OPTIONS
    if not fits or len(set(texts)) != len(texts) or not all(texts) or not 0 <= right < len(texts):
        raise BadQuestion("options and key do not fit together")
