"""The pages of a practical exam: board, opening, session, result."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest

from accounts.enums import Role
from exams.actions.certificate_batches import work
from exams.enums import ReleasePolicy
from exams.models import CertificateBatch, Practical, PracticalSession, Sitting
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    examine,
    examiners,
    fill,
    make_examiner,
    mark,
    open_session,
    passed,
    session,
    sheet_at,
    tasks,
)

INDEX = "/admin/practicals/"
BOARD = 22  # queries of the board, whoever waits
TIMES = {"started_at": "2026-11-23T21:05", "finished_at": "2026-11-23T22:00:30"}


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path, at):
    settings.MEDIA_ROOT = tmp_path
    now = {"now": at("14:10")}
    monkeypatch.setattr("core.middleware.timezone.now", lambda: now["now"])
    return now


@pytest.fixture(autouse=True)
def english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user)
        return client

    return enter


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def page_of(sheet) -> str:
    return f"{INDEX}sheets/{sheet.pk}/"


def test_an_examiner_opens_an_exam_from_the_board(enter, passed, tasks, examiners):
    client = enter(examiners[0])
    page = text(client.get(INDEX))
    assert passed.person.masked_name in page
    assert passed.person.name not in page
    address = f"{INDEX}open/{passed.pk}/"
    assert f'href="{address}"' in page
    same = {"examiner_1": examiners[0].pk, "examiner_2": examiners[0].pk}
    assert "Choose different examiners" in text(client.post(address, same))
    reply = client.post(address, same | {"examiner_2": examiners[1].pk})
    held = PracticalSession.objects.get()
    assert reply["Location"] == f"{INDEX}{held.pk}/"
    assert held.sheets.count() == 2
    assert client.get(address).status_code == 404  # it is being held


def test_what_stands_against_opening_is_said(enter, passed, tasks, examiners, rule):
    rule.subjects.filter(code="K4").update(marks=10)
    chosen = {"examiner_1": examiners[0].pk, "examiner_2": examiners[1].pk}
    reply = enter(examiners[0]).post(f"{INDEX}open/{passed.pk}/", chosen)
    assert (reply.status_code, PracticalSession.objects.count()) == (200, 0)
    assert "90" in text(reply)


def test_the_board_sorts_by_what_is_waited_for(enter, session, examiners, staff, at):
    officer = staff(Role.EXAM_OFFICER)
    assert page_of(sheet_at(session, 1)) in text(enter(examiners[0]).get(INDEX))
    mark(session, 1, at)
    page = text(enter(examiners[0]).get(INDEX))
    assert (page_of(sheet_at(session, 1)) in page, 'id="waiting"' in page, 'id="third"' in page) == (False, True, False)
    mark(session, 2, at, {**GOOD, "K2": 0})
    assert 'id="third"' in text(enter(officer).get(INDEX))
    assert 'id="third"' in text(enter(examiners[2]).get(INDEX))
    assert 'id="mine"' not in text(enter(examiners[2]).get(INDEX))


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_and_three(
    enter, open_session, examiners, at, count, django_assert_num_queries
):
    for _ in range(count):
        examine(open_session(), at, dict.fromkeys(GOOD, 0))
    open_session()
    client = enter(examiners[0])
    client.get(INDEX)
    with django_assert_num_queries(BOARD):
        client.get(INDEX)


def test_others_are_not_let_in(enter, session, staff, person):
    for user in (staff(Role.INVIGILATOR), staff(Role.CERTIFIER), person.user):
        reply = enter(user).get(INDEX)
        assert reply.status_code == 302


def test_an_auditor_looks_and_opens_nothing(enter, session, staff):
    client = enter(staff(Role.AUDITOR))
    page = text(client.get(f"{INDEX}{session.pk}/"))
    assert "Call off" not in page
    assert client.post(f"{INDEX}{session.pk}/cancel/", {"reason": "x"})["Location"] == "/admin/"
    assert 'id="candidates"' not in text(client.get(INDEX))


def test_an_examiner_without_a_sheet_finds_no_session_and_no_sheet(enter, session, examiners):
    client = enter(examiners[2])
    sheet = sheet_at(session, 1)
    for path in (f"{INDEX}{session.pk}/", f"{INDEX}{session.pk}/sheets.pdf", page_of(sheet), f"{page_of(sheet)}state/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{page_of(sheet)}photos/", {}).status_code == 404
    assert enter(examiners[1]).get(page_of(sheet)).status_code == 404


def test_marks_of_the_other_are_shown_after_ones_own_sheet_is_in(enter, session, examiners, at):
    mark(session, 1, at)
    assert "Sheets side by side" not in text(enter(examiners[1]).get(f"{INDEX}{session.pk}/"))
    fill(sheet_at(session, 2), GOOD, at)
    assert "Sheets side by side" not in text(enter(examiners[1]).get(f"{INDEX}{session.pk}/"))
    assert "Sheets side by side" in text(enter(examiners[0]).get(f"{INDEX}{session.pk}/"))


def test_a_third_is_called_from_the_session(enter, session, examiners, at):
    mark(session, 1, at)
    mark(session, 2, at, {**GOOD, "K2": 0})
    client = enter(examiners[1])
    page = text(client.get(f"{INDEX}{session.pk}/"))
    assert f'<option value="{examiners[2].pk}">' in page
    assert f'<option value="{examiners[0].pk}">' not in page
    wrong = client.post(f"{INDEX}{session.pk}/third/", {"examiner": "999999"})
    assert wrong.status_code == 400
    client.post(f"{INDEX}{session.pk}/third/", {"examiner": examiners[2].pk})
    assert sheet_at(session, 3).examiner == examiners[2]
    assert "Sheets side by side" not in text(enter(examiners[2]).get(f"{INDEX}{session.pk}/"))


def test_an_officer_replaces_calls_off_and_releases(enter, open_session, examiners, staff, at):
    Sitting.objects.update(release_policy=ReleasePolicy.BY_OFFICER, released_at=at("12:00"))
    client = enter(staff(Role.EXAM_OFFICER))
    first = open_session()
    client.post(
        f"{INDEX}{first.pk}/sheets/{sheet_at(first, 2).pk}/replace/", {"examiner": examiners[2].pk, "reason": "病假"}
    )
    assert sheet_at(first, 2).examiner == examiners[2]
    client.post(f"{INDEX}{first.pk}/cancel/", {"reason": ""})
    first.refresh_from_db()
    assert first.status == "open"
    client.post(f"{INDEX}{first.pk}/cancel/", {"reason": "停电"})
    second = open_session()
    other = client.post(f"{INDEX}{second.pk}/sheets/{sheet_at(first, 1).pk}/replace/", {})
    assert other.status_code == 404
    examine(second, at)
    client.post(f"{INDEX}{second.pk}/release/")
    second.refresh_from_db()
    assert second.released_at == at("14:10")


def test_the_candidate_sees_numbers_before_and_marks_after_the_release(client, session, person, passed, at):
    Sitting.objects.update(release_policy=ReleasePolicy.BY_OFFICER, released_at=at("12:00"))
    client.force_login(person.user)
    address = f"/exams/attempts/{passed.pk}/result/"
    page = text(client.get(address))
    task = session.drawn.first().task
    assert task.code in page
    assert task.title not in page
    assert "independently" in page
    examine(session, at)
    assert "36 / 40" not in text(client.get(address))
    PracticalSession.objects.update(released_at=at("15:00"))
    page = text(client.get(address))
    assert "36 / 40" in page
    assert "90" in page


def test_a_practical_entered_before_there_were_sheets_is_shown(client, person, passed, examiners, rule, at):
    Practical.objects.create(
        person=person,
        rule=rule,
        theory=passed,
        number=1,
        examiner=examiners[0],
        veto=True,
        veto_reason="未验电",
        score=77,
        passed=False,
        taken_at=at("11:00"),
    )
    client.force_login(person.user)
    page = text(client.get(f"/exams/attempts/{passed.pk}/result/"))
    assert "未验电" in page
    assert "77" in page


def test_certifier_issues_what_two_examined(enter, session, staff, at):
    practical = examine(session, at)
    client = enter(staff(Role.CERTIFIER))
    page = text(client.get("/admin/certifying/"))
    assert "wang · zhao" in page
    client.post("/admin/certifying/issue/", {"practical": [practical.pk, "x"]})
    work(batch_id=CertificateBatch.objects.get().pk, clock=lambda: at("16:00"))
    practical.refresh_from_db()
    assert practical.certificate.issued_by.username == Role.CERTIFIER


def test_the_archive_gets_one_pdf_once_it_is_decided(enter, session, examiners, at):
    client = enter(examiners[0])
    assert client.get(f"{INDEX}{session.pk}/sheets.pdf").status_code == 404
    examine(session, at, vetoes={"K1"})
    reply = client.get(f"{INDEX}{session.pk}/sheets.pdf")
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"practical-{session.pk}.pdf" in reply["Content-Disposition"]
