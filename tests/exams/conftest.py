"""A small exam to test with: one operation, a bank, a sitting, an attempt."""

from datetime import date, timedelta

import pytest

from exams.actions import attempts
from exams.actions.admissions import admit
from exams.enums import AttemptStatus, QuestionKind, ReleasePolicy
from exams.models import (
    Attempt,
    Blueprint,
    BlueprintRow,
    Category,
    ExamPoint,
    KnowledgePoint,
    Operation,
    OperationRule,
    Option,
    PracticalSubject,
    Question,
    QuestionVersion,
    Room,
    Scheme,
    Sitting,
)

MARKS = {"K1": 20, "K2": 40, "K3": 20, "K4": 20}


@pytest.fixture
def rule(db):
    """Low-voltage electrical work under Order 19."""
    scheme = Scheme.objects.create(
        code="order-19",
        name="Order 19",
        effective_from=date(2026, 6, 1),
        validity_years=6,
        practical_attempts=5,
        minimum_age=18,
        part_valid_months=12,
        anywhere=True,
        skill_level_waives_training=True,
        source="Order 19 of 2025",
    )
    category = Category.objects.create(number=1, name="电工作业")
    operation = Operation.objects.create(category=category, number=2, name="低压电工作业")
    rule = OperationRule.objects.create(
        scheme=scheme,
        operation=operation,
        theory_minutes=120,
        theory_pass_mark=80,
        practical_minutes=60,
        practical_pass_mark=80,
        confirmed=False,
        source="outline",
    )
    for code, marks in MARKS.items():
        PracticalSubject.objects.create(rule=rule, code=code, name=code, marks=marks)
    return rule


@pytest.fixture
def make_question(rule, at):
    """Return a function that adds a question whose option at ``right`` is right."""

    def make(code: str, kind: str, options: list[str], right: int) -> Question:
        point, _ = KnowledgePoint.objects.get_or_create(operation=rule.operation, code="K11", name="law")
        question = Question.objects.create(code=code, point=point, kind=kind)
        version = QuestionVersion.objects.create(
            question=question,
            number=1,
            stem=f"stem of {code}",
            explanation=f"why {code}",
            source="a law",
            reviewed=date(2026, 11, 1),
            created_at=at("08:00"),
        )
        for position, text in enumerate(options):
            Option.objects.create(version=version, position=position, text=text, is_right=position == right)
        question.current = version
        question.save()
        return question

    return make


@pytest.fixture
def blueprint(make_question, rule):
    """Six true/false and four single choice in the bank; a paper takes three and two."""
    for number in range(6):
        make_question(f"tf-{number}", QuestionKind.TRUE_FALSE, ["正确", "错误"], number % 2)
    for number in range(4):
        make_question(f"sc-{number}", QuestionKind.SINGLE_CHOICE, ["甲", "乙", "丙", "丁"], number)
    blueprint = Blueprint.objects.create(operation=rule.operation, name="small")
    point = KnowledgePoint.objects.get()
    BlueprintRow.objects.create(blueprint=blueprint, point=point, kind=QuestionKind.TRUE_FALSE, count=3)
    BlueprintRow.objects.create(blueprint=blueprint, point=point, kind=QuestionKind.SINGLE_CHOICE, count=2)
    return blueprint


@pytest.fixture
def sitting(rule, blueprint, at):
    """A window from 09:00 to 12:00, 120 minutes, 30 s grace, code 4711."""
    point = ExamPoint.objects.create(name="考试中心", address="一路一号")
    return Sitting.objects.create(
        title="理论考试",
        rule=rule,
        blueprint=blueprint,
        room=Room.objects.create(point=point, name="一号机房", seats=2),
        opens_at=at("09:00"),
        closes_at=at("12:00"),
        minutes=120,
        passcode="4711",
        release_policy=ReleasePolicy.AT_ONCE,
    )


@pytest.fixture
def attempt(sitting, person, at) -> Attempt:
    """A scheduled attempt of ``person``."""
    return admit(sitting=sitting, person=person, by=None, now=at("08:30")).attempt


@pytest.fixture
def running(attempt, person, at) -> Attempt:
    """An attempt that was started at 09:00 and holds a lease: its deadline is 11:00."""
    attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:00"))
    attempts.take_lease(attempt_id=attempt.pk, by=person)
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.IN_PROGRESS
    assert attempt.deadline - attempt.started_at == timedelta(hours=2)
    return attempt
