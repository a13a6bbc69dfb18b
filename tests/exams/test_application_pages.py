"""A candidate's pages: step by step, without JavaScript; private files; tickets."""

import io

import cv2
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from exams import declarations
from exams.actions import booking
from exams.enums import ApplicationStatus, DocumentKind, SittingKind
from exams.models import Admission, Application, ApplicationDocument, Sitting
from exams.personal import rows
from tests.exams.application_fixtures import *  # noqa: F403
from tests.exams.application_fixtures import picture

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def browser(client, person, monkeypatch, at):
    monkeypatch.setattr(CLOCK, lambda: at("08:30"))
    client.force_login(person.user)
    return client


@pytest.fixture
def stranger(browser, other_person):
    from django.test import Client

    client = Client()
    client.force_login(other_person.user)
    return client


def file(name="证件.jpg", data=None):
    return SimpleUploadedFile(name, picture() if data is None else data, content_type="text/html")


def test_the_whole_way_from_the_catalogue_to_the_hand_in(browser, rule, person):
    assert f'href="/exams/apply/{rule.operation_id}/"' in browser.get("/exams/").text
    begin = f"/exams/apply/{rule.operation_id}/"
    assert browser.get(begin).text.count('class="check"') == 9
    address = browser.post(begin)["Location"]
    application = Application.objects.get()
    assert address == f"/exams/applications/{application.pk}/"
    assert "disabled" in browser.get(address).text
    reply = browser.post(f"{address}details/", {"education": "senior_secondary", "training_organisation": ""})
    assert reply["Location"] == f"{address}documents/"
    for kind in ("identity", "training"):
        reply = browser.post(f"{address}documents/", {"kind": kind, "file": file()})
        assert reply.status_code == 302
    version = declarations.current().version
    assert browser.post(f"{address}health/", {"version": version}).status_code == 400
    assert browser.post(f"{address}health/", {"version": version, "agreed": "on"})["Location"] == address
    assert "disabled" in browser.get(address).text  # the photo is missing
    person.photo.save("photo.jpg", io.BytesIO(picture()))
    assert "disabled" not in browser.get(address).text
    browser.post(f"{address}submit/")
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    assert sorted(application.documents.values_list("kind", flat=True)) == ["identity", "photo", "training"]


def test_what_was_entered_is_there_when_one_comes_back(browser, rule, fill_in, person):
    application = fill_in(person)
    assert f'href="/exams/applications/{application.pk}/"' in browser.get(f"/exams/apply/{rule.operation_id}/").text
    form = browser.get(f"/exams/applications/{application.pk}/details/").context["form"]
    assert form["education"].value() == "senior_secondary"
    assert "checked" in str(form["education"][2].tag())


def test_a_minor_reads_why_not_and_finds_no_button(browser, rule, person):
    person.born = person.born.replace(year=2010)
    person.save()
    with override("en"):
        page = browser.get(f"/exams/apply/{rule.operation_id}/").text
    assert "18" in page
    assert '<form method="post"' not in page.split("<main")[1].split("</main>")[0]
    assert browser.post(f"/exams/apply/{rule.operation_id}/").status_code == 200
    assert not Application.objects.exists()


def test_a_file_of_another_kind_is_refused_with_a_reason(browser, fill_in, person):
    address = f"/exams/applications/{fill_in(person).pk}/documents/"
    reply = browser.post(address, {"kind": "identity", "file": file(data=b"<script>alert(1)</script>")})
    assert reply.status_code == 400
    assert 'role="alert"' in reply.text
    assert browser.post(address, {"kind": "photo", "file": file()}).status_code == 400
    assert browser.post(address, {"kind": "identity"}).status_code == 400


