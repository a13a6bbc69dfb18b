"""Laws and standards, and the questions that cite what no longer holds."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from exams.enums import SourceStatus
from exams.models import LegalSource, Question, QuestionVersion
from kb.sources import KnownLaw


def ended(day: date) -> QuerySet[LegalSource]:
    """Return the sources that no longer hold on ``day``: past their end, or ended on a day that nobody entered."""
    undated = Q(ended_on=None, status__in=[SourceStatus.SUPERSEDED, SourceStatus.REPEALED])
    return LegalSource.objects.filter(Q(ended_on__lte=day) | undated)


def stale_versions(day: date) -> QuerySet[QuestionVersion]:
    """Return the versions that cite a source which no longer holds on ``day``."""
    cites = QuestionVersion.cites.through.objects.filter(questionversion=OuterRef("pk"), legalsource__in=ended(day))
    return QuestionVersion.objects.filter(Exists(cites))


def stale_now(day: date) -> Exists:
    """Return the condition on a question that its current version is stale on ``day``."""
    return Exists(
        QuestionVersion.cites.through.objects.filter(questionversion=OuterRef("current"), legalsource__in=ended(day))
    )


def stale_questions(day: date, *, source: LegalSource | None = None) -> QuerySet[Question]:
    """Return the questions in use that cite what no longer holds, with version and point; ``source``: only these.

    Only a warning: they are drawn until somebody rewrites or retires them. A law that ends does not make every sentence
    about it wrong, and a bank that empties by itself overnight leaves tomorrow's sitting without papers.
    """
    questions = Question.objects.filter(retired_at=None, current__isnull=False).filter(stale_now(day))
    if source is not None:
        questions = questions.filter(current__cites=source)
    return questions.select_related("current", "point__operation").order_by("point__operation", "point__code", "code")


@dataclass(frozen=True)
class Stale:
    """A question in use and what it cites that has ended."""

    question: Question
    ended: list[LegalSource]


def with_ended(questions: QuerySet[Question], day: date) -> QuerySet[Question]:
    """Return the questions, each with ``current.ended``: what it cites that has ended (one query more)."""
    sources = ended(day).select_related("superseded_by")
    return questions.prefetch_related(Prefetch("current__cites", sources, to_attr="ended"))


def stale_rows(day: date, *, source: LegalSource | None = None) -> list[Stale]:
    """Return the whole report (two queries)."""
    questions = with_ended(stale_questions(day, source=source), day)
    return [Stale(question, question.current.ended) for question in questions]


def ended_and_cited(day: date) -> QuerySet[LegalSource]:
    """Return the sources that have ended, with the number of questions in use that cite them as ``citing`` (one query).

    Those that nobody cites are listed, too: an empty line says that the bank was looked through.
    """
    in_use = Question.objects.filter(retired_at=None, current__isnull=False).values("current")
    citing = Count("versions", filter=Q(versions__in=in_use))
    return ended(day).annotate(citing=citing).select_related("superseded_by").order_by("-citing", "name")


def register(day: date) -> list[KnownLaw]:
    """Return every law and standard as the knowledge base's KB_LAW_REGISTER wants them (two queries)."""
    gone = set(ended(day).values_list("pk", flat=True))
    return [
        KnownLaw(
            code=source.code,
            name=source.name,
            spellings=tuple(line.strip() for line in source.known_as.splitlines() if line.strip()),
            holds=source.pk not in gone,
            ended_on=source.ended_on,
            successor=source.superseded_by.code if source.superseded_by else "",
        )
        for source in LegalSource.objects.select_related("superseded_by")
    ]
