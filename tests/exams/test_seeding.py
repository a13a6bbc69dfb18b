"""The shipped catalogue and question bank."""

import hashlib
from datetime import date

import pytest

from exams.actions import seeding
from exams.actions.papers import draw
from exams.actions.seeding import banks
from exams.enums import QuestionKind
from exams.models import (
    Blueprint,
    Category,
    LegalSource,
    Operation,
    OperationRule,
    PracticalSubject,
    Question,
    QuestionVersion,
    Scheme,
)
from exams.queries.drafts import draft_of, whole
from exams.queries.sources import stale_questions


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


WHY = "explanation: 因, source: 法, reviewed: 2026-11-24"
GENERAL = """
operation: 动火作业通用安全
course: ""
certifies: false
source: 一部规定
theory_minutes: 60
theory_pass_mark: 80
blueprint: {name: 通用, rows: {G11: [1, 0]}}
"""
POINT = """
point: G11
name: 一点
questions:
- {id: g-1, kind: true_false, stem: 一, answer: false, explanation: 因, source: 《安全生产法》, reviewed: 2026-11-24}
- {id: g-2, kind: multiple_choice, stem: 二, options: [甲, 乙, 丙, 丁], answer: BD, WHY}
- {id: g-3, kind: fill_in, stem: 不小于____ m, answer: [["10", 十]], WHY}
- {id: g-4, kind: ordering, stem: 四, items: [甲, 乙, 丙], WHY, difficulty: 5}
"""
SECOND = """
point: G11
name: 一点
questions:
- {id: g-5, kind: matching, stem: 五, pairs: [[红, 禁止], [黄, 警告]], extra: [提示], WHY}
- case: g-c1
  stem: 某车间动火。
  questions:
  - {id: g-c1-1, kind: single_choice, stem: 六, options: [甲, 乙, 丙], answer: C, WHY}
  - {id: g-c1-2, kind: true_false, stem: 七, answer: true, WHY}
"""


@pytest.fixture
def general(db, tmp_path, monkeypatch):
    """A folder of content with one bank that leads to no certificate; return how to load it."""
    (tmp_path / "hot-work").mkdir()
    (tmp_path / "hot-work.yaml").write_text(GENERAL)
    (tmp_path / "hot-work" / "g11.yaml").write_text(POINT.replace("WHY", WHY))
    (tmp_path / "hot-work" / "g11b.yaml").write_text(SECOND.replace("WHY", WHY))
    (tmp_path / "operations.yaml").write_text("hours: {}\ncategories: {电工作业: [低压电工作业]}")
    monkeypatch.setattr(banks, "CONTENT", tmp_path)
    seeding.load_schemes()
    return tmp_path


def test_a_general_bank_belongs_to_a_category_that_certifies_nothing(general, at):
    assert seeding.folders() == ["hot-work"]
    assert seeding.load_banks(now=at("08:00")) == 7
    operation = Operation.objects.select_related("category").get()
    assert (operation.category.number, operation.category.name, operation.category.certifies) == (90, "通用安全", False)
    assert (operation.number, operation.course) == (1, None)
    rule = OperationRule.objects.get(scheme__code="order-19")
    assert (rule.theory_minutes, rule.practical_minutes, rule.subjects.count()) == (60, 0, 0)


def test_general_banks_are_not_in_the_public_catalogue(general, client, at):
    seeding.load_operations()
    seeding.load_banks(now=at("08:00"))
    page = client.get("/exams/").content.decode()
    assert "低压电工作业" in page
    assert "通用安全" not in page


