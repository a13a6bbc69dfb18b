"""Verifying a list: XLSX or CSV in, XLSX out, nothing kept."""

import io
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.models import AuditEntry
from exams.queries.certificates import Wanted, verifications_in_bulk
from tests.accounts.roster_files import csv, xlsx
from tests.exams.certificate_fixtures import *  # noqa: F403

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    cache.clear()
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person)


@pytest.fixture
def hand_in(client, other_person):
    client.force_login(other_person.user)

    def work(data: bytes, name: str = "名单.xlsx"):
        return client.post("/verify/list/", {"file": SimpleUploadedFile(name, data)}, headers={"accept-language": "en"})

    return work


def answers(reply) -> list[tuple]:
    assert reply.status_code == 200, reply.text[:500]
    return list(load_workbook(io.BytesIO(reply.content)).active.iter_rows(min_row=2, values_only=True))


def test_each_line_gets_its_answer(hand_in, certificate, make_certificate, other_person, at):
    revoked = make_certificate(other_person, code="REVOKED1", revoked_at=at("01:00"))
    rows = [
        ["序号", "姓名", "证号"],
        [1, "王小电", certificate.number],
        [2, "李大安", other_person.id_number],
        [3, "李大安", certificate.number],
        [4, "无此人", "T110101199003077777"],
        [5, "王小电", None],
    ]
    found = answers(hand_in(xlsx(rows)))
    assert [row[3] for row in found][:2] == [str(s) for s in (_label("valid"), _label("revoked"))]
    assert found[0][4:] == ("低压电工作业", "2032-11-22")
    assert found[2][3:] == found[3][3:]  # a wrong name and an unknown number
    assert found[4][3] != found[3][3]
    assert revoked.number not in found[1][3:]


def _label(value: str):
    from exams.enums import CertificateStatus

    return CertificateStatus(value).label


def test_a_column_of_codes_is_enough(hand_in, certificate):
    found = answers(hand_in(csv([["核验码", "备注"], ["7f3k-9mpq-2xy1", "甲"], ["222222222222", "乙"]]), "list.csv"))
    assert [row[0] for row in found] == ["7f3k-9mpq-2xy1", "222222222222"]
    assert found[0][2] == _label("valid")
    assert found[1][3] is None


def test_codes_one_a_line_are_enough(hand_in, certificate):
    found = answers(hand_in("核验码\n7F3K9MPQ2XY1\n222222222222\n".encode(), "list.csv"))
    assert [(row[0], row[2]) for row in found] == [("7F3K9MPQ2XY1", "低压电工作业"), ("222222222222", None)]


def test_a_number_that_a_spreadsheet_rounded_is_not_looked_up(hand_in, certificate):
    rows = [["姓名", "身份证号"], ["王小电", 3.70202199003e17]]
    (found,) = answers(hand_in(xlsx(rows)))
    assert found[3] is None


def test_a_cell_that_is_a_formula_comes_back_as_text(hand_in, certificate):
    rows = [["核验码", "备注"], ["7F3K9MPQ2XY1", "'=1+1"]]
    found = answers(hand_in(csv([["核验码", "备注"], ["7F3K9MPQ2XY1", "=cmd|' /C calc'!A0"]]), "list.csv"))
    assert found[0][1].startswith("'=")
    assert answers(hand_in(xlsx(rows)))[0][2] == _label("valid")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
        "姓名,备注\n王小电,x".encode(),
        "证号,姓名\n".encode(),
        ("证号,姓名\n" + "T1,王\n" * 2001).encode(),
        b"a" * 2_000_001,
    ],
)
def test_what_cannot_be_read_is_refused_in_the_form(hand_in, certificate, data):
    reply = hand_in(data)
    assert reply.status_code == 400
    assert reply.context["form"].errors["file"]
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_two_thousand_lines_cost_two_queries(certificate, django_assert_num_queries):
    wanted = [Wanted(number=f"T{n}", name="王小电") for n in range(1999)] + [Wanted(code=certificate.code)]
    with django_assert_num_queries(2):
        found = verifications_in_bulk(wanted, day=DAY)
    assert [len(items) for items in found] == [0] * 1999 + [1]


def test_a_list_answers_as_one_by_one(certificate, person):
    from exams.queries.certificates import verifications_of

    (found,) = verifications_in_bulk([Wanted(number=person.id_number, name="王小电")], day=DAY)
    assert found == verifications_of(number=person.id_number, name="王小电", day=DAY)


def test_the_third_list_of_a_minute_waits(hand_in, certificate):
    data = "核验码,备注\n7F3K9MPQ2XY1,\n".encode()
    assert [hand_in(data, "a.csv").status_code for _ in range(3)] == [200, 200, 429]
    assert hand_in(data, "a.csv")["Retry-After"] == "60"


def test_of_a_list_only_its_length_is_recorded(hand_in, certificate, other_person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    hand_in(xlsx([["姓名", "证号"], ["王小电", certificate.number], ["李大安", certificate.number]]))
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.actor, entry.after) == (other_person.user.username, {"lines": 2, "found": 1})
    assert not settings.MEDIA_ROOT.exists()


def test_who_is_not_logged_in_is_sent_to_log_in(client, db):
    assert client.get("/verify/list/").url == "/accounts/login/?next=/verify/list/"


def test_the_answer_stays_out_of_caches(hand_in, certificate):
    reply = hand_in("核验码,备注\n7F3K9MPQ2XY1,\n".encode(), "a.csv")
    assert (reply["Cache-Control"], reply["X-Robots-Tag"]) == ("no-store", "noindex")
