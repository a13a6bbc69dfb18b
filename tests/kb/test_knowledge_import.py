"""A file of knowledge: handed in, read, looked at, taken in as drafts; nothing live, nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from core.sheets.faults import Unreadable
from kb import permissions
from kb.actions import importing
from kb.models import Article, KnowledgeImport

TEXT = "# 油锅起火怎么办\n\n1. 盖锅盖\n\n# 停电怎么办\n\n1. 拔插头\n"
FORM = {"topic": "home", "source": "家庭安全提示", "source_date": "2024"}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(staff):
    user = staff(Role.KNOWLEDGE_EDITOR)
    permissions.grant_permissions()
    return user


@pytest.fixture
def upload(editor, at):
    def make(text=TEXT, name="a.md", by=editor):
        return importing.upload(filename=name, data=text.encode(), by=by, now=at("08:00"), **FORM)

    return make


@pytest.fixture
def batch(upload, at):
    made = upload()
    importing.read(import_id=made.pk, now=at("08:01"))
    return KnowledgeImport.objects.get()


def test_a_file_is_cut_and_waits_for_a_decision(batch):
    assert batch.state == "read"
    assert [(piece.number, piece.title) for piece in batch.pieces.all()] == [(1, "油锅起火怎么办"), (2, "停电怎么办")]
    assert Article.objects.count() == 0


def test_reading_twice_cuts_once(batch, at):
    importing.read(import_id=batch.pk, now=at("08:02"))
    assert importing.read_waiting(now=at("08:03")) == 0
    assert batch.pieces.count() == 2


def test_what_is_taken_in_is_a_draft_of_its_editor(batch, editor, at):
    assert importing.take_in(import_id=batch.pk, by=editor, now=at("09:00")) == 2
    article = Article.objects.get(title="停电怎么办")
    assert (article.live, article.topic, article.source, article.source_date) == (False, "home", "家庭安全提示", "2024")
    assert article.latest_revision.user == editor
    batch.refresh_from_db()
    assert (batch.state, batch.file.name) == ("done", "")
    with pytest.raises(importing.WrongState):
        importing.take_in(import_id=batch.pk, by=editor, now=at("09:01"))


def test_what_is_left_out_makes_no_draft(batch, editor, at):
    importing.leave_out(import_id=batch.pk, numbers=[1], left_out=True, by=editor)
    assert importing.take_in(import_id=batch.pk, by=editor, now=at("09:00")) == 1
    assert [article.title for article in Article.objects.all()] == ["停电怎么办"]


def test_a_piece_that_cannot_be_stored_says_why_and_the_others_come_in(batch, editor, at):
    batch.pieces.filter(number=1).update(body="")
    assert importing.take_in(import_id=batch.pk, by=editor, now=at("09:00")) == 1
    bad = batch.pieces.get(number=1)
    assert (bad.article, bad.refused != "", bad.title) == (None, True, "油锅起火怎么办")


def test_the_same_file_while_unfinished_is_the_same_import(upload):
    assert upload().pk == upload().pk


def test_a_file_that_kills_its_worker_is_given_up(upload, at):
    made = upload()
    KnowledgeImport.objects.update(tries=importing.MOST_TRIES)
    importing.read(import_id=made.pk, now=at("08:01"))
    made.refresh_from_db()
    assert (made.state, made.fault) == ("failed", "too_hard")


def test_a_file_that_is_gone_fails(upload, at):
    made = upload()
    made.file.storage.delete(made.file.name)
    importing.read(import_id=made.pk, now=at("08:01"))
    made.refresh_from_db()
    assert (made.state, made.fault) == ("failed", "lost")


def test_others_neither_hand_in_nor_decide(batch, upload, staff, at):
    publisher = staff(Role.PUBLISHER)
    with pytest.raises(importing.NotAnEditor):
        upload(by=publisher)
    with pytest.raises(importing.NotAnEditor):
        importing.take_in(import_id=batch.pk, by=publisher, now=at("09:00"))


def test_a_dropped_file_makes_nothing(batch, editor, at):
    importing.cancel(import_id=batch.pk, by=editor, now=at("09:00"))
    with pytest.raises(importing.WrongState):
        importing.take_in(import_id=batch.pk, by=editor, now=at("09:01"))
    assert Article.objects.count() == 0


def test_what_is_no_file_of_ours_is_refused(upload):
    with pytest.raises(Unreadable):
        upload(text="")
    assert KnowledgeImport.objects.count() == 0


def test_the_pages_show_the_cut_and_take_it_in(client, editor, at):
    client.force_login(editor)
    bad = client.post("/admin/knowledge-import/", {**FORM, "file": SimpleUploadedFile("a.png", b"\x89PNG\x00\x01")})
    assert (bad.status_code, KnowledgeImport.objects.count()) == (400, 0)
    file = SimpleUploadedFile("a.md", TEXT.encode())
    path = client.post("/admin/knowledge-import/", {**FORM, "file": file})["Location"]
    importing.read_waiting(now=at("08:01"))
    page = client.get(path).content.decode()
    assert page.index("油锅起火怎么办") < page.index("<li>盖锅盖</li>") < page.index("停电怎么办")
    client.post(f"{path}decide/", {"do": "leave", "piece": ["2"]})
    client.post(f"{path}decide/", {"do": "take-in"})
    assert [(article.title, article.live) for article in Article.objects.all()] == [("油锅起火怎么办", False)]
