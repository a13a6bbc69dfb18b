"""Store drafts in bulk: the one way in for authors, imported files and the shipped banks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.actions.tracking import create_all
from exams.actions import duplicates
from exams.models import KnowledgePoint, Option, Question, QuestionVersion
from exams.queries.drafts import draft_of, whole
from exams.rules import media as rules
from exams.rules.items import Draft, problems
from exams.rules.tidying import tidy

from . import cases, coding, media
from .citing import link

BATCH = 500


class BadQuestion(ValueError):
    """The draft cannot be stored; ``problems`` say why, in words, and ``code`` of which question."""

    def __init__(self, problems: Sequence, code: str = ""):
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems, self.code = list(problems), code


@dataclass(frozen=True)
class Row:
    """A draft and its knowledge point; ``reviewed`` (None: today) is when the text was last held against the law.

    ``reserved`` counts for a question that is new, later it is an officer's word.
    """

    draft: Draft
    point: KnowledgePoint
    reviewed: date | None = None
    reserved: bool = False


@dataclass(frozen=True)
class Stored:
    """A draft's version; not ``is_new`` where the bank said the same already."""

    version: QuestionVersion
    is_new: bool


@dataclass
class _Batch:
    """What is known of the questions that a batch of rows names."""

    rows: list[Row]
    by: User | None
    now: datetime
    questions: dict[str, Question] = field(default_factory=dict)
    newest: dict[int, QuestionVersion] = field(default_factory=dict)  # of any hand: the next one's number follows it
    compared: dict[int, QuestionVersion] = field(default_factory=dict)  # of this hand: a file unchanged changes nothing
    case_versions: Mapping = field(default_factory=dict)


def check(draft: Draft) -> None:
    """See that a draft can be a question.

    :raises BadQuestion: with all that is wrong.
    """
    found = problems(draft)
    for medium in draft.media:
        try:
            if rules.checked(medium.content) != medium.content_type:
                found.append(_("A file is not of the kind that it says."))
        except rules.BadMedium as bad:
            found += bad.args
    if found:
        raise BadQuestion(found, draft.code)


def store(*, rows: Sequence[Row], by: User | None, now: datetime, approved: bool = False) -> list[Stored]:
    """Store a version for each row that says something new; the caller has checked the drafts (``check``).

    A row without a code gets one. The files of a seed (``by`` None) are held against the last version that came from
    them, so that loading them again never undoes what an author wrote since; others against the newest version.
    ``approved`` ones are drawn at once: only for texts reviewed before they reached us. About ten statements for
    each 500 rows.

    :raises BadQuestion: a code belongs to a question of another kind, operation or case, or stands there twice.
    """
    stored: list[Stored] = []
    with transaction.atomic():
        for rows_of_batch in _batches(rows):
            stored += _store(_Batch(rows_of_batch, by, now), approved)
    return stored


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut into batches; a case's questions stay together."""
    batch: list[Row] = []
    for row in rows:
        if len(batch) >= BATCH and not (row.draft.case and row.draft.case == batch[-1].draft.case):
            yield batch
            batch = []
        batch.append(replace(row, draft=tidy(row.draft)))
    if batch:
        yield batch


def _store(batch: _Batch, approved: bool) -> list[Stored]:
    asked = len(batch.rows)
    batch.rows = coding.with_codes(batch.rows)
    if len({row.draft.code for row in batch.rows}) < asked:
        raise BadQuestion([_("A code stands there twice.")])
    batch.rows += _siblings(batch)
    batch.case_versions = cases.store(batch.rows, now=batch.now)
    _find_questions(batch)
    _find_versions(batch)
    known = {row.draft.code: batch.compared.get(batch.questions[row.draft.code].pk) for row in batch.rows}
    changed = [row for row in batch.rows if not _says(known[row.draft.code], row.draft)]
    written = dict(zip((row.draft.code for row in changed), _write(batch, changed, approved), strict=True))
    return [
        Stored(written.get(row.draft.code) or known[row.draft.code], row.draft.code in written)
        for row in batch.rows[:asked]
    ]


def _siblings(batch: _Batch) -> list[Row]:
    """A case whose stem changes takes all its questions along: no paper prints two stems of one case."""
    codes = [row.draft.code for row in batch.rows]
    stems = cases.changed_stems(batch.rows)
    others = Question.objects.filter(case__code__in=stems, retired_at=None).exclude(code__in=codes) if stems else ()
    rows = []
    for question in others:
        version = whole(question.versions).order_by("-number").first()
        if version:
            rows.append(Row(replace(draft_of(version), case_stem=stems[question.case.code]), question.point))
    return rows


