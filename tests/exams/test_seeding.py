"""The shipped catalogue and question bank."""

import pytest

from exams.actions import seeding
from exams.actions.papers import draw
from exams.enums import QuestionKind
from exams.models import (
    Blueprint,
    Category,
    Operation,
    OperationRule,
    PracticalSubject,
    Question,
    QuestionVersion,
    Scheme,
)


@pytest.fixture
def seeded(db, at):
    seeding.load_schemes()
    seeding.load_operations()
    seeding.load_operation(folder="low-voltage", now=at("08:00"))


def test_the_catalogue_has_ten_categories_and_54_operations(seeded):
    assert Category.objects.count() == 10
    assert Operation.objects.count() == 54
    assert Category.objects.get(number=9).operations.count() == 16


def test_the_two_schemes_differ_as_the_law_does(seeded):
    old, new = Scheme.objects.order_by("effective_from")
    assert (old.review_every_years, old.theory_attempts, old.practical_attempts) == (3, 2, 2)
    assert (new.review_every_years, new.theory_attempts, new.practical_attempts) == (None, None, 5)
    assert old.effective_to.toordinal() + 1 == new.effective_from.toordinal()
    assert old.validity_years == new.validity_years == 6


def test_low_voltage_is_examined_as_the_outline_says(seeded):
    rule = OperationRule.objects.get(scheme__code="order-19")
    assert (rule.theory_minutes, rule.theory_pass_mark, rule.training_hours) == (120, 80, 148)
    subjects = dict(PracticalSubject.objects.filter(rule=rule).values_list("code", "marks"))
    assert subjects == {"K1": 20, "K2": 40, "K3": 20, "K4": 20}


def test_the_bank_is_large_enough_and_every_question_says_why_and_whence(seeded):
    assert Question.objects.count() >= 240
    assert QuestionVersion.objects.filter(explanation="").count() == 0
    assert QuestionVersion.objects.filter(source="").count() == 0
    stems = list(QuestionVersion.objects.values_list("stem", flat=True))
    assert len(stems) == len(set(stems))


def test_a_paper_has_seventy_judgements_and_thirty_choices(seeded, at):
    paper = draw(blueprint=Blueprint.objects.get(), seed=1, now=at("08:00"))
    kinds = list(paper.slots.values_list("kind", flat=True))
    assert kinds == [QuestionKind.TRUE_FALSE] * 70 + [QuestionKind.SINGLE_CHOICE] * 30


def test_seeding_again_changes_nothing(seeded, at):
    before = (Question.objects.count(), QuestionVersion.objects.count())
    seeding.load_operation(folder="low-voltage", now=at("09:00"))
    assert (Question.objects.count(), QuestionVersion.objects.count()) == before


def test_a_changed_text_becomes_a_new_version(seeded, at):
    version = Question.objects.get(code="lv-k11-001").current
    QuestionVersion.objects.filter(pk=version.pk).update(stem="an older wording")
    seeding.load_operation(folder="low-voltage", now=at("09:00"))
    question = Question.objects.get(code="lv-k11-001")
    assert question.current.number == 2
    assert question.versions.count() == 2


def test_a_malformed_question_is_refused():
    with pytest.raises(seeding.BadBank):
        seeding._options({"id": "x", "kind": "single_choice", "options": ["甲", "乙", "丙"], "answer": "D"})
