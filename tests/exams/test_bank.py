"""Writing and approving questions: two people, never one."""

import pytest
from django.db import IntegrityError

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import bank
from exams.enums import QuestionKind
from exams.models import KnowledgePoint, Question, QuestionVersion
from exams.queries.bank import awaiting_approval, returned_to
from exams.rules.items import Draft
from exams.rules.scoring import Part

OPTIONS = ("断电", "验电", "挂牌", "接地")


@pytest.fixture
def author(staff):
    return staff(Role.QUESTION_AUTHOR)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def point(rule):
    return KnowledgePoint.objects.create(operation=rule.operation, code="K41", name="技术措施")


@pytest.fixture
def write(author, point, at):
    def written(code="lv-k41-900", **changed):
        options, right = changed.pop("options", OPTIONS), changed.pop("right", 1)
        by = changed.pop("by", author)
        draft = Draft(
            **{
                "code": code,
                "kind": QuestionKind.SINGLE_CHOICE,
                "stem": "停电后先做什么？",
                "parts": tuple(Part(place, text, place == right) for place, text in enumerate(options)),
                "explanation": "先验电，确认无电。",
                "source": "GB 26860-2011",
                **changed,
            }
        )
        return bank.write(draft=draft, point=point, by=by, now=at("09:00"))

    return written


def test_a_written_question_is_drawn_only_after_another_approved_it(write, officer, at):
    version = write()
    assert Question.objects.get().current is None
    assert awaiting_approval().get() == version
    bank.approve(version_id=version.pk, by=officer, now=at("10:00"))
    assert Question.objects.get().current == version
    assert not awaiting_approval().exists()
    assert AuditEntry.objects.filter(deed="approved").get().actor == "exam_officer"


def test_an_author_does_not_approve_their_own_question_whatever_else_they_are(write, author, at):
    version = write()
    author.is_superuser = True
    author.save()
    with pytest.raises(bank.NotAnApprover):
        bank.approve(version_id=version.pk, by=author, now=at("10:00"))
    assert Question.objects.get().current is None


def test_the_database_refuses_that_one_person_writes_and_approves(write, author):
    version = write()
    with pytest.raises(IntegrityError):
        QuestionVersion.objects.filter(pk=version.pk).update(approved_by=author)


def test_approving_an_older_version_later_does_not_bring_it_back(write, officer, at):
    old, new = write(), write(stem="停电之后第一步？")
    bank.approve(version_id=new.pk, by=officer, now=at("10:00"))
    bank.approve(version_id=old.pk, by=officer, now=at("11:00"))
    assert Question.objects.get().current == new
    assert (old.number, new.number) == (1, 2)


def test_others_do_not_write(write, officer):
    with pytest.raises(bank.NotAnAuthor):
        write(by=officer)


@pytest.mark.parametrize(
    "changed",
    [
        {"options": ("a", "b")},
        {"options": ("a", "a", "b")},
        {"options": ("a", " ", "b")},
        {"right": 4},
        {"right": -1},
        {"kind": QuestionKind.TRUE_FALSE},
    ],
)
def test_options_that_do_not_fit_store_nothing(write, changed):
    with pytest.raises(bank.BadQuestion):
        write(**changed)
    assert not Question.objects.exists()


def test_a_returned_version_comes_back_with_a_reason_and_the_next_one_takes_its_place(write, author, officer, at):
    version = write()
    with pytest.raises(bank.NoReason):
        bank.send_back(version_id=version.pk, reason=" ", by=officer, now=at("10:00"))
    bank.send_back(version_id=version.pk, reason="没有写明电压", by=officer, now=at("10:00"))
    assert not awaiting_approval().exists()
    assert [one.returned_because for one in returned_to(author)] == ["没有写明电压"]
    assert AuditEntry.objects.get(deed="refused").reason == "没有写明电压"
    with pytest.raises(bank.BadQuestion):
        write()  # the same again
    following = write(stem="10 kV 停电后先做什么？")
    assert awaiting_approval().get() == following
    assert not returned_to(author).exists()


def test_what_was_decided_stays_decided(write, officer, at):
    approved, returned = write(), write("lv-k41-901")
    bank.approve(version_id=approved.pk, by=officer, now=at("10:00"))
    bank.send_back(version_id=returned.pk, reason="错", by=officer, now=at("10:00"))
    with pytest.raises(bank.AlreadyDecided):
        bank.send_back(version_id=approved.pk, reason="错", by=officer, now=at("10:01"))
    with pytest.raises(bank.AlreadyDecided):
        bank.approve(version_id=returned.pk, by=officer, now=at("10:01"))


