"""A file of questions on its way into the bank."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone, translation

from accounts.models import User
from exams.actions import bank
from exams.actions.importing import claiming, comparing, deciding, ending, reading, taking
from exams.actions.importing.knowing import Points
from exams.enums import ImportState, QuestionKind
from exams.exchange import Malformed, gift, moodle
from exams.models import ImportItem, KnowledgePoint, Question, QuestionImport
from exams.queries import importing as queries
from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part

from .bank_fixtures import author, officer, picture, point, put  # noqa: F401  (fixtures)
from .exchange_fixtures import BAD, FREE, ONE, THREE, TWO, brought, fates, table, taken  # noqa: F401

pytestmark = pytest.mark.database


def test_a_file_is_read_into_items_with_verdict_and_fate(brought, point):  # noqa: F811
    batch = brought(ONE, TWO, THREE, BAD, FREE, TWO)
    assert (batch.state, batch.read, batch.format, batch.file.name) == (ImportState.READ, 6, "csv", "")
    assert fates(batch) == [
        (2, "read", "new"),
        (3, "read", "new"),
        (4, "read", "new"),
        (5, "unreadable", ""),
        (6, "unreadable", ""),
        (7, "read", "repeated"),
    ]
    first, second, third = batch.items.all()[:3]
    assert (first.code, first.point, second.point, third.point) == ("x-1", point, None, point)
    assert batch.items.get(number=6).left_out
    assert not Question.objects.exists()


def test_items_may_be_left_out_and_taken_again(brought, author, point, at):  # noqa: F811
    batch = brought(ONE, TWO, THREE)
    said = {"import_id": batch.pk, "by": author, "now": at("09:05")}
    assert deciding.leave_out(numbers=[1, 2], left_out=True, **said) == 2
    assert deciding.leave_out(numbers=[2], left_out=False, **said) == 1
    deciding.confirm(doubtful=True, alike=True, point=point, **said)
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert sorted(Question.objects.values_list("kind", flat=True)) == ["multiple_choice", "true_false"]
    with pytest.raises(deciding.WrongState):
        deciding.leave_out(numbers=[3], left_out=True, **said)


def test_doubtful_and_alike_ones_are_left_out_unless_wanted(brought, author, at):  # noqa: F811
    batch = brought(ONE, "x-2,多选题,只有一个对的题,甲,乙,丙,A,,K41,")
    ImportItem.objects.filter(number=1).update(likes=[{"code": "y", "likeness": 0.9, "stem": "?"}])
    assert [(tab.name, tab.count) for tab in queries.tabs(batch)] == [("good", 1), ("doubtful", 1), ("alike", 1)]
    deciding.confirm(import_id=batch.pk, doubtful=False, alike=False, by=author, now=at("09:05"))
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert not Question.objects.exists()


def test_near_duplicates_in_the_bank_and_in_the_file_are_named(put, brought):  # noqa: F811
    put("known-1")
    close = "停电后应当先做什么？,断电,验电,挂牌,B,,K41,"
    batch = brought(f",单选题,{close}", f",单选题,请问{close}", THREE)
    comparing.compare(import_id=batch.pk, clock=timezone.now)
    likes = [[like.get("code") or like["number"] for like in item.likes] for item in batch.items.all()]
    assert (likes[0], likes[2]) == (["known-1"], [])
    assert set(likes[1]) == {1, "known-1"}
    batch.refresh_from_db()
    assert batch.compared_at
    assert batch.claimed_at is None


def test_a_killed_reader_goes_on_where_it_stopped(brought, author, point, at, monkeypatch):  # noqa: F811
    monkeypatch.setattr(reading, "ITEMS_AT_ONCE", 2)
    batch = deciding.upload(
        operation=point.operation, filename="a.csv", data=table(ONE, TWO, THREE, BAD, FREE), by=author, now=at("09:00")
    )
    stored, whole = [], reading._store

    def dies(*args):
        stored.append(args)
        if len(stored) == 2:
            raise KeyboardInterrupt
        whole(*args)

    monkeypatch.setattr(reading, "_store", dies)
    with pytest.raises(KeyboardInterrupt):
        reading.read(import_id=batch.pk, clock=timezone.now)
    assert batch.items.count() == 2
    monkeypatch.setattr(reading, "_store", whole)
    reading.read(import_id=batch.pk, clock=timezone.now)  # somebody may still be at it
    assert batch.items.count() == 2
    later = timezone.now() + claiming.SILENT + timedelta(seconds=1)
    assert ending.carry_on(clock=lambda: later) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.read, [item.number for item in batch.items.all()]) == ("read", 5, [1, 2, 3, 4, 5])


def test_who_is_overtaken_stores_nothing(brought, author, at):  # noqa: F811
    batch = brought(ONE)
    claim = claiming.claim(import_id=batch.pk, state=ImportState.READ, now=timezone.now())
    deciding.confirm(import_id=batch.pk, doubtful=True, alike=True, by=author, now=at("09:05"))
    with pytest.raises(claiming.Overtaken):
        claim.beat(timezone.now(), compared_at=timezone.now())


def test_only_authors_hand_in_and_decide_on_their_own(brought, author, officer, point, at):  # noqa: F811
    with pytest.raises(bank.NotAnAuthor):
        brought(ONE, by=officer)
    batch = brought(ONE)
    for act in (deciding.cancel, lambda **said: deciding.confirm(doubtful=True, alike=True, **said)):
        with pytest.raises(bank.NotAnAuthor):
            act(import_id=batch.pk, by=officer, now=at("09:05"))


def test_the_same_file_twice_at_once_is_one_import(author, point, at, settings, tmp_path):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path
    said = {"operation": point.operation, "data": table(ONE), "filename": "a.csv", "by": author, "now": at("09:00")}
    assert deciding.upload(**said) == deciding.upload(**said)


def test_what_is_no_question_file_is_refused_at_once(author, point, at):  # noqa: F811
    with pytest.raises(Malformed):
        deciding.upload(operation=point.operation, data=b"hello", filename="a", by=author, now=at("09:00"))
    assert not QuestionImport.objects.exists()


def test_a_dropped_import_leaves_neither_items_nor_files(brought, author, at, tmp_path):  # noqa: F811
    medium = Medium("a.png", "image/png", picture(), "图")
    parts = (Part(0, "甲", True), Part(1, "乙"), Part(2, "丙"))
    data = moodle.write([Draft(QuestionKind.SINGLE_CHOICE, "看图", parts, media=(medium,))])
    batch = brought(data=data)
    (digest,) = [one["sha256"] for one in batch.items.get().draft["media"]]
    path = deciding.media_path(batch, digest)
    assert default_storage.exists(path)
    deciding.cancel(import_id=batch.pk, by=author, now=at("09:05"))
    assert (batch.items.count(), QuestionImport.objects.get().state) == (0, ImportState.CANCELLED)
    with pytest.raises(bank.NotAnAuthor):
        deciding.cancel(import_id=batch.pk, by=User.objects.create_user("other"), now=at("09:06"))


def test_a_file_that_breaks_off_keeps_what_stood_before(brought):  # noqa: F811
    data = (
        b'<quiz><question type="truefalse"><questiontext><text>x</text></questiontext>'
        b'<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>'
        b"\n<!DOCTYPE x></quiz>"
    )
    batch = brought(data=data)
    assert (batch.state, batch.read) == (ImportState.READ, 2)
    empty = brought(data=b"<quiz></quiz>")
    assert (empty.state, empty.fault) == (ImportState.FAILED, {"code": "nothing"})


def test_the_database_keeps_one_item_a_number(brought):  # noqa: F811
    batch = brought(ONE)
    with pytest.raises(IntegrityError):
        ImportItem.objects.create(batch=batch, number=1, first=1, last=1, verdict="read", raw="")


def test_a_point_is_named_by_code_name_or_both(point):  # noqa: F811
    KnowledgePoint.objects.create(operation=point.operation, code="K42", name="另一点")
    points = Points(point.operation_id)

    def named(text):
        return points.of(Draft("true_false", "?", (), point=text))

    assert {named(text) for text in ("K41", "k41", "技术措施", "K41 技术措施", "K41技术措施")} == {point}
    assert named("K99") is None


def test_characters_that_no_database_takes_make_an_item_unreadable(brought):  # noqa: F811
    draft = Draft(QuestionKind.TRUE_FALSE, "句\x00子", (Part(0, "正确", True), Part(1, "错误")))
    batch = brought(data=gift.write([draft]))
    item = batch.items.get()
    assert (item.verdict, item.draft) == ("unreadable", None)
    with translation.override("en"):
        assert queries.shown(item).reasons != []


def test_an_officer_sees_all_imports_an_author_only_their_own(brought, author, officer, staff):  # noqa: F811
    batch = brought(ONE)
    other = User.objects.create_user("another-author")
    assert list(queries.imports_for(author)) == [batch]
    assert list(queries.imports_for(officer)) == [batch]
    assert list(queries.imports_for(other)) == []
