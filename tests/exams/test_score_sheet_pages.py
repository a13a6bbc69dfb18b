"""The page of a score sheet: as a plain form, and what its script sends."""
# ruff: noqa: F811  (fixtures are imported by name)

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exams.models import EvidencePhoto, ItemMark, ScoreSheet
from exams.queries.score_sheets import filled
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    drawn_signature,
    examiners,
    make_examiner,
    mark,
    open_session,
    passed,
    picture,
    session,
    sheet_at,
    tasks,
)

INDEX = "/admin/practicals/"
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


def marks_of(sheet, marks=GOOD, *, seen=()) -> dict:
    """Return what the form of the sheet sends for these marks."""
    data = {}
    for task in filled(sheet).tasks:
        left = marks[task.task.subject]
        for item in task.items:
            given = min(left, item.item.marks)
            left -= given
            data[f"mark-{item.slot}"] = str(given)
        for veto in task.vetoes:
            data[f"note-{veto.slot}"] = "看见了" if task.task.subject in seen else ""
            if task.task.subject in seen:
                data[f"veto-{veto.slot}"] = "on"
    return data


def post(client, sheet, act="submit", **data):
    return client.post(page_of(sheet), {**TIMES, "signed_name": "王考评", "act": act, **data})


def test_a_plain_form_keeps_marks_and_hands_in(enter, session, examiners):
    sheet = sheet_at(session, 1)
    client = enter(examiners[0])
    page = text(client.get(page_of(sheet)))
    assert session.person.name in page
    assert page.count('type="radio"') == 2 * (11 + 21 + 11 + 11)
    post(client, sheet, act="save", **{"mark-1": "7"})
    assert ItemMark.objects.get().marks == 7
    assert 'value="7" data-slot="1" checked' in text(client.get(page_of(sheet)))
    reply = post(client, sheet, **marks_of(sheet))
    assert reply["Location"] == f"{INDEX}{session.pk}/"
    sheet.refresh_from_db()
    assert (sheet.total, sheet.signed_as, sheet.signed_name) == (90, "typed", "王考评")
    assert client.get(page_of(sheet))["Location"] == f"{INDEX}{session.pk}/"
    assert post(client, sheet, **{"mark-1": "0"})["Location"] == f"{INDEX}{session.pk}/"
    assert filled(sheet).total == 90


def test_a_typed_name_asks_for_the_password_again_and_then_goes_on(client, session, examiners, clock):
    user, sheet = examiners[0], sheet_at(session, 1)
    user.set_password("a passphrase for tests only")
    user.save()
    client.force_login(user)
    reply = post(client, sheet, **marks_of(sheet))
    assert "/reauthenticate/" in reply["Location"]
    sheet.refresh_from_db()
    assert (sheet.submitted_at, filled(sheet).total) == (None, 90)
    wrong = client.post(reply["Location"], {"password": "another"})
    assert wrong.status_code == 200
    client.post(reply["Location"], {"password": "a passphrase for tests only"}, follow=True)
    sheet.refresh_from_db()
    assert (sheet.signed_as, sheet.total) == ("typed", 90)


def test_a_drawn_signature_is_enough(client, session, examiners):
    user, sheet = examiners[0], sheet_at(session, 1)
    user.set_password("a passphrase for tests only")
    user.save()
    client.force_login(user)
    drawn = "data:image/png;base64," + base64.b64encode(drawn_signature()).decode()
    reply = post(client, sheet, signed_name="", signature=drawn, **marks_of(sheet))
    assert reply["Location"] == f"{INDEX}{session.pk}/"
    shown = client.get(f"{page_of(sheet)}signature/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    client.force_login(examiners[1])
    assert client.get(f"{page_of(sheet)}signature/").status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mark-1": ""}, "K1"),
        ({"veto-3": "on", "note-3": ""}, "veto"),
        ({"signed_name": ""}, "Sign the sheet"),
        ({"signed_name": "", "signature": "data:image/png;base64,AAAA"}, "Draw it again"),
        ({"finished_at": "2026-11-23T21:05"}, "ends after"),
        ({"finished_at": ""}, "End"),
    ],
)
def test_what_keeps_a_sheet_open_is_said_and_the_marks_stay(enter, session, examiners, change, told):
    sheet = sheet_at(session, 1)
    reply = post(enter(examiners[0]), sheet, **(marks_of(sheet) | change))
    assert reply.status_code == 400
    assert told in text(reply)
    sheet.refresh_from_db()
    assert (sheet.submitted_at, filled(sheet).tasks[1].marks) == (None, 36)


