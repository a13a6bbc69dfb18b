"""One's own data: the page, the file, the wish to be forgotten."""

import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from accounts.models import ErasureRequest, User
from core.models import AuditEntry
from tests.exams.certificate_fixtures import *  # noqa: F403  (certificates)


@pytest.fixture
def browser(client, person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # how often one may download is counted there
    client.force_login(person.user)
    return client


def archive(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_file_holds_every_room_for_machines_and_for_reading(browser, person, make_certificate):
    person.photo.save("me.jpg", ContentFile(b"my photo"))
    certificate = make_certificate(person)
    certificate.pdf.save("mine.pdf", ContentFile(b"%PDF mine"))
    response = browser.post("/accounts/my-data/download/")
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    found = archive(response)
    rooms = ["accounts", "notifications", "training", "exams", "chatbot"]
    files = [name for room in rooms for name in (f"{room}.json", f"{room}.html")]
    assert set(files) <= set(found.namelist())
    accounts = json.loads(found.read("accounts.json"))
    assert accounts["person"][0]["id_number"] == person.id_number
    assert found.read(accounts["person"][0]["photo"]) == b"my photo"
    exams = json.loads(found.read("exams.json"))
    assert exams["certificates"][0]["number"] == "T" + person.id_number
    assert found.read(exams["certificates"][0]["pdf"]) == b"%PDF mine"
    readable = found.read("accounts.html").decode()
    assert person.id_number in readable
    assert "<th>id_number</th>" not in readable


def test_the_download_is_recorded_with_counts_only(browser, person):
    browser.post("/accounts/my-data/download/")
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.kind, entry.object_id, entry.actor) == ("accounts.user", str(person.user.pk), "trainee1")
    assert set(entry.after["own_data"]) == {"accounts", "notifications", "training", "exams", "chatbot"}
    assert person.id_number not in str(entry.after)


def test_the_data_of_others_is_not_in_it(browser, person, other_person, make_certificate):
    make_certificate(other_person)
    found = archive(browser.post("/accounts/my-data/download/"))
    everything = b"".join(found.read(name) for name in found.namelist()).decode()
    assert other_person.name not in everything
    assert other_person.id_number not in everything


def test_a_file_that_is_missing_on_the_disk_costs_only_itself(browser, person):
    person.photo.name = "photos/gone.jpg"
    person.save()
    found = archive(browser.post("/accounts/my-data/download/"))
    assert json.loads(found.read("accounts.json"))["person"][0]["photo"] == ""


def test_the_third_download_in_a_minute_waits(browser):
    kinds = [browser.post("/accounts/my-data/download/").status_code for _ in range(3)]
    assert kinds == [200, 200, 302]
    assert AuditEntry.objects.filter(deed="exported").count() == 2


def test_the_download_wants_the_password_again(client, db):
    user = User.objects.create_user("careful", password="a passphrase for tests only")
    client.force_login(user)
    response = client.post("/accounts/my-data/download/")
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_strangers_log_in_first(client, db):
    for path in ("/accounts/my-data/", "/accounts/my-data/download/"):
        response = client.post(path) if path.endswith("download/") else client.get(path)
        assert response.status_code == 302
        assert "/login/" in response["Location"]


def test_the_page_explains_what_law_holds(browser, person, make_certificate):
    certificate = make_certificate(person)
    page = browser.get("/accounts/my-data/").content.decode()
    assert certificate.code in page
    assert "2038-11-22" in page
    assert "个人信息保护法" in page


def test_a_wish_is_filed_once_and_taken_back(browser, person):
    browser.post("/accounts/my-data/erasure/", {"reason": "moving"})
    browser.post("/accounts/my-data/erasure/", {"reason": "again"})
    asked = ErasureRequest.objects.get()
    assert (asked.user, asked.reason, asked.state) == (person.user, "moving", "open")
    browser.post(f"/accounts/my-data/erasure/{asked.pk}/take-back/")
    asked.refresh_from_db()
    assert asked.state == "taken_back"


def test_the_wish_of_another_is_not_found(browser, other_person):
    asked = ErasureRequest.objects.create(user=other_person.user, requested_at="2026-11-23T08:00Z")
    assert browser.post(f"/accounts/my-data/erasure/{asked.pk}/take-back/").status_code == 404


def test_nothing_changes_by_following_a_link(browser):
    paths = ("/accounts/my-data/download/", "/accounts/my-data/erasure/")
    assert [browser.get(path).status_code for path in paths] == [405, 405]