def test_a_document_is_shown_to_its_owner_only_and_as_what_it_is(browser, stranger, fill_in, person, settings):
    application = fill_in(person)
    document = application.documents.first()
    address = f"/exams/applications/{application.pk}/documents/{document.pk}/"
    reply = browser.get(address)
    assert b"".join(reply.streaming_content) == picture()
    assert (reply["Content-Type"], reply["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in reply["Cache-Control"]
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}remove/").status_code == 404
    assert browser.get(f"{settings.MEDIA_URL}{document.file.name}").status_code == 404
    browser.post(f"{address}remove/")
    assert not ApplicationDocument.objects.filter(pk=document.pk).exists()


def test_a_pdf_is_downloaded_never_shown_in_our_pages(browser, fill_in, person, at):
    from exams.actions.applications import documents

    application = fill_in(person)
    data = b"%PDF-1.7\n<script>\n%%EOF\n"
    document = documents.hand_in(
        application_id=application.pk, kind=DocumentKind.HEALTH, data=data, by=person.user, now=at("08:12")
    )
    reply = browser.get(f"/exams/applications/{application.pk}/documents/{document.pk}/")
    assert (reply["Content-Type"], reply["Content-Disposition"].partition(";")[0]) == ("application/pdf", "attachment")
    reply.close()


@pytest.mark.parametrize("page", ["", "details/", "documents/", "health/", "book/"])
def test_another_persons_application_is_not_found(stranger, fill_in, person, page):
    assert stranger.get(f"/exams/applications/{fill_in(person).pk}/{page}").status_code == 404


def test_a_handed_in_application_is_not_edited(browser, hand_in, person):
    application = hand_in(person)
    address = f"/exams/applications/{application.pk}/"
    for page in ("details/", "documents/", "health/"):
        assert browser.get(address + page)["Location"] == address
    assert browser.post(f"{address}withdraw/").status_code == 302
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN


def test_booking_moving_and_giving_back_on_the_page(browser, accept, sitting, person, at):
    application = accept(person)
    address = f"/exams/applications/{application.pk}/"
    assert f'href="{address}book/"' in browser.get(address).text
    page = browser.get(f"{address}book/").text
    assert f'name="sitting" value="{sitting.pk}"' in page
    reply = browser.post(f"{address}book/", {"sitting": sitting.pk})
    admission = Admission.objects.get()
    assert reply["Location"] == f"/exams/tickets/{admission.ticket}/"
    assert f'name="sitting" value="{sitting.pk}"' not in browser.get(f"{address}book/").text
    browser.post(f"{address}give-back/")
    assert Admission.objects.get().cancelled_at == at("08:30")
    assert browser.get(f"/exams/tickets/{admission.ticket}/").status_code == 404
    assert browser.post(f"{address}book/", {"sitting": 999999}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sittings_costs_the_same_for_one_and_three(
    browser, accept, sitting, person, count, django_assert_num_queries
):
    application = accept(person)
    for number in range(count - 1):
        sitting.pk, sitting.title = None, f"第{number}场"
        sitting.save()
    address = f"/exams/applications/{application.pk}/book/"
    browser.get(address)
    with django_assert_num_queries(9):
        assert browser.get(address).text.count('name="sitting"') == count


@pytest.fixture
def admission(accept, sitting, person, at):
    application = accept(person)
    return booking.book(application_id=application.pk, sitting_id=sitting.pk, by=person.user, now=at("08:30"))


def test_the_ticket_is_its_owners_and_shows_the_seat_only_once_drawn(browser, stranger, admission, at):
    address = f"/exams/tickets/{admission.ticket}/"
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}pdf/").status_code == 404
    assert stranger.get(f"{address}png/").status_code == 404
    assert "<dd>1</dd>" not in browser.get(address).text
    Sitting.objects.update(seats_drawn_at=at("08:29"))
    assert "<dd>1</dd>" in browser.get(address).text


def test_the_ticket_as_pdf_and_as_a_picture_whose_code_is_its_number(browser, admission):
    pdf = browser.get(f"/exams/tickets/{admission.ticket}/pdf/")
    assert pdf.content.startswith(b"%PDF-")
    assert (pdf["Content-Type"], pdf["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    png = browser.get(f"/exams/tickets/{admission.ticket}/png/").content
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert image.shape[:2] == (1654, 1165)
    assert cv2.QRCodeDetector().detectAndDecode(image)[0] == admission.ticket


def test_what_is_printed_on_the_ticket(admission, at):
    from exams.documents.tickets import SEAT_LATER, face_of

    face = face_of(admission)
    assert (face["seat"], face["ticket"], face["room"]) == (SEAT_LATER, admission.ticket, "一号机房")
    assert face["when"] == "2026年11月23日 17:00 – 20:00"
    admission.sitting.seats_drawn_at = at("08:30")
    assert face_of(admission)["seat"] == "1号"
    admission.sitting.seats_drawn_at, admission.sitting.kind = None, SittingKind.TRAINING
    assert face_of(admission)["seat"] == "1号"


def test_ones_own_data_hold_applications_and_documents(admission, person):
    told = rows(person.user)
    (application,) = told["applications"]
    assert (application["rule__operation__name"], application["status"]) == ("低压电工作业", "admitted")
    assert sorted(row["kind"] for row in told["application_documents"]) == ["identity", "photo", "training"]
    assert all(row["file"] for row in told["application_documents"])
