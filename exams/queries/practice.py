"""What can be practised, what is next, and how far somebody is; never what is reserved for exams."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Person
from exams.enums import PracticeMode
from exams.models import Attempt, KnowledgePoint, Operation, PracticeAnswer, PracticeItem, Question
from exams.rules import practice

STREAK_DAYS = 400


def practisable(operation: Operation | None = None) -> QuerySet[Question]:
    """Return the questions that may be practised: approved, in use, and not reserved for exams."""
    questions = Question.objects.filter(reserved=False, retired_at=None, current__isnull=False)
    return questions.filter(point__operation=operation) if operation else questions


def operations() -> QuerySet[Operation]:
    """Return the operations that have something to practise, with their number of questions (one query)."""
    open_questions = Q(
        knowledge_points__questions__reserved=False,
        knowledge_points__questions__retired_at=None,
        knowledge_points__questions__current__isnull=False,
    )
    return (
        Operation.objects.annotate(practisable=Count("knowledge_points__questions", filter=open_questions))
        .filter(practisable__gt=0)
        .select_related("category")
    )


@dataclass(frozen=True)
class Overview:
    """How far somebody is with one operation."""

    points: list[practice.Point]
    due: int
    in_book: int
    favourites: int
    today: int
    streak: int


def overview(person: Person, operation: Operation, now: datetime) -> Overview:
    """Return the state of somebody's practice (three queries)."""
    day = timezone.localdate(now)
    items = PracticeItem.objects.filter(person=person, question__in=practisable(operation))
    counts = items.aggregate(
        due=Count("pk", filter=Q(due_on__lte=day)),
        in_book=Count("pk", filter=Q(box__isnull=False)),
        favourites=Count("pk", filter=Q(favourite=True)),
    )
    days = days_practised(person, now)
    return Overview(
        points=points_of(person, operation),
        today=days.get(day, 0),
        streak=streak(set(days), day),
        **counts,
    )


def points_of(person: Person, operation: Operation) -> list[practice.Point]:
    """Return each knowledge point with what the person knows of it (one query)."""
    mine = PracticeItem.objects.filter(person=person, question=OuterRef("pk"))
    questions = practisable(operation).annotate(
        answered=Exists(mine.filter(times__gt=0)), knows=Exists(mine.filter(last_right=True))
    )
    rows = (
        questions.values("point__code", "point__name")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(answered=True)), right=Count("pk", filter=Q(knows=True)))
        .order_by("point__code")
    )
    return [
        practice.Point(row["point__code"], row["point__name"], row["all"], row["done"], row["right"]) for row in rows
    ]


def days_practised(person: Person, now: datetime) -> dict[date, int]:
    """Return the local days of the last year on which something was answered, with how much (one query)."""
    since = now - timezone.timedelta(days=STREAK_DAYS)
    rows = (
        PracticeAnswer.objects.filter(person=person, given_at__gte=since)
        .annotate(day=TruncDate("given_at"))
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def streak(days: set[date], today: date) -> int:
    """Return how many days in a row were practised up to today, or up to yesterday as long as today is young."""
    count, day = 0, today if today in days else today - timezone.timedelta(days=1)
    while day in days:
        count, day = count + 1, day - timezone.timedelta(days=1)
    return count


def next_question(
    person: Person, operation: Operation, *, mode: str, point: KnowledgePoint | None, now: datetime
) -> Question | None:
    """Return what to ask next, or None where nothing is left (at most five queries)."""
    pks = queue(person, operation, mode=mode, point=point, now=now)
    return Question.objects.select_related("current__case_version", "point").get(pk=pks[0]) if pks else None


def queue(person: Person, operation: Operation, *, mode: str, point: KnowledgePoint | None, now: datetime) -> list[int]:
    """Return the questions still to be asked, in order."""
    questions = practisable(operation)
    day = timezone.localdate(now)
    mine = PracticeItem.objects.filter(person=person, question__in=questions)
    if mode == PracticeMode.WRONG:
        return list(mine.filter(due_on__lte=day).order_by("due_on", "last_at", "pk").values_list("question", flat=True))
    if mode == PracticeMode.FAVOURITES:
        kept = mine.filter(favourite=True).order_by(F("last_at").asc(nulls_first=True), "pk")
        return list(kept.values_list("question", flat=True))
    if mode == PracticeMode.DAILY:
        return _daily(person, questions, mine, now)
    chapter = questions.filter(point=point) if point else questions
    asked = PracticeItem.objects.filter(person=person, question=OuterRef("pk"), times__gt=0)
    ordered = chapter.annotate(last=Subquery(asked.values("last_at")[:1])).order_by(
        F("last").asc(nulls_first=True), "code"
    )
    return list(ordered.values_list("pk", flat=True)[:1])


def _daily(person: Person, questions, mine, now: datetime) -> list[int]:
    """Return what is left of the day's twenty."""
    day = timezone.localdate(now)
    morning = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    answered = list(
        PracticeAnswer.objects.filter(person=person, mode=PracticeMode.DAILY, given_at__gte=morning)
        .order_by("given_at")
        .values_list("version__question", flat=True)
    )
    left = practice.DAILY - len(set(answered))
    if left <= 0:
        return []
    untouched = mine.exclude(question__in=answered)
    due = untouched.filter(due_on__lte=day).order_by("due_on", "pk").values_list("question", flat=True)
    seen = untouched.filter(times__gt=0).order_by("last_at", "pk").values_list("question", flat=True)
    known = set(seen) | set(answered)
    unseen = [pk for pk in questions.order_by("code").values_list("pk", flat=True) if pk not in known]
    return practice.daily(person=person.pk, today=day, due=list(due), unseen=unseen, seen=list(seen), count=left)


def mocks_of(person: Person, operation: Operation) -> QuerySet[Attempt]:
    """Return somebody's mock exams of an operation with their results, the newest first (two queries)."""
    return (
        Attempt.objects.filter(
            person=person, admission__sitting__kind="mock", admission__sitting__rule__operation=operation
        )
        .select_related("admission__sitting")
        .prefetch_related("results")
        .order_by("-admission__round")
    )