def test_nobody_returns_their_own_and_no_author_returns_at_all(write, author, staff, at):
    version = write()
    for somebody in (author, staff(Role.INVIGILATOR)):
        with pytest.raises(bank.NotAnApprover):
            bank.send_back(version_id=version.pk, reason="错", by=somebody, now=at("10:00"))


def test_the_database_refuses_a_version_both_approved_and_returned(write, officer, at):
    version = write()
    with pytest.raises(IntegrityError):
        QuestionVersion.objects.filter(pk=version.pk).update(approved_at=at("10:00"), returned_at=at("10:00"))


def test_approving_a_changed_case_approves_what_changed_with_it(write, officer, at):
    first = write("q-1", case="c1", case_stem="车间停电。")
    second = write("q-2", case="c1", case_stem="车间停电。", stem="第二问？")
    for version in (first, second):
        bank.approve(version_id=version.pk, by=officer, now=at("10:00"))
    changed = write("q-1", case="c1", case_stem="车间带电。")
    bank.approve(version_id=changed.pk, by=officer, now=at("11:00"))
    stems = Question.objects.values_list("code", "current__case_version__stem", "current__number")
    assert list(stems) == [("q-1", "车间带电。", 2), ("q-2", "车间带电。", 2)]


def test_a_text_that_changed_with_its_case_is_approved_by_itself(write, author, point, officer, at):
    first = write("q-1", case="c1", case_stem="车间停电。")
    second = write("q-2", case="c1", case_stem="车间停电。", stem="第二问？")
    for version in (first, second):
        bank.approve(version_id=version.pk, by=officer, now=at("10:00"))
    write("q-2", stem="还没有人看过的第二问？")
    changed = write("q-1", case="c1", case_stem="车间带电。")
    bank.approve(version_id=changed.pk, by=officer, now=at("11:00"))
    assert Question.objects.get(code="q-2").current.stem == "第二问？"
    assert {version.question.code for version in awaiting_approval()} == {"q-2"}


def test_bulk_edit_changes_the_chosen_with_an_entry_each(write, officer, rule, at):
    ids = [write(code).question_id for code in ("q-1", "q-2", "q-3")]
    other = KnowledgePoint.objects.create(operation=rule.operation, code="K42", name="组织措施")
    before = AuditEntry.objects.filter(kind="exams.question", deed="changed").count()
    changes = bank.Changes(difficulty=5, point=other, reserved=True, retired=True)
    assert bank.edit(question_ids=ids[:2], changes=changes, by=officer, now=at("10:00")) == 2
    said = Question.objects.order_by("code").values_list("difficulty", "point__code", "reserved", "retired_at")
    assert list(said) == [(5, "K42", True, at("10:00"))] * 2 + [(3, "K41", False, None)]
    assert AuditEntry.objects.filter(kind="exams.question", deed="changed").count() == before + 2
    assert bank.edit(question_ids=ids[:2], changes=changes, by=officer, now=at("11:00")) == 0
    assert bank.edit(question_ids=ids[:1], changes=bank.Changes(retired=False), by=officer, now=at("11:00")) == 1
    assert Question.objects.get(code="q-1").retired_at is None


def test_reserving_one_question_of_a_case_reserves_the_case(write, officer, at):
    first = write("q-1", case="c1", case_stem="车间停电。")
    write("q-2", case="c1", stem="第二问？")
    changes = bank.Changes(reserved=True, difficulty=1)
    assert bank.edit(question_ids=[first.question_id], changes=changes, by=officer, now=at("10:00")) == 2
    assert list(Question.objects.values_list("reserved", "difficulty")) == [(True, 1), (True, 3)]


def test_a_question_stays_within_its_operation(write, officer, author, rule, at):
    question = write().question
    other = rule.operation.category.operations.create(number=1, name="高压电工作业")
    there = KnowledgePoint.objects.create(operation=other, code="K11", name="x")
    with pytest.raises(bank.WrongPoint):
        bank.edit(question_ids=[question.pk], changes=bank.Changes(point=there), by=officer, now=at("10:00"))
    with pytest.raises(bank.NotAnEditor):
        bank.edit(question_ids=[question.pk], changes=bank.Changes(difficulty=1), by=author, now=at("10:00"))
    assert Question.objects.get().point.code == "K41"
