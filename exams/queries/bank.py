"""What waits for a second pair of eyes, what was returned, and the bank as its staff sees it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from exams.models import KnowledgePoint, NearDuplicate, PaperSlot, Question, QuestionVersion, Sitting

from .sources import stale_now


def awaiting_approval() -> QuerySet[QuestionVersion]:
    """Return versions that nobody decided on and no newer one replaced, the oldest first, whole (three queries)."""
    return (
        QuestionVersion.objects.filter(approved_at=None, returned_at=None, question__retired_at=None)
        .filter(Q(question__current=None) | Q(number__gt=F("question__current__number")))
        .select_related("question__point__operation", "written_by", "case_version")
        .prefetch_related("options", "media")
        .order_by("created_at", "pk")
    )


def returned_to(author: User) -> QuerySet[QuestionVersion]:
    """Return what came back to its author and has no newer version yet, the latest first (one query)."""
    return (
        QuestionVersion.objects.filter(written_by=author, returned_at__isnull=False, question__retired_at=None)
        .annotate(newest=Max("question__versions__number"))
        .filter(number=F("newest"))
        .select_related("question__point__operation", "returned_by")
        .order_by("-returned_at")
    )


@dataclass(frozen=True)
class Wanted:
    """What a list of the bank is narrowed to; empty means all. ``state`` is a key of ``STATES``."""

    q: str = ""
    operation: int | None = None
    point: int | None = None
    kind: str = ""
    difficulty: int | None = None
    state: str = ""
    reserved: bool | None = None
    stale: bool | None = None


_NEWEST = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
_WAITS = Exists(
    QuestionVersion.objects.filter(question=OuterRef("pk"), approved_at=None, returned_at=None).filter(
        Q(question__current=None) | Q(number__gt=F("question__current__number"))
    )
)
_CAME_BACK = Subquery(_NEWEST.values("returned_at")[:1])
STATES = {
    "in_use": Q(retired_at=None, current__isnull=False),
    "waiting": Q(_WAITS, retired_at=None),
    "returned": Q(came_back__isnull=False, retired_at=None),
    "retired": Q(retired_at__isnull=False),
}
HAS_STATISTICS = any(field.name == "statistic" for field in QuestionVersion._meta.related_objects)


def in_the_bank(wanted: Wanted, day: date) -> QuerySet[Question]:
    """Return questions with ``stale`` and ``waits`` marked, version and point along (one query).

    ``statistic`` of the version comes along once versions have one.
    """
    questions = Question.objects.annotate(stale=stale_now(day), waits=_WAITS).alias(came_back=_CAME_BACK)
    said = {"kind": wanted.kind, "difficulty": wanted.difficulty, "point__operation": wanted.operation}
    questions = questions.filter(**{name: value for name, value in said.items() if value})
    for name in ("reserved", "stale"):
        if getattr(wanted, name) is not None:
            questions = questions.filter(**{name: getattr(wanted, name)})
    if wanted.state:
        questions = questions.filter(STATES[wanted.state])
    if wanted.point:
        questions = questions.filter(point__in=with_parts(wanted.point))
    if wanted.q:
        said = QuestionVersion.objects.filter(question=OuterRef("pk")).filter(
            Q(stem__icontains=wanted.q) | Q(title__icontains=wanted.q) | Q(source__icontains=wanted.q)
        )
        questions = questions.filter(Q(code__icontains=wanted.q) | Exists(said))
    more = ["current__statistic"] if HAS_STATISTICS else []
    return questions.select_related("point__operation", "current", "case", *more).order_by("code")


def with_parts(point: int) -> set[int]:
    """Return the point and all below it (one query)."""
    tree = KnowledgePoint.objects.filter(operation__knowledge_points=point).values_list("pk", "parent")
    below = {point}
    for _level in tree:
        below |= {pk for pk, parent in tree if parent in below}
    return below


def points_as_tree(operation: int) -> list[tuple[int, KnowledgePoint]]:
    """Return the operation's points, each after the one it is part of, with its depth (one query)."""
    points = list(KnowledgePoint.objects.filter(operation=operation).select_related("operation").order_by("code"))
    parts: dict[int | None, list[KnowledgePoint]] = {}
    for point in points:
        parts.setdefault(point.parent_id, []).append(point)

    def below(parent: int | None, depth: int):
        for point in parts.get(parent, ()):
            yield depth, point
            yield from below(point.pk, depth + 1)

    return list(below(None, 0))


def versions_of(question: Question) -> QuerySet[QuestionVersion]:
    """Return the question's versions, the newest first, with who wrote and decided, and what they cite."""
    people = ("written_by", "approved_by", "returned_by", "case_version", "question__point", "question__case")
    return question.versions.select_related(*people).prefetch_related("options", "media", "cites").order_by("-number")


@dataclass(frozen=True)
class Use:
    """Where a question stands: on how many papers, and the sittings they are for."""

    papers: int
    sittings: list[Sitting]


def used_in(question: Question, *, most: int = 20) -> Use:
    """Return where the question's versions were drawn (two queries)."""
    slots = PaperSlot.objects.filter(version__question=question)
    sittings = Sitting.objects.filter(admissions__attempt__paper__slots__version__question=question).distinct()
    return Use(slots.count(), list(sittings.order_by("-opens_at")[:most]))


def like_it(question: Question) -> QuerySet[NearDuplicate]:
    """Return the pairs in which the question stands that nobody found different (one query)."""
    pairs = NearDuplicate.objects.filter(Q(first=question) | Q(second=question)).exclude(different=True)
    return pairs.select_related("first__current", "second__current").order_by("-likeness")