def test_every_kind_of_question_is_read_as_the_format_says(general, at):
    seeding.load_banks(now=at("08:00"))
    drafts = {
        version.question.code: draft_of(version)
        for version in whole(QuestionVersion.objects.order_by("question__code"))
    }
    assert {code: draft.kind for code, draft in drafts.items()} == {
        "g-1": "true_false",
        "g-2": "multiple_choice",
        "g-3": "fill_in",
        "g-4": "ordering",
        "g-5": "matching",
        "g-c1-1": "single_choice",
        "g-c1-2": "true_false",
    }
    assert [part.is_right for part in drafts["g-1"].parts] == [False, True]
    assert [part.is_right for part in drafts["g-2"].parts] == [False, True, False, True]
    assert [(part.text, part.blank) for part in drafts["g-3"].parts] == [("10", 0), ("十", 0)]
    assert ([part.text for part in drafts["g-4"].parts], drafts["g-4"].difficulty) == (["甲", "乙", "丙"], 5)
    assert [(part.text, part.match) for part in drafts["g-5"].parts] == [("红", "禁止"), ("黄", "警告"), ("", "提示")]
    assert [(drafts[code].case_stem, drafts[code].case_position) for code in ("g-c1-1", "g-c1-2")] == [
        ("某车间动火。", 0),
        ("某车间动火。", 1),
    ]


@pytest.mark.parametrize("change", [("stem: 一,", "stem: 一改,"), ("某车间动火。", "某车间登高。")])
def test_loading_again_adds_versions_only_where_a_text_changed(general, at, change):
    seeding.load_banks(now=at("08:00"))
    seeding.load_banks(now=at("09:00"))
    assert QuestionVersion.objects.count() == 7
    for path in (general / "hot-work").iterdir():
        path.write_text(path.read_text().replace(*change))
    seeding.load_banks(now=at("10:00"))
    changed = set(QuestionVersion.objects.filter(number=2).values_list("question__code", flat=True))
    assert changed == ({"g-1"} if "一" in change[0] else {"g-c1-1", "g-c1-2"})


def test_what_an_officer_reserved_stays_reserved(general, at):
    seeding.load_banks(now=at("08:00"))
    before = dict(Question.objects.values_list("code", "reserved"))
    Question.objects.update(reserved=True, difficulty=1)
    seeding.load_banks(now=at("09:00"))
    assert set(Question.objects.values_list("reserved", "difficulty")) == {(True, 1)}
    assert before["g-c1-1"] == before["g-c1-2"]  # a case goes as a whole


def test_about_a_quarter_of_the_bank_is_reserved_and_steadily_so(seeded):
    reserved = Question.objects.filter(reserved=True)
    assert 0.15 < reserved.count() / Question.objects.count() < 0.35
    assert reserved.filter(code="lv-k11-001").exists() == (hashlib.sha256(b"lv-k11-001").digest()[0] < 64)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer: BD", "answer: BE"),
        ("answer: false", "answer: 不"),
        ("answer: BD", "answer: ''"),
        ('[["10", 十]]', "[[], [十]]"),
        ("items: [甲, 乙, 丙]", "items: [甲, 乙]"),
        ("kind: ordering", "kind: essay"),
        (", explanation: 因", ""),
        ("id: g-2", "id: g-1"),
    ],
)
def test_a_malformed_question_is_refused_and_nothing_stored(general, at, old, new):
    path = general / "hot-work" / "g11.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(seeding.BadBank):
        seeding.load_banks(now=at("08:00"))
    assert not Question.objects.exists()


def test_every_question_of_the_shipped_banks_loads_and_cites(db, at):
    seeding.load_schemes()
    seeding.load_operations()
    assert seeding.load_sources() == seeding.load_sources() == LegalSource.objects.count()
    assert seeding.load_banks(now=at("08:00")) == Question.objects.count()
    cited = QuestionVersion.objects.exclude(cites=None).distinct().count()
    assert cited / QuestionVersion.objects.count() > 0.9
    assert not stale_questions(date(2026, 11, 24)).exists()
    successors = dict(LegalSource.objects.filter(code__startswith="order").values_list("code", "superseded_by__code"))
    assert successors == {"order-30": "order-19", "order-19": None}