def _find_questions(batch: _Batch) -> None:
    """Lock the questions, create those that are missing."""
    codes = {row.draft.code: row for row in batch.rows}
    batch.questions = {question.code: question for question in _locked(codes)}
    missing = [row for code, row in codes.items() if code not in batch.questions]
    places = cases.Places(missing, batch.case_versions)
    new = [
        Question(
            code=row.draft.code,
            point=row.point,
            kind=row.draft.kind,
            difficulty=row.draft.difficulty,
            reserved=row.reserved,
            case=places.case_of(row.draft),
            case_position=places.next_place(row.draft),
        )
        for row in missing
    ]
    try:
        create_all(new, by=batch.by, now=batch.now)
    except IntegrityError as error:
        raise BadQuestion([_("Another question has this code, or this place in the case.")]) from error
    batch.questions |= {question.code: question for question in new}
    for row in batch.rows:
        _check_same(batch.questions[row.draft.code], row)


def _locked(codes) -> list[Question]:
    questions = Question.objects.filter(code__in=codes).order_by("pk").select_related("point", "case")
    return list(questions.select_for_update(of=("self",)))  # one number for each version


def _check_same(question: Question, row: Row) -> None:
    if question.kind != row.draft.kind:
        raise BadQuestion([_("A question never changes its kind.")], question.code)
    if question.point.operation_id != row.point.operation_id:
        raise BadQuestion([_("A question of another operation has this code.")], question.code)
    if row.draft.case and (question.case is None or question.case.code != row.draft.case):
        raise BadQuestion([_("A question never changes its case.")], question.code)


def _find_versions(batch: _Batch) -> None:
    by_pk = {question.pk: question for question in batch.questions.values()}
    for version in whole(QuestionVersion.objects.filter(question__in=by_pk)).order_by("number"):
        version.question = by_pk[version.question_id]
        batch.newest[version.question_id] = version
        if batch.by is not None or version.written_by_id is None:
            batch.compared[version.question_id] = version


def _says(version: QuestionVersion | None, draft: Draft) -> bool:
    """Say whether a version says what the draft says."""
    if version is None:
        return False
    stored = draft_of(version, media=False)
    words = ("title", "stem", "explanation", "source", "parts", "extras")
    return (
        all(getattr(stored, name) == getattr(draft, name) for name in words)
        and (not draft.case_stem or stored.case_stem == draft.case_stem)
        and [(one.digest, one.alt, one.name) for one in version.media.all()]
        == [(media.digest_of(one), one.alt, one.name) for one in draft.media]
    )


def _write(batch: _Batch, rows: Sequence[Row], approved: bool) -> list[QuestionVersion]:
    versions = [_version(batch, row, approved) for row in rows]
    create_all(versions, by=batch.by, now=batch.now)
    Option.objects.bulk_create(
        Option(
            version=version,
            position=part.position,
            text=part.text,
            is_right=part.is_right,
            match=part.match,
            blank=part.blank,
            tolerance=part.tolerance,
            weight=part.weight,
            feedback=part.feedback,
        )
        for version, row in zip(versions, rows, strict=True)
        for part in row.draft.parts
    )
    media.store([(version, row.draft.media) for version, row in zip(versions, rows, strict=True)], by=batch.by)
    link(versions)
    if approved:
        for version in versions:
            version.question.current = version
        Question.objects.bulk_update([version.question for version in versions], ["current"])
        duplicates.want_some_time(operations=[row.point.operation_id for row in rows], now=batch.now)
    return versions


def _case_version(batch: _Batch, question: Question, last: QuestionVersion | None):
    """A row that does not name the case of its question leaves it as it is."""
    named = batch.case_versions.get(question.case.code) if question.case else None
    return named or (last.case_version if last else None)


def _version(batch: _Batch, row: Row, approved: bool) -> QuestionVersion:
    question = batch.questions[row.draft.code]
    last = batch.newest.get(question.pk)
    return QuestionVersion(
        question=question,
        number=last.number + 1 if last else 1,
        title=row.draft.title,
        stem=row.draft.stem,
        case_version=_case_version(batch, question, last),
        explanation=row.draft.explanation,
        source=row.draft.source,
        extras=dict(row.draft.extras),
        reviewed=row.reviewed or timezone.localdate(batch.now),
        created_at=batch.now,
        written_by=batch.by,
        approved_at=batch.now if approved else None,
    )
