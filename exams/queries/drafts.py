"""A stored version as the draft it came from: what is exported, edited and compared."""

from collections.abc import Iterable

from django.db.models import QuerySet

from exams.models import Option, QuestionVersion, StemMedia
from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part


def whole(versions: QuerySet[QuestionVersion]) -> QuerySet[QuestionVersion]:
    """Return the versions with all that ``draft_of`` reads (three queries)."""
    return versions.select_related("question__point", "question__case", "case_version").prefetch_related(
        "options", "media"
    )


def draft_of(version: QuestionVersion, *, media: bool = True) -> Draft:
    """Return the draft that ``write`` stores as this version; without ``media`` no file is read."""
    question = version.question
    return Draft(
        kind=question.kind,
        stem=version.stem,
        parts=parts_of(version.options.all()),
        explanation=version.explanation,
        source=version.source,
        code=question.code,
        title=version.title,
        point=question.point.code,
        difficulty=question.difficulty,
        case=question.case.code if question.case else "",
        case_stem=version.case_version.stem if version.case_version else "",
        case_position=question.case_position,
        media=tuple(_medium(one) for one in version.media.all()) if media else (),
        extras=version.extras,
    )


def parts_of(options: Iterable[Option]) -> tuple[Part, ...]:
    """Return options as they were written, feedback and all."""
    return tuple(
        Part(
            option.position,
            option.text,
            option.is_right,
            option.match,
            option.blank,
            option.tolerance,
            option.weight,
            option.feedback,
        )
        for option in options
    )


def _medium(medium: StemMedia) -> Medium:
    with medium.file.open("rb") as file:
        return Medium(medium.name, medium.content_type, file.read(), medium.alt)
