"""Public verification: what a stranger learns from a code, or from a number with a name."""
# ruff: noqa: F811  (fixtures are imported by name)

from dataclasses import fields
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from exams.enums import CertificateStatus
from exams.queries.certificates import Verification, normal_code, verification, verifications_of
from tests.exams.certificate_fixtures import make_certificate, make_practical, operation_rule  # noqa: F401

CODE = "7F3K9MPQ2XY1"
ISSUED = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """The requests of a test come at 02:00 UTC, which is 10:00 in Shanghai."""
    cache.clear()
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))
    return monkeypatch


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person)


def body(response) -> str:
    return " ".join(response.content.decode().split())


# What the query says -------------------------------------------------------------------------------------------------


def test_a_stranger_sees_the_certificate_with_name_and_number_masked(certificate):
    assert verification(CODE, day=ISSUED) == Verification(
        code=CODE,
        status=CertificateStatus.VALID,
        name="**电",
        number="T370***********" + certificate.number[-4:],
        category="电工作业",
        operation="低压电工作业",
        scheme="特种作业人员安全技术培训考核管理规定（应急管理部令第19号）",
        issued_on=ISSUED,
        valid_until=date(2032, 11, 22),
    )


def test_nothing_else_of_the_person_is_in_what_a_stranger_gets(certificate):
    said = verification(CODE, day=ISSUED)
    assert all(certificate.person.id_number not in str(getattr(said, field.name)) for field in fields(said))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 11, 23), CertificateStatus.VALID),
        (date(2032, 11, 22), CertificateStatus.VALID),
        (date(2032, 11, 23), CertificateStatus.EXPIRED),
    ],
)
def test_the_last_day_is_valid_and_the_next_is_not(certificate, day, status):
    assert verification(CODE, day=day).status == status


def test_a_revoked_certificate_is_revoked_even_after_its_last_day(make_certificate, person, at):
    make_certificate(person, revoked_at=at("09:00"))
    assert verification(CODE, day=date(2032, 11, 23)).status == CertificateStatus.REVOKED


@pytest.mark.parametrize(
    "typed", [CODE, "7f3k-9mpq-2xy1", " 7F3K 9MPQ\t2XY1 ", "７Ｆ３Ｋ９ＭＰＱ２ＸＹ１", "7F3K–9MPQ—2XY1"]
)
def test_a_code_is_read_in_any_case_width_and_grouping(certificate, typed):
    assert verification(typed, day=ISSUED).code == CODE


@pytest.mark.parametrize("typed", ["", "---", "你好", "a/b", "A\0B", "7F3K9MPQ2XY1" * 2, "%", "7F3K' OR 1=1"])
def test_what_can_be_no_code_is_empty_and_finds_nothing(certificate, typed):
    assert normal_code(typed) == ""
    assert verification(typed, day=ISSUED) is None


