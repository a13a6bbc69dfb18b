"""Every kind of question is stored and given back as it was written; in bulk, too."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import bank
from exams.enums import QuestionKind
from exams.models import Case, KnowledgePoint, LegalSource, Question, QuestionVersion
from exams.queries.drafts import draft_of, whole
from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
SINGLE = Draft(
    QuestionKind.SINGLE_CHOICE,
    "停电后先做什么？",
    (Part(0, "断电"), Part(1, "验电", is_right=True, feedback="对"), Part(2, "挂牌", weight=Decimal("-33.33333"))),
    explanation="先验电。",
    source="《安全生产法》",
)
DRAFTS = {
    "single": SINGLE,
    "multiple": replace(
        SINGLE,
        kind=QuestionKind.MULTIPLE_CHOICE,
        parts=(Part(0, "甲", True), Part(1, "乙", True), Part(2, "丙"), Part(3, "丁")),
    ),
    "true_false": replace(
        SINGLE, kind=QuestionKind.TRUE_FALSE, parts=(Part(0, "正确"), Part(1, "错误", is_right=True)), title="判断"
    ),
    "fill_in": Draft(
        QuestionKind.FILL_IN,
        "不小于____ m，最多____人。",
        (Part(0, "10", blank=0, tolerance=Decimal("0.500000")), Part(1, "十", blank=0), Part(2, "2", blank=1)),
    ),
    "ordering": Draft(QuestionKind.ORDERING, "排序", (Part(0, "停电"), Part(1, "验电"), Part(2, "接地")), difficulty=5),
    "matching": Draft(
        QuestionKind.MATCHING, "对应", (Part(0, "红", match="禁止"), Part(1, "黄", match="警告"), Part(2, match="提示"))
    ),
    "picture": replace(SINGLE, media=(Medium("灯.png", "image/png", PNG, "一盏灯"),), extras={"tags": ["a"]}),
    "case": replace(SINGLE, case="c1", case_stem="某车间停电检修。", case_position=0),
}


@pytest.fixture
def author(staff):
    return staff(Role.QUESTION_AUTHOR)


@pytest.fixture
def point(rule):
    return KnowledgePoint.objects.create(operation=rule.operation, code="K41", name="技术措施")


@pytest.fixture
def put(author, point, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def written(draft=SINGLE, *, by=author, **changed):
        return bank.write(draft=replace(draft, **{"code": "q-1", **changed}), point=point, by=by, now=at("09:00"))

    return written


def stored_draft(version) -> Draft:
    return draft_of(whole(QuestionVersion.objects.filter(pk=version.pk)).get())


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_written_is_given_back(put, name):
    version = put(DRAFTS[name])
    assert stored_draft(version) == replace(DRAFTS[name], code="q-1", point="K41")


@pytest.mark.parametrize("name", DRAFTS)
def test_writing_the_same_again_adds_no_version(put, name):
    assert put(DRAFTS[name]) == put(DRAFTS[name])
    assert QuestionVersion.objects.count() == 1


def test_a_question_without_a_code_gets_the_next_of_its_point(put, point):
    codes = [put(code="", stem=f"第{number}问？").question.code for number in (1, 2)]
    assert codes == [f"q{point.operation_id}-k41-0001", f"q{point.operation_id}-k41-0002"]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": QuestionKind.TRUE_FALSE, "parts": (Part(0, "正确", True), Part(1, "错误"))},
        {"case": "c1", "case_stem": "某车间"},
        {"code": "有字"},
        {"parts": tuple(Part(place, "长" * 501 + str(place), place == 0) for place in range(3))},
        {"stem": "a\x00b"},
        {"difficulty": 6},
        {"source": "法" * 301},
        {"media": (Medium("x.png", "image/png", b"GIF89a"),)},
        {"media": (Medium("x.png", "image/jpeg", PNG),)},
    ],
)
def test_what_cannot_be_stored_leaves_the_bank_as_it_was(put, changed):
    put()
    with pytest.raises(bank.BadQuestion) as bad:
        put(**changed)
    assert len(bad.value.problems) == 1
    assert (Question.objects.count(), QuestionVersion.objects.count(), Case.objects.count()) == (1, 1, 0)


def test_a_code_of_another_operation_is_not_taken_over(put, point, rule, author, at):
    put()
    other = rule.operation.category.operations.create(number=1, name="高压电工作业")
    there = KnowledgePoint.objects.create(operation=other, code="K41", name="x")
    with pytest.raises(bank.BadQuestion):
        bank.write(draft=replace(SINGLE, code="q-1", stem="另一问"), point=there, by=author, now=at("09:00"))


def test_a_changed_case_takes_all_its_questions_along(put):
    put(DRAFTS["case"])
    put(DRAFTS["case"], code="q-2", stem="第二问？", case_position=None)
    changed = put(DRAFTS["case"], case_stem="某车间带电检修。")
    assert changed.number == 2
    newest = {
        version.question.code: (version.number, version.case_version.stem, version.approved_at)
        for version in QuestionVersion.objects.order_by("number").select_related("question", "case_version")
    }
    assert newest == {"q-1": (2, "某车间带电检修。", None), "q-2": (2, "某车间带电检修。", None)}
    assert list(Question.objects.values_list("code", "case_position")) == [("q-1", 0), ("q-2", 1)]
    assert Case.objects.get().versions.count() == 2


def test_a_row_that_does_not_name_the_case_leaves_the_question_in_it(put):
    put(DRAFTS["case"])
    version = put(DRAFTS["case"], case="", case_stem="", case_position=None, stem="换了问法？")
    assert stored_draft(version).case_stem == "某车间停电检修。"


def test_the_same_picture_is_stored_once(put, tmp_path):
    put(DRAFTS["picture"])
    put(DRAFTS["picture"], code="q-2")
    assert len(list((tmp_path / "questions").iterdir())) == 1


def test_a_file_that_a_crash_cut_short_is_written_again(put, tmp_path):
    first = put(DRAFTS["picture"]).media.get()
    (tmp_path / first.file.name).write_bytes(PNG[:10])
    second = put(DRAFTS["picture"], code="q-2").media.get()
    assert (tmp_path / second.file.name).read_bytes() == PNG


def test_what_json_gives_back_otherwise_is_the_same_again(put):
    assert put(extras={"tags": ("a", "b")}) == put(extras={"tags": ("a", "b")})


def test_a_version_cites_what_its_source_names(put):
    for code, known_as in (("law", "安全生产法"), ("order", "令第30号"), ("longer", "浙江省安全生产法\n办法")):
        LegalSource.objects.create(code=code, name=code, known_as=known_as)
    version = put(source="《中华人民共和国安全生产法》（2021年修正）")
    assert [source.code for source in version.cites.all()] == ["law"]


def test_many_are_stored_with_a_literal_number_of_statements(point, author, at, django_assert_num_queries):
    def rows(start, count):
        return [bank.Row(replace(SINGLE, code=f"q-{n}", stem=f"第{n}问？"), point) for n in range(start, start + count)]

    with django_assert_num_queries(COST):
        bank.store(rows=rows(0, 1), by=author, now=at("09:00"))
    with django_assert_num_queries(COST):
        stored = bank.store(rows=rows(1, 20), by=author, now=at("09:00"))
    assert [one.is_new for one in stored] == [True] * 20
    again = bank.store(rows=rows(0, 21), by=author, now=at("10:00"))
    assert [one.is_new for one in again] == [False] * 21
    assert Question.objects.count() == QuestionVersion.objects.count() == 21
    assert AuditEntry.objects.filter(kind="exams.questionversion", deed="created").count() == 21


COST = 14


def test_a_code_twice_in_one_file_is_refused(point, author, at):
    row = bank.Row(replace(SINGLE, code="q-1"), point)
    with pytest.raises(bank.BadQuestion):
        bank.store(rows=[row, row], by=author, now=at("09:00"))
    assert not Question.objects.exists()


def test_a_file_loaded_again_does_not_undo_what_an_author_wrote(point, author, at):
    row = bank.Row(replace(SINGLE, code="q-1"), point)
    bank.store(rows=[row], by=None, now=at("08:00"), approved=True)
    bank.write(draft=replace(SINGLE, code="q-1", stem="改过的？"), point=point, by=author, now=at("09:00"))
    assert [one.is_new for one in bank.store(rows=[row], by=None, now=at("10:00"), approved=True)] == [False]
    changed = bank.Row(replace(SINGLE, code="q-1", stem="文件也改了？"), point)
    [stored] = bank.store(rows=[changed], by=None, now=at("11:00"), approved=True)
    assert (stored.is_new, stored.version.number) == (True, 3)
    assert Question.objects.get().current == stored.version
