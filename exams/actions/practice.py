"""Answer while practising, keep favourites, take a mock exam."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Person
from exams.enums import AttemptStatus, LatePolicy, PracticeMode, ReleasePolicy, SittingKind
from exams.models import (
    Admission,
    Attempt,
    Blueprint,
    ExamPoint,
    Operation,
    OperationRule,
    PracticeAnswer,
    PracticeItem,
    QuestionVersion,
    Room,
    Sitting,
)
from exams.queries.papers import parts_of, shown_positions, width_of
from exams.queries.practice import practisable
from exams.rules import practice, responses
from exams.rules.responses import PLACES
from exams.rules.scoring import Key, share

from .papers import draw

MOCK_POINT, MOCK_ROOM = "线上模拟考场", "模拟考场"
ALWAYS = timedelta(days=36_500)
MOCKS_A_DAY = 10


class NotForPractice(Exception):
    """The question is reserved for exams, retired, or has another text by now."""


class BadPracticeAnswer(ValueError):
    """The response fits no such question; nothing was stored."""


class NoMockExam(Exception):
    """There is no blueprint or no rule in force for a mock exam of that operation."""


class EnoughForToday(Exception):
    """So many mock exams were begun today that another would only be clicking."""


@dataclass(frozen=True)
class Answered:
    """What came of an answer."""

    answer: PracticeAnswer
    item: PracticeItem


def answer(*, version_id: int, order: str, response: str, mode: PracticeMode, by: Person, now: datetime) -> Answered:
    """Store one answer and move the question in the wrong-question book.

    :raises NotForPractice: it may not be practised.
    :raises BadPracticeAnswer: order or response do not belong to the question.
    """
    version = (
        QuestionVersion.objects.select_related("question").prefetch_related("options").filter(pk=version_id).first()
    )
    if version is None or not practisable().filter(pk=version.question_id, current=version).exists():
        raise NotForPractice
    kind, parts = version.question.kind, parts_of(version)
    wanted = sorted(PLACES[position] for position in shown_positions(kind, parts))
    if sorted(order) != wanted or not responses.fits(response, kind=kind, order=order, width=width_of(kind, parts)):
        raise BadPracticeAnswer
    right = share(Key(kind, parts, order), response) == 1
    with transaction.atomic():
        item, _ = PracticeItem.objects.get_or_create(person=by, question=version.question)
        item = PracticeItem.objects.select_for_update().get(pk=item.pk)
        place = practice.place_after(box=item.box, right=right, today=timezone.localdate(now))
        item.box, item.due_on = place.box, place.due_on
        item.times, item.times_right = item.times + 1, item.times_right + right
        item.last_right, item.last_at = right, now
        item.save()
        given = PracticeAnswer.objects.create(
            person=by, version=version, mode=mode, order=order, response=response, is_right=right, given_at=now
        )
    return Answered(given, item)


def keep_favourite(*, question_id: int, favourite: bool, by: Person) -> PracticeItem:
    """Put a question among the favourites, or take it out.

    :raises NotForPractice: it may not be practised.
    """
    question = practisable().filter(pk=question_id).first()
    if question is None:
        raise NotForPractice
    with transaction.atomic():
        item, _ = PracticeItem.objects.update_or_create(person=by, question=question, defaults={"favourite": favourite})
    return item


def begin_mock(*, operation: Operation, by: Person, now: datetime) -> Attempt:
    """Begin a mock exam on the exam's own engine; an unfinished one is gone on with.

    The paper is drawn by the operation's blueprint from what is not reserved; the clock runs from now on.

    :raises NoMockExam: no blueprint, or no rules in force.
    :raises EnoughForToday: ten were begun today.
    :raises BankTooSmall: what is not reserved cannot fill the blueprint.
    """
    with transaction.atomic():
        sitting = _mock_sitting(operation, now)
        mine = Admission.objects.select_for_update(of=("self",)).filter(sitting=sitting, person=by)
        running = Attempt.objects.filter(admission__in=mine, status=AttemptStatus.IN_PROGRESS, deadline__gt=now).first()
        if running:
            return running
        if mine.filter(admitted_at__gt=now - timedelta(days=1)).count() >= MOCKS_A_DAY:
            raise EnoughForToday
        number = (mine.aggregate(last=Max("round"))["last"] or 0) + 1
        admission = Admission.objects.create(
            sitting=sitting,
            person=by,
            round=number,
            ticket=f"M{sitting.pk}-{by.pk}-{number}",
            admitted_at=now,
        )
        paper = draw(blueprint=sitting.blueprint, seed=secrets.randbelow(2**62), now=now, spares_reserved=True)
        deadline = now + timedelta(minutes=sitting.minutes)
        return Attempt.objects.create(
            admission=admission,
            person=by,
            paper=paper,
            status=AttemptStatus.IN_PROGRESS,
            started_at=now,
            deadline=deadline,
            accepts_until=deadline + timedelta(seconds=sitting.grace_seconds),
        )


def _mock_sitting(operation: Operation, now: datetime) -> Sitting:
    """Return the operation's standing sitting of mock exams, made anew where rules or blueprint have changed."""
    blueprint = Blueprint.objects.filter(operation=operation, retired_at=None).order_by("-pk").first()
    rules = OperationRule.objects.filter(operation=operation).select_related("scheme")
    day = timezone.localdate(now)
    rule = next((one for one in rules.order_by("-scheme__effective_from") if one.scheme.in_force_on(day)), None)
    if blueprint is None or rule is None:
        raise NoMockExam
    point, _ = ExamPoint.objects.get_or_create(name=MOCK_POINT, defaults={"address": MOCK_POINT})
    room, _ = Room.objects.get_or_create(point=point, name=MOCK_ROOM, defaults={"seats": 0})
    kept = {"kind": SittingKind.MOCK, "rule": rule, "blueprint": blueprint, "room": room}
    return Sitting.objects.filter(**kept).first() or Sitting.objects.create(
        title=f"{operation.name}模拟考试",
        opens_at=now,
        closes_at=now + ALWAYS,
        minutes=rule.theory_minutes,
        late_policy=LatePolicy.DURATION_WINS,
        release_policy=ReleasePolicy.AT_ONCE,
        **kept,
    )
