"""Items of a file become versions; another person approves them; what became of each is told."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone, translation
from openpyxl import load_workbook

from core.actions import retention
from core.models import AuditEntry
from exams.actions import bank
from exams.actions.importing import approving, claiming, deciding, ending, taking
from exams.enums import ImportState, ItemFate, QuestionKind
from exams.exchange import moodle
from exams.models import Question, QuestionImport, QuestionVersion
from exams.queries import importing as queries
from exams.queries.drafts import draft_of
from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part
from notifications.models import Notice

from .bank_fixtures import author, officer, picture, point, put  # noqa: F401  (fixtures)
from .exchange_fixtures import BAD, FREE, ONE, THREE, TWO, brought, fates, table, taken  # noqa: F401

pytestmark = pytest.mark.database


def test_confirmed_items_stand_as_versions_that_wait_for_another_person(taken, author, officer, at):  # noqa: F811
    batch = taken(ONE, TWO, THREE, BAD)
    assert (batch.state, batch.done) == (ImportState.DONE, 3)
    versions = list(QuestionVersion.objects.order_by("pk"))
    assert [version.question.kind for version in versions] == ["single_choice", "multiple_choice", "true_false"]
    assert {(version.written_by, version.approved_at) for version in versions} == {(author, None)}
    assert [version.source for version in versions] == ["GB 26860", "大纲", "大纲"]
    assert versions[0].question.code == "x-1"
    assert list(batch.items.values_list("version", "is_new")) == [
        *((version.pk, True) for version in versions),
        (None, False),
    ]
    assert AuditEntry.objects.get(deed="imported").after == {"items": 4, "questions": 3, "refused": 0}
    assert Notice.objects.get(kind="questions_imported").user == author


def test_taking_in_twice_changes_nothing(taken):  # noqa: F811
    batch = taken(ONE, TWO)
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert QuestionVersion.objects.count() == 2


def test_the_same_file_again_makes_no_duplicates(taken):  # noqa: F811
    taken(ONE, TWO, THREE)
    again = taken(ONE, TWO, THREE)
    assert [fate for _, _, fate in fates(again)] == ["same"] * 3
    assert (again.done, Question.objects.count(), QuestionVersion.objects.count()) == (0, 3, 3)


def test_a_question_that_somebody_typed_is_known_by_its_words(put, taken):  # noqa: F811
    version = put("typed-1")
    shorter = taken(",单选题,停电后先做什么？,断电,验电,挂牌,B,,,")
    assert fates(shorter)[0][2] == "new"  # another choice of options is another question
    parts = (Part(0, "验电", is_right=True), Part(1, "断电"), Part(2, "接地"), Part(3, "挂牌"))
    draft = Draft(QuestionKind.SINGLE_CHOICE, version.stem, parts)
    same = taken(data=moodle.write([draft]), filename="a.xml")
    assert [(item.fate, item.code) for item in same.items.all()] == [(ItemFate.CHANGED, "typed-1")]


def test_a_known_code_makes_a_new_version_and_what_the_file_leaves_out_stays(put, taken):  # noqa: F811
    medium = Medium("a.png", "image/png", picture(), "图")
    old = put("x-1", explanation="原来的解析", media=(medium,), extras={"tags": ["检修"]})
    batch = taken("x-1,单选题,停电之后第一步？,断电,验电,挂牌,B,,K41,")
    assert [fate for _, _, fate in fates(batch)] == ["changed"]
    new = Question.objects.get(code="x-1").versions.order_by("number").last()
    assert (new.number, new.stem, new.explanation, new.source) == (2, "停电之后第一步？", "原来的解析", old.source)
    assert (new.extras, [one.name for one in new.media.all()]) == ({"tags": ["检修"]}, ["a.png"])


def test_codes_of_other_questions_are_conflicts(put, taken):  # noqa: F811
    put("x-1")
    batch = taken("x-1,判断题,另一道题。,,,,√,,K41,", "x-2,判断题,一。,,,,√,,K41,", "x-2,判断题,二。,,,,√,,K41,")
    assert [fate for _, _, fate in fates(batch)] == ["conflict", "new", "conflict"]
    assert (batch.done, Question.objects.count()) == (1, 2)


def test_without_a_point_an_item_is_refused_and_the_others_go_in(brought, author, at):  # noqa: F811
    batch = brought(ONE, TWO)
    assert queries.without_point(batch) == 1
    deciding.confirm(import_id=batch.pk, doubtful=True, alike=True, by=author, now=at("09:05"))
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert [item.refused for item in batch.items.all()] == [[], [{"code": "no_point"}]]
    assert Question.objects.get().code == "x-1"


def test_a_killed_taker_goes_on_and_takes_nothing_twice(brought, author, point, at, monkeypatch):  # noqa: F811
    monkeypatch.setattr(taking, "ITEMS_AT_ONCE", 1)
    batch = brought(ONE, TWO, THREE)
    deciding.confirm(import_id=batch.pk, doubtful=True, alike=True, point=point, by=author, now=at("09:05"))
    whole, done = taking._settle, []

    def dies(*args):
        done.append(args)
        if len(done) == 2:
            raise KeyboardInterrupt
        whole(*args)

    monkeypatch.setattr(taking, "_settle", dies)
    with pytest.raises(KeyboardInterrupt):
        taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert Question.objects.count() == 1
    monkeypatch.setattr(taking, "_settle", whole)
    later = timezone.now() + claiming.SILENT + timedelta(seconds=1)
    ending.carry_on(clock=lambda: later)
    batch.refresh_from_db()
    assert (batch.state, batch.done, Question.objects.count()) == (ImportState.DONE, 3, 3)


def test_what_the_bank_refuses_costs_one_item_alone(brought, author, point, at, monkeypatch):  # noqa: F811
    batch = brought(ONE, TWO, THREE)
    whole = bank.store

    def refusing(*, rows, **said):
        if any(row.draft.kind == QuestionKind.MULTIPLE_CHOICE for row in rows):
            raise bank.BadQuestion(["so not"])
        return whole(rows=rows, **said)

    monkeypatch.setattr(bank, "store", refusing)
    deciding.confirm(import_id=batch.pk, doubtful=True, alike=True, point=point, by=author, now=at("09:05"))
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert [item.refused for item in batch.items.all()] == [[], [{"code": "refused", "text": "so not"}], []]
    assert Question.objects.count() == 2


def test_pictures_go_along_and_the_copies_go(taken, django_capture_on_commit_callbacks):  # noqa: F811
    medium = Medium("a.png", "image/png", picture(), "图")
    parts = (Part(0, "甲", True), Part(1, "乙"), Part(2, "丙"))
    data = moodle.write([Draft(QuestionKind.SINGLE_CHOICE, "看图", parts, media=(medium,))])
    with django_capture_on_commit_callbacks(execute=True):
        batch = taken(data=data)
    version = QuestionVersion.objects.get()
    assert draft_of(version).media == (medium,)
    digest = batch.items.get().draft["media"][0]["sha256"]
    assert not default_storage.exists(deciding.media_path(batch, digest))


def test_another_person_approves_all_at_once(taken, officer, at):  # noqa: F811
    batch = taken(ONE, TWO, THREE)
    approving.approve_all(import_id=batch.pk, by=officer, now=at("10:00"))
    approving.go_on(import_id=batch.pk, clock=timezone.now)
    approving.go_on(import_id=batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert (batch.approved, batch.approval_by) == (3, officer)
    for question in Question.objects.all():
        assert question.current.approved_by == officer
    assert AuditEntry.objects.filter(deed="approved", kind="exams.questionversion").count() == 3
    assert not ending.unclaimed(timezone.now()).exists()


def test_nobody_approves_their_own_import_whatever_else_they_are(taken, author, at):  # noqa: F811
    batch = taken(ONE)
    author.is_superuser = True
    author.save()
    with pytest.raises(bank.NotAnApprover):
        approving.approve_all(import_id=batch.pk, by=author, now=at("10:00"))
    with pytest.raises(IntegrityError):
        QuestionImport.objects.filter(pk=batch.pk).update(approval_by=author, approval_at=at("10:00"))


def test_an_import_is_not_approved_before_it_is_taken_in(brought, officer, at):  # noqa: F811
    with pytest.raises(deciding.WrongState):
        approving.approve_all(import_id=brought(ONE).pk, by=officer, now=at("10:00"))


def test_the_database_keeps_an_item_with_a_version_settled(taken):  # noqa: F811
    batch = taken(ONE)
    with pytest.raises(IntegrityError):
        batch.items.update(settled_at=None)


def test_the_database_keeps_approvals_with_their_moment(brought, officer):  # noqa: F811
    batch = brought(ONE)
    with pytest.raises(IntegrityError):
        QuestionImport.objects.filter(pk=batch.pk).update(approval_by=officer)


def test_the_report_says_by_line_what_became_of_each(taken, django_assert_num_queries):  # noqa: F811
    batch = taken(ONE, BAD)
    with translation.override("en"), django_assert_num_queries(1):
        rows = list(queries.report_rows(batch))
    said = [(row[2], row[4], row[7]) for row in rows]
    assert said == [(2, "Read", "Taken in"), (3, "Cannot be read", "Not taken in")]
    assert "Z" in rows[1][8]
    with translation.override("en"):
        text = "".join(queries.unread_text(batch))
    assert text.startswith("==== 3 ==== ")
    assert "单选题\t答案写错的题" in text


def test_old_imports_go_and_the_questions_stay(taken, at):  # noqa: F811
    taken(ONE)
    retention.ensure_rules()
    removed = retention.apply(now=at("09:00") + timedelta(days=ending.DAYS + 2))
    assert removed["question_imports"] == 1
    assert (QuestionImport.objects.count(), Question.objects.count()) == (0, 1)


def test_the_report_is_a_workbook(taken, author, client):  # noqa: F811
    batch = taken(ONE)
    client.force_login(author)
    reply = client.get(f"/admin/bank/import/{batch.pk}/report/")
    sheet = load_workbook(io.BytesIO(reply.content)).active
    assert [cell.value for cell in sheet[2]][6] == "x-1 v1"