def test_verifying_a_code_is_one_query(certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        verification(CODE, day=ISSUED)


@pytest.mark.parametrize("spelling", ["{}", "T{}", "t{}", " T {} ", "T-{}"])
def test_a_number_is_found_with_and_without_its_letter(certificate, person, spelling):
    found = verifications_of(number=spelling.format(person.id_number.lower()), name="王小电", day=ISSUED)
    assert [item.code for item in found] == [CODE]


@pytest.mark.parametrize("typed", ["阿不都•买买提", "阿不都. 买买提", " 阿不都・买买提 "])
def test_a_name_is_compared_without_spaces_and_with_any_dot(make_certificate, make_person, typed):
    certificate = make_certificate(make_person(name="阿不都·买买提"))
    assert [item.code for item in verifications_of(number=certificate.number, name=typed, day=ISSUED)] == [CODE]


def test_a_wrong_name_and_an_unknown_number_ask_the_database_the_same_and_find_the_same(
    certificate, django_assert_num_queries
):
    with django_assert_num_queries(1):
        wrong_name = verifications_of(number=certificate.number, name="李大安", day=ISSUED)
    with django_assert_num_queries(1):
        unknown = verifications_of(number="T110101199003077777", name="王小电", day=ISSUED)
    assert wrong_name == unknown == []


def test_a_person_with_several_certificates_sees_all_of_them_newest_first(make_certificate, person):
    for year in (2024, 2025, 2026):
        make_certificate(person, issued_on=date(year, 1, 2))
    found = verifications_of(number=person.id_number, name="王小电", day=ISSUED)
    assert [item.issued_on.year for item in found] == [2026, 2025, 2024]


# The pages -----------------------------------------------------------------------------------------------------------


def test_a_valid_certificate_is_said_to_be_valid_in_words_and_colour(client, certificate):
    response = client.get(f"/verify/{CODE}/")
    assert response.status_code == 200
    assert 'class="verdict verdict--valid"' in body(response)
    assert response.context["checked_at"].isoformat() == "2026-11-23T02:00:00+00:00"
    for shown in ("**电", "T370***********" + certificate.number[-4:], "低压电工作业", "2026-11-23", "2032-11-22",
                  "7F3K-9MPQ-2XY1", "2026-11-23 10:00:00"):  # fmt: skip
        assert shown in body(response)


def test_no_page_shows_the_full_name_or_number(client, certificate):
    posted = client.post("/verify/", {"number": certificate.number, "name": "王小电"})
    for response in (client.get(f"/verify/{CODE}/"), posted):
        assert certificate.person.id_number not in body(response)
        assert "王小电" not in body(response)


def test_an_expired_certificate_is_said_to_be_expired(client, make_certificate, person):
    make_certificate(person, issued_on=date(2020, 11, 23))  # its last day was 2026-11-22
    assert 'class="verdict verdict--expired"' in body(client.get(f"/verify/{CODE}/"))


def test_the_day_is_the_day_in_shanghai(client, make_certificate, person, clock, at):
    make_certificate(person, issued_on=date(2020, 11, 24))  # its last day is 2026-11-23
    clock.setattr("core.middleware.timezone.now", lambda: at("15:59"))
    assert 'class="verdict verdict--valid"' in body(client.get(f"/verify/{CODE}/"))
    clock.setattr("core.middleware.timezone.now", lambda: at("16:00"))
    assert 'class="verdict verdict--expired"' in body(client.get(f"/verify/{CODE}/"))


def test_a_revoked_certificate_is_said_to_be_revoked(client, make_certificate, person, at):
    make_certificate(person, revoked_at=at("01:00"))
    assert 'class="verdict verdict--revoked"' in body(client.get(f"/verify/{CODE}/"))


@pytest.mark.parametrize("code", ["222222222222", "nonsense", "A%00B", "你好"])
def test_an_unknown_code_is_answered_on_the_same_page_with_404(client, db, code):
    response = client.get(f"/verify/{code}/")
    assert response.status_code == 404
    assert response.templates[0].name == "exams/verify_result.html"
    assert 'class="verdict verdict--unknown"' in body(response)


def test_unknown_and_impossible_codes_get_the_same_reply_for_the_same_work(client, db, django_assert_num_queries):
    client.get("/verify/")
    replies = []
    for code in ("222222222222", "A.B", "7F3K9MPQ2XY1" * 2):
        with django_assert_num_queries(4):
            replies.append(client.get(f"/verify/{code}/"))
    assert {(reply.status_code, body(reply).replace(str(reply.wsgi_request.path), "")) for reply in replies} == {
        (404, body(replies[0]).replace("/verify/222222222222/", ""))
    }


def test_a_typed_code_leads_to_its_page(client, db):
    response = client.get("/verify/", {"code": " 7f3k-9mpq-2xy1"})
    assert (response.status_code, response.url) == (302, "/verify/7F3K9MPQ2XY1/")


@pytest.mark.parametrize("typed", ["", "a/b", "你好", "x" * 50])
def test_what_can_be_no_code_is_refused_with_the_input_kept(client, db, typed):
    response = client.get("/verify/", {"code": typed})
    assert response.status_code == 400
    assert response.context["code_form"]["code"].value() == typed
    assert len(response.context["code_form"].errors["code"]) == 1


def test_number_and_name_show_the_certificate(client, certificate):
    response = client.post("/verify/", {"number": certificate.number, "name": "王小电"})
    assert response.status_code == 200
    assert [item.code for item in response.context["found"]] == [CODE]


def test_a_wrong_name_and_an_unknown_number_get_the_same_reply(client, certificate):
    wrong_name = client.post("/verify/", {"number": certificate.number, "name": "李大安"})
    unknown = client.post("/verify/", {"number": "T110101199003077777", "name": "王小电"})
    assert wrong_name.status_code == unknown.status_code == 404
    assert body(wrong_name) == body(unknown)


@pytest.mark.parametrize("posted", [{}, {"number": "T1"}, {"name": "王小电"}, {"number": "T1" * 40, "name": "王"}])
def test_an_incomplete_form_is_refused(client, db, posted):
    response = client.post("/verify/", posted)
    assert response.status_code == 400
    assert response.context["number_form"].errors


def test_every_answer_stays_out_of_caches_and_search_engines(client, certificate):
    answers = [
        client.get("/verify/"),
        client.get("/verify/", {"code": ""}),
        client.get("/verify/", {"code": CODE}),
        client.get(f"/verify/{CODE}/"),
        client.get("/verify/unknown/"),
        client.post("/verify/", {"number": "T1", "name": "王小电"}),
        client.put("/verify/"),
    ]
    assert [(answer["Cache-Control"], answer["X-Robots-Tag"]) for answer in answers] == [("no-store", "noindex")] * 7


@pytest.mark.parametrize("rows", [1, 3])
def test_one_and_three_certificates_cost_the_same_queries(
    client, make_certificate, person, django_assert_num_queries, rows
):
    for _ in range(rows):
        make_certificate(person)
    client.get("/verify/")  # the first page of all makes the row of the site's details
    with django_assert_num_queries(3):  # the certificates; the frame of every page asks for the site and its details
        assert len(client.post("/verify/", {"number": person.id_number, "name": "王小电"}).context["found"]) == rows


def test_a_code_page_costs_one_query_beside_the_frame_of_every_page(client, certificate, django_assert_num_queries):
    client.get("/verify/")
    with django_assert_num_queries(3):
        client.get(f"/verify/{CODE}/")


# The limit -----------------------------------------------------------------------------------------------------------


def test_the_twenty_first_look_up_of_a_minute_waits(client, certificate, clock, at):
    assert [client.get(f"/verify/{CODE}/").status_code for _ in range(21)] == [200] * 20 + [429]
    waiting = client.get(f"/verify/{CODE}/")
    assert waiting["Retry-After"] == "60"
    assert waiting["Cache-Control"] == "no-store"
    assert "**电" not in body(waiting)
    clock.setattr("core.middleware.timezone.now", lambda: at("02:01"))
    assert client.get(f"/verify/{CODE}/").status_code == 200


def test_codes_and_numbers_share_one_limit(client, db):
    for _ in range(20):
        client.post("/verify/", {"number": "T1", "name": "王小电"})
    assert client.get(f"/verify/{CODE}/").status_code == 429
    assert client.post("/verify/", {"number": "T1", "name": "王小电"}).status_code == 429


def test_the_form_itself_is_not_limited(client, db):
    assert {client.get("/verify/").status_code for _ in range(25)} == {200}


def test_a_forged_forwarded_address_does_not_escape_the_limit(client, db):
    answers = [
        client.get(f"/verify/{CODE}/", headers={"x-forwarded-for": f"10.0.0.{host}"}).status_code for host in range(21)
    ]
    assert answers[-1] == 429


def test_another_address_has_its_own_limit(client, db):
    for _ in range(21):
        client.get(f"/verify/{CODE}/", REMOTE_ADDR="192.0.2.1")
    assert client.get(f"/verify/{CODE}/", REMOTE_ADDR="192.0.2.2").status_code == 404


def test_the_addresses_of_one_ipv6_network_share_a_limit(client, db):
    for host in range(20):
        client.get(f"/verify/{CODE}/", REMOTE_ADDR=f"2001:db8:1:2::{host + 1:x}")
    assert client.get(f"/verify/{CODE}/", REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert client.get(f"/verify/{CODE}/", REMOTE_ADDR="2001:db8:1:3::1").status_code == 404


def test_the_address_in_the_qr_code_is_the_page_of_the_code():
    assert reverse("verify:show", args=[CODE]) == f"/verify/{CODE}/"
