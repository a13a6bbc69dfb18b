"""A holder's own certificate: page, PDF and picture, and nobody else's."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import date

import pytest

from exams.documents import signing
from tests.exams.certificate_fixtures import (  # noqa: F401
    certificate_signer,
    credential_key,
    credential_key_file,
    make_certificate,
    make_practical,
    operation_rule,
    signer_file,
    written,
)

PAGE = "/exams/certificates/7F3K9MPQ2XY1/"
ALL = [PAGE, PAGE + "pdf/", PAGE + "png/"]


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person)


@pytest.fixture
def holder(client, person):
    client.force_login(person.user)
    return client


def body(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_holder_sees_the_picture_the_download_and_the_way_to_the_public_page(holder, certificate, written):
    written(certificate)
    page = body(holder.get(PAGE))
    assert f'src="{PAGE}png/"' in page
    assert f'class="button button--main button--wide" href="{PAGE}pdf/" download' in page
    assert 'href="/verify/7F3K9MPQ2XY1/"' in page
    assert "data-waiting" not in page


def test_until_the_files_are_made_the_page_waits_and_asks_again_every_three_seconds(holder, certificate):
    response = holder.get(PAGE)
    assert response.status_code == 200
    assert 'data-waiting="3"' in body(response)
    assert "png/" not in body(response)


@pytest.mark.parametrize("path", [PAGE + "pdf/", PAGE + "png/"])
def test_a_file_that_is_not_made_yet_is_not_found(holder, certificate, path):
    assert holder.get(path).status_code == 404


def test_the_pdf_is_a_private_download_with_its_seal(holder, certificate, written):
    written(certificate)
    response = holder.get(PAGE + "pdf/")
    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="7F3K9MPQ2XY1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sorted(response["Cache-Control"].split(", ")) == ["no-store", "private"]
    assert signing.verify(content).valid is True


def test_the_picture_is_shown_in_place_and_is_private(holder, certificate, written):
    written(certificate)
    response = holder.get(PAGE + "png/")
    assert b"".join(response.streaming_content)[:8] == b"\x89PNG\r\n\x1a\n"
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'inline; filename="7F3K9MPQ2XY1.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sorted(response["Cache-Control"].split(", ")) == ["no-store", "private"]


def test_the_page_is_private(holder, certificate):
    assert sorted(holder.get(PAGE)["Cache-Control"].split(", ")) == ["no-store", "private"]


@pytest.mark.parametrize("path", ALL)
def test_someone_elses_certificate_is_not_found(client, certificate, written, other_person, path):
    written(certificate)
    client.force_login(other_person.user)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/exams/certificates/222222222222/", "/exams/certificates/A%00B/pdf/"])
def test_an_unknown_code_is_not_found(holder, path):
    assert holder.get(path).status_code == 404


@pytest.mark.parametrize("path", ALL)
def test_whoever_is_not_logged_in_is_sent_to_log_in(client, certificate, written, path):
    written(certificate)
    response = client.get(path)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("path", ALL)
def test_the_files_are_only_read(holder, certificate, path):
    assert holder.post(path).status_code == 405


@pytest.mark.parametrize("name", ["pdf", "png"])
def test_the_stored_file_does_not_leave_through_media(holder, certificate, written, name):
    assert holder.get("/media/" + getattr(written(certificate), name).name).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, "valid"), ({"issued_on": date(2020, 11, 23)}, "expired"), ({"revoked_at": "00:30"}, "revoked")],
)
def test_the_holder_sees_whether_it_still_holds(holder, make_certificate, person, at, fields, status):
    if "revoked_at" in fields:
        fields = {"revoked_at": at(fields["revoked_at"])}
    make_certificate(person, **fields)
    assert holder.get(PAGE).context["status"] == status


def test_a_hostile_name_of_an_operation_is_escaped(holder, certificate):
    operation = certificate.rule.operation
    operation.name = "<img src=x onerror=alert(1)>"
    operation.save()
    page = holder.get(PAGE).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
