"""Writing and approving questions: two people, never one."""

import pytest
from django.db import IntegrityError

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import bank
from exams.enums import QuestionKind
from exams.models import KnowledgePoint, Question, QuestionVersion
from exams.queries.bank import awaiting_approval

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
        question = {
            "point": point,
            "kind": QuestionKind.SINGLE_CHOICE,
            "stem": "停电后先做什么？",
            "options": OPTIONS,
            "right": 1,
            "explanation": "先验电，确认无电。",
            "source": "GB 26860-2011",
            "by": author,
            **changed,
        }
        return bank.write(code=code, now=at("09:00"), **question)

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


def test_author_and_officer_meet_in_the_admin(author, officer, point, client):
    client.force_login(author)
    form = {"code": "lv-k41-901", "point": point.pk, "kind": "true_false", "stem": "验电前先检查验电器。", "right": "A"}
    reply = client.post("/admin/bank/write/", {**form, "explanation": "坏的验电器会误事。", "source": "大纲"})
    assert (reply.status_code, reply["Location"]) == (302, "/admin/bank/")
    version = QuestionVersion.objects.get()
    assert client.post(f"/admin/bank/{version.pk}/approve/")["Location"] == "/admin/"
    client.force_login(officer)
    assert "坏的验电器会误事。" in client.get("/admin/bank/").content.decode()
    client.post(f"/admin/bank/{version.pk}/approve/")
    assert Question.objects.get().current == version


def test_a_form_with_a_mistake_keeps_what_was_typed(author, point, client):
    client.force_login(author)
    form = {"code": "lv-k41-902", "point": point.pk, "kind": "single_choice", "stem": "哪一步在前？", "right": "D"}
    form |= {"options": "甲\n乙\n丙", "explanation": "如此", "source": "大纲"}
    reply = client.post(
        "/admin/bank/write/", {**form, "options": "甲\n乙\n丙", "explanation": "如此", "source": "大纲"}
    )
    assert reply.status_code == 200
    assert "哪一步在前？" in reply.content.decode()
    assert not Question.objects.exists()


def test_the_list_costs_the_same_for_one_and_three(write, officer, client, django_assert_num_queries):
    client.force_login(officer)
    write()
    client.get("/admin/bank/")
    with django_assert_num_queries(COST):
        client.get("/admin/bank/")
    write("lv-k41-903")
    write("lv-k41-904")
    with django_assert_num_queries(COST):
        client.get("/admin/bank/")


COST = 19