def test_a_mark_that_does_not_fit_saves_nothing(enter, session, examiners):
    sheet = sheet_at(session, 1)
    assert post(enter(examiners[0]), sheet, **{"mark-1": "11"}).status_code == 400
    assert not ItemMark.objects.exists()


def test_photos_of_a_plain_form_are_kept_shown_and_taken_away(enter, session, examiners):
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    post(client, sheet, act="save", **{"photo-2": SimpleUploadedFile("x.jpg", picture(), "image/jpeg")})
    photo = EvidencePhoto.objects.get()
    shown = client.get(f"{INDEX}photos/{photo.pk}/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert f"photos/{photo.pk}/" in text(client.get(page_of(sheet)))
    assert enter(examiners[1]).get(f"{INDEX}photos/{photo.pk}/").status_code == 404
    assert client.get(f"/media/{photo.file.name}").status_code == 404
    post(enter(examiners[0]), sheet, act=f"remove-{photo.pk}")
    assert not EvidencePhoto.objects.exists()


def test_a_file_that_is_no_photo_is_told_and_the_sheet_stays_open(enter, session, examiners):
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    bad = SimpleUploadedFile("x.jpg", b"MZ not a picture", "image/jpeg")
    reply = client.post(
        page_of(sheet), {**TIMES, **marks_of(sheet), "signed_name": "王", "act": "submit", "photo-1": bad}, follow=True
    )
    assert "JPEG" in text(reply)
    sheet.refresh_from_db()
    assert (sheet.submitted_at, EvidencePhoto.objects.count()) == (None, 0)


def send(client, sheet, *rows):
    body = json.dumps({"answers": [dict(zip(("slot", "response", "marked", "seq"), row, strict=True)) for row in rows]})
    return client.post(f"{page_of(sheet)}state/", body, content_type="application/json")


def test_the_script_sends_entries_again_and_again_and_the_newest_stays(enter, session, examiners):
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    for _ in range(2):
        assert send(client, sheet, (1, "7", False, 6001)).json() == {"acks": [{"slot": 1, "seq": 6001}]}
    assert send(client, sheet, (1, "2", False, 5)).json() == {"acks": [{"slot": 1, "seq": 6001}]}
    assert ItemMark.objects.get().marks == 7
    assert client.get(f"{page_of(sheet)}state/").json()["status"] == "open"


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"answers": []}', '{"answers": [{"slot": 1}]}', '{"answers": 1}', "[" * 9999]
)
def test_what_is_no_entry_is_refused(enter, session, examiners, body):
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    reply = client.post(f"{page_of(sheet)}state/", body, content_type="application/json")
    assert (reply.status_code, reply.json()["reason"]) == (400, "invalid")


def test_a_closed_sheet_tells_the_script(enter, session, examiners, at):
    mark(session, 1, at)
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    assert client.get(f"{page_of(sheet)}state/").json()["status"] == "closed"
    assert (send(client, sheet, (1, "7", False, 9)).status_code) == 409


def test_the_script_wants_its_token(session, examiners):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(examiners[0])
    assert send(client, sheet_at(session, 1), (1, "7", False, 9)).status_code == 403


def test_the_script_sends_a_photo(enter, session, examiners):
    sheet, client = sheet_at(session, 1), enter(examiners[0])
    file = SimpleUploadedFile("x.png", picture(kind="PNG"), "image/png")
    kept = client.post(f"{page_of(sheet)}photos/", {"position": "3", "photo": file}).json()["photo"]
    assert kept["url"] == f"{INDEX}photos/{EvidencePhoto.objects.get().pk}/"
    wrong = SimpleUploadedFile("x.png", b"nothing", "image/png")
    for data in ({"position": "3", "photo": wrong}, {"position": "9", "photo": file}, {"position": "3"}):
        assert client.post(f"{page_of(sheet)}photos/", data).status_code == 400


def test_the_sheet_of_a_withdrawn_examiner_is_not_found(enter, session, examiners, at):
    sheet = sheet_at(session, 1)
    ScoreSheet.objects.filter(pk=sheet.pk).update(withdrawn_at=at("13:30"))
    assert enter(examiners[0]).get(page_of(sheet)).status_code == 404
