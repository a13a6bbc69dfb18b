"""Old registers taken over: once, with their source and their reviews, by whichever worker lives; and their pages."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.enums import RosterState
from accounts.models import Person
from core.encryption import blind_index
from exams.actions.registers import deciding, reading, taking
from exams.enums import CertificateEventKind, CertificateStatus, ImportMode
from exams.models import Certificate, CertificateImport, CertificateImportLine, CertificateReview, OperationRule
from exams.queries.certificates import verification
from tests.accounts.roster_files import xlsx
from tests.conftest import id_number
from tests.exams.register_fixtures import *  # noqa: F403
from tests.exams.register_fixtures import LI, ROW, TITLES, WANG, row, verdicts


def test_a_clean_line_is_taken_over_with_person_review_and_source(hand_in, take_over, certifier):
    batch = hand_in(ROW)
    assert verdicts(batch) == [("new", [])]
    done = take_over(batch, ImportMode.SURE)
    assert (done.state, done.done) == (RosterState.DONE, 1)
    made = Certificate.objects.get()
    assert (made.origin, made.theory, made.practical) == ("imported", None, None)
    assert made.source == "市局台账，截至2026年5月（2019年台账.xlsx）"
    assert (made.issued_on, made.valid_until, made.first_issued_on) == (
        date(2021, 3, 5), date(2027, 3, 4), date(2021, 3, 5),
    )  # fmt: skip
    assert (made.person.name, made.person.user, made.number) == ("王老电", None, f"T{WANG}")
    assert (made.rule.scheme.code, made.rule.operation.name) == ("order-30", "低压电工作业")
    assert list(made.reviews.values_list("due_on", "done_on")) == [(date(2024, 3, 5), date(2024, 2, 20))]
    event = made.events.get()
    assert (event.kind, event.by) == (CertificateEventKind.IMPORTED, certifier)
    assert verification(made.code, day=date(2026, 11, 23)).status == CertificateStatus.VALID


def test_somebody_registered_with_another_name_meanwhile_goes_bad_and_the_rest_is_taken(hand_in, take_over, at):
    from accounts.actions import persons

    batch = hand_in(ROW, row(姓名="李老电", 身份证号=LI, 操作证号=None))
    persons.register(name="张三", id_number=WANG, user=None, by=None, now=at("08:02"))
    done = take_over(batch)
    assert done.done == 1
    assert verdicts(done) == [("bad", ["other_name"]), ("new", ["number_from_id"])]


def test_doubtful_lines_are_taken_only_when_somebody_says_so(hand_in, take_over):
    batch = hand_in(ROW, row(姓名="李老电", 身份证号=LI, 操作证号=None, 有效期限=None))
    assert take_over(batch, ImportMode.SURE).done == 1
    assert Person.objects.filter(id_digest=blind_index(LI)).count() == 0


def test_a_missed_review_ends_the_certificate_on_its_day(hand_in, take_over):
    take_over(hand_in(row(实际复审日期=None)))
    made = Certificate.objects.get()
    assert made.lapses_on == date(2024, 3, 5)
    assert made.status_on(date(2024, 3, 5)) == CertificateStatus.VALID
    assert made.status_on(date(2024, 3, 6)) == CertificateStatus.EXPIRED


def test_a_review_due_after_the_end_of_order_30_is_not_asked_for(hand_in, take_over):
    take_over(hand_in(row(有效期限="2023.6.2-2029.6.1", 应复审日期="2026.6.2", 实际复审日期=None)))
    made = Certificate.objects.get()
    assert made.lapses_on is None
    assert made.status_on(date(2028, 1, 1)) == CertificateStatus.VALID


def test_a_review_that_was_done_after_all_is_noted(hand_in, take_over, certifier, at):
    from exams.actions import certificate_reviews

    take_over(hand_in(row(实际复审日期=None)))
    review = CertificateReview.objects.get()
    for day in (date(2027, 1, 1), date(2020, 1, 1)):
        with pytest.raises(certificate_reviews.NotADay):
            certificate_reviews.note_done(review_id=review.pk, done_on=day, by=certifier, now=at("09:00"))
    certificate_reviews.note_done(review_id=review.pk, done_on=date(2024, 3, 1), by=certifier, now=at("09:00"))
    made = Certificate.objects.get()
    assert (made.lapses_on, made.status_on(date(2026, 11, 23))) == (None, CertificateStatus.VALID)
    assert list(made.events.values_list("kind", flat=True)) == ["imported", "reviewed"]


def test_a_line_that_is_refused_is_kept_and_given_back_as_it_was(hand_in, certifier, at):
    batch = hand_in(ROW, row(姓名="", 有效期限="长期"))
    titles, rows = deciding.export_left_out(batch=batch, by=certifier, now=at("09:00"))
    assert titles == list(TITLES)
    assert [cells[:3] for cells in rows] == [[3, "1", ""]]
    assert rows[0][titles.index("有效期限") + 1] == "长期"


def test_the_file_on_the_disk_is_sealed_and_removed_once_it_is_read(rulebook, certifier, settings, tmp_path, at):
    settings.MEDIA_ROOT = tmp_path / "media"
    batch = deciding.upload(filename="x.xlsx", data=xlsx([TITLES, ROW]), source="x", by=certifier, now=at("08:00"))
    (path,) = (settings.MEDIA_ROOT / "imports").iterdir()
    assert not path.read_bytes().startswith(b"PK")
    assert deciding.reseal() == 1
    reading.read(import_id=batch.pk, clock=lambda: at("08:01"))
    assert CertificateImport.objects.get().file.name == ""


def test_handing_in_twice_is_one_import(rulebook, certifier, settings, tmp_path, at):
    settings.MEDIA_ROOT = tmp_path / "media"
    data = xlsx([TITLES, ROW])
    for _ in range(2):
        deciding.upload(filename="x.xlsx", data=data, source="x", by=certifier, now=at("08:00"))
    assert CertificateImport.objects.count() == 1


def test_a_dead_worker_is_followed_by_another(hand_in, certifier, monkeypatch, at):
    batch = hand_in(*[row(姓名="王老电", 身份证号=id_number(600 + n), 操作证号=None) for n in range(5)])
    deciding.confirm(import_id=batch.pk, mode=ImportMode.ALL_GOOD, by=certifier, now=at("08:02"))
    monkeypatch.setattr(taking, "LINES_AT_ONCE", 2)
    stored, count = taking._stored, 0

    def dies(*args):
        nonlocal count
        count += 1
        if count == 4:
            raise SystemExit
        return stored(*args)

    monkeypatch.setattr(taking, "_stored", dies)
    with pytest.raises(SystemExit):
        taking.take_over(import_id=batch.pk, clock=lambda: at("08:03"))
    assert Certificate.objects.count() == 2  # the half batch is undone
    monkeypatch.setattr(taking, "_stored", stored)
    assert taking.carry_on(clock=lambda: at("08:03:30")) == 0
    assert taking.carry_on(clock=lambda: at("08:05")) == 1
    assert (Certificate.objects.count(), CertificateImport.objects.get().done) == (5, 5)


def test_a_cancelled_register_leaves_nothing(hand_in, certifier, at):
    batch = hand_in(ROW)
    deciding.cancel(import_id=batch.pk, by=certifier, now=at("08:05"))
    assert not CertificateImportLine.objects.exists()
    with pytest.raises(deciding.WrongState):
        deciding.confirm(import_id=batch.pk, mode=ImportMode.SURE, by=certifier, now=at("08:06"))


def test_after_its_time_the_list_goes_and_the_certificates_stay(hand_in, take_over, at):
    take_over(hand_in(ROW))
    assert taking.purge(at("08:00").replace(year=2027)) == 1
    assert (CertificateImport.objects.count(), Certificate.objects.count()) == (0, 1)


def test_an_imported_one_gets_no_files_of_ours_and_no_credential(hand_in, take_over, client, make_person, at):
    from exams.actions.certificate_files import write_missing

    person = make_person(name="王老电")
    take_over(hand_in(row(身份证号=person.id_number, 操作证号=None)))
    made = Certificate.objects.get()
    assert write_missing(clock=lambda: at("09:00")) == 0
    client.force_login(person.user)
    page = client.get(f"/exams/certificates/{made.code}/")
    assert (page.status_code, "png/" in page.text, "市局台账" in page.text) == (200, False, True)
    assert client.get(f"/exams/certificates/{made.code}/credential.jwt").status_code == 404


def test_an_imported_one_is_replaced_by_one_of_ours(hand_in, take_over, certifier, at):
    from exams.actions.certificate_acts import replace

    take_over(hand_in(ROW))
    old = Certificate.objects.get()
    new = replace(certificate_id=old.pk, reason="卡片丢失", by=certifier, now=at("09:00"))
    assert (new.is_ours, new.valid_until, new.number, new.first_issued_on) == (
        True, date(2027, 3, 4), f"T{WANG}", date(2021, 3, 5),
    )  # fmt: skip
    assert OperationRule.objects.get(pk=new.rule_id).scheme.code == "order-30"


# The pages ------------------------------------------------------------------------------------------------------------


def test_the_whole_way_in_the_administration(rulebook, certifier, client, settings, tmp_path, monkeypatch, at):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("08:00"))
    client.force_login(certifier)
    file = SimpleUploadedFile("台账.xlsx", xlsx([TITLES, ROW, row(姓名="")]))
    reply = client.post("/admin/certificates/imports/", {"file": file, "source": "市局"})
    batch = CertificateImport.objects.get()
    assert reply["Location"] == f"/admin/certificates/imports/{batch.pk}/"
    assert 'http-equiv="refresh"' in client.get(reply["Location"]).text
    reading.read(import_id=batch.pk, clock=lambda: at("08:01"))
    page = client.get(f"{reply['Location']}?verdict=new")
    assert [line.name for line in page.context["lines"]] == ["**电"]
    assert "王老电" not in page.text
    client.post(f"{reply['Location']}confirm/", {"mode": "sure"})
    taking.take_over(import_id=batch.pk, clock=lambda: at("08:02"))
    assert client.get(reply["Location"]).context["batch"].done == 1
    left = client.post(f"{reply['Location']}left-out.xlsx")
    rows = list(load_workbook(io.BytesIO(left.content)).active.iter_rows(values_only=True))
    assert (len(rows), rows[1][0]) == (2, 3)


def test_a_bad_file_is_refused_in_the_form(rulebook, certifier, client):
    client.force_login(certifier)
    file = SimpleUploadedFile("台账.xlsx", b"PK\x03\x04")
    reply = client.post("/admin/certificates/imports/", {"file": file, "source": "市局"})
    assert (reply.status_code, bool(reply.context["form"].errors["file"])) == (400, True)
