"""The pages on which questions come and go."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from exams.actions.importing import approving, comparing, taking
from exams.models import Question, QuestionImport, QuestionVersion

from .bank_fixtures import author, officer, point, put  # noqa: F401  (fixtures)
from .exchange_fixtures import BAD, ONE, THREE, TWO, brought, table, taken  # noqa: F401

pytestmark = pytest.mark.database


def test_a_file_goes_all_the_way_by_the_pages(author, officer, point, client, settings, tmp_path):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path
    client.force_login(author)
    file = SimpleUploadedFile("题库.csv", table(ONE, TWO, BAD))
    reply = client.post("/admin/bank/import/", {"file": file, "operation": point.operation_id, "point": point.pk})
    batch = QuestionImport.objects.get()
    assert reply["Location"] == f"/admin/bank/import/{batch.pk}/"
    from exams.actions.importing import reading

    reading.read(import_id=batch.pk, clock=timezone.now)
    comparing.compare(import_id=batch.pk, clock=timezone.now)
    page = client.get(f"/admin/bank/import/{batch.pk}/").content.decode()
    assert "停电之后首先应当（ ）。" in page
    assert "答案写错的题" in client.get(f"/admin/bank/import/{batch.pk}/?tab=unreadable").content.decode()
    client.post(f"/admin/bank/import/{batch.pk}/leave-out/", {"item": ["2"], "do": "leave", "tab": "good"})
    client.post(f"/admin/bank/import/{batch.pk}/decide/", {"point": point.pk, "source": "大纲", "alike": "on"})
    taking.take_in(import_id=batch.pk, clock=timezone.now)
    assert Question.objects.get().code == "x-1"
    assert "答案写错的题" in "".join(
        piece.decode() for piece in client.get(f"/admin/bank/import/{batch.pk}/unread/").streaming_content
    )
    client.force_login(officer)
    assert "题库.csv" in client.get("/admin/bank/import/").content.decode()
    client.post(f"/admin/bank/import/{batch.pk}/approve/")
    approving.go_on(import_id=batch.pk, clock=timezone.now)
    assert QuestionVersion.objects.get().approved_by == officer


def test_a_bad_file_is_said_and_the_input_stays(author, point, client):  # noqa: F811
    client.force_login(author)
    file = SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50)
    reply = client.post("/admin/bank/import/", {"file": file, "operation": point.operation_id, "source": "我写的来源"})
    assert reply.status_code == 400
    assert "我写的来源" in reply.content.decode()
    assert not QuestionImport.objects.exists()


def test_a_point_of_another_operation_is_refused(author, point, client, rule):  # noqa: F811
    from exams.models import KnowledgePoint, Operation

    other = Operation.objects.create(category=rule.operation.category, number=9, name="别的作业")
    KnowledgePoint.objects.create(operation=other, code="K1", name="?")
    client.force_login(author)
    form = {"file": SimpleUploadedFile("a.csv", table(ONE)), "operation": other.pk, "point": point.pk}
    assert client.post("/admin/bank/import/", form).status_code == 400


def test_imports_of_others_are_not_there(brought, client, staff):  # noqa: F811
    from accounts.actions import roles
    from accounts.enums import Role

    batch = brought(ONE)
    other = User.objects.create_user("author-2")
    roles.grant(user=other, role=Role.QUESTION_AUTHOR, by=None, now=timezone.now())
    client.force_login(other)
    for rest in ("", "report/", "unread/"):
        assert client.get(f"/admin/bank/import/{batch.pk}/{rest}").status_code == 404
    for rest in ("decide/", "cancel/", "leave-out/"):
        assert client.post(f"/admin/bank/import/{batch.pk}/{rest}").status_code == 404
    batch.refresh_from_db()
    assert batch.state == "read"


def test_the_preview_costs_the_same_for_one_and_three(brought, author, client, django_assert_num_queries):  # noqa: F811
    one = brought(ONE)
    three = brought(ONE, TWO, THREE)
    client.force_login(author)
    client.get(f"/admin/bank/import/{one.pk}/")
    for batch in (one, three):
        with django_assert_num_queries(PREVIEW):
            client.get(f"/admin/bank/import/{batch.pk}/?tab=good")


def test_the_list_costs_the_same_for_one_and_three(brought, author, client, django_assert_num_queries):  # noqa: F811
    client.force_login(author)
    brought(ONE)
    client.get("/admin/bank/import/")
    with django_assert_num_queries(LIST):
        client.get("/admin/bank/import/")
    brought(TWO)
    brought(THREE)
    with django_assert_num_queries(LIST):
        client.get("/admin/bank/import/")


def test_questions_are_taken_out_by_the_page(put, officer, client):  # noqa: F811
    put("q-1")
    client.force_login(officer)
    assert client.get("/admin/bank/export/").status_code == 200
    reply = client.post("/admin/bank/export/", {"format": "gift", "kind": "single_choice"})
    assert (reply["X-Questions"], reply["X-Content-Type-Options"]) == ("1", "nosniff")
    assert "停电后先做什么？" in reply.content.decode()
    assert client.post("/admin/bank/export/", {"format": "word"}).status_code == 400


def test_the_template_is_there_for_whoever_writes_questions(author, client):  # noqa: F811
    client.force_login(author)
    reply = client.get("/admin/bank/import/template/")
    assert reply.content.startswith(b"PK")
    assert reply["Content-Disposition"] == 'attachment; filename="questions-template.xlsx"'


PREVIEW = 21
LIST = 18
