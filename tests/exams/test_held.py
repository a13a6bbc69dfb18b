"""The employer's page: who of my people holds what, and nothing of other people's."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import date

import pytest
from django.core.cache import cache

from accounts.models import Membership
from core.models import AuditEntry
from exams.queries import held
from tests.accounts.organisation_fixtures import company, manager, stranger_company, team  # noqa: F401
from tests.exams.certificate_fixtures import *  # noqa: F403

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    cache.clear()
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))


@pytest.fixture
def join(company, at):
    def work(person, organisation=None):
        Membership.objects.create(organisation=organisation or company, person=person, joined_at=at("08:00"))
        return person

    return work


@pytest.fixture
def crew(join, make_person, make_certificate, team, at):
    """One valid, one ending, one expired, one suspended, one renewed, one without; one of them in the team."""
    people = {name: join(make_person(name=name)) for name in ("甲一", "乙二", "丙三", "丁四", "戊五")}
    join(people.setdefault("己六", make_person(name="己六")), team)
    make_certificate(people["甲一"], code="VALID")
    make_certificate(people["乙二"], code="ENDING", issued_on=date(2021, 2, 1), valid_until=date(2027, 2, 1))
    make_certificate(people["丙三"], code="EXPIRED", issued_on=date(2020, 1, 1), valid_until=date(2025, 12, 31))
    make_certificate(people["丁四"], code="SUSPENDED", suspended_at=at("01:00"))
    make_certificate(people["戊五"], code="OLD", issued_on=date(2020, 1, 1), valid_until=date(2025, 12, 31))
    make_certificate(people["戊五"], code="RENEWED")
    return people


def names(company, state) -> list[str]:
    return [person.name for person in held.people_in(state, held.people_of(company), day=DAY)]


def test_each_state_finds_its_people(company, crew):
    found = {state: set(names(company, state)) for state in held.STATES}
    assert found == {
        "valid": {"甲一", "戊五"}, "ending": {"乙二"}, "expired": {"丙三"}, "suspended": {"丁四"}, "none": {"己六"},
    }  # fmt: skip
    assert held.counts(held.people_of(company), day=DAY) == {
        "people": 6, "valid": 2, "ending": 1, "expired": 1, "suspended": 1, "none": 1,
    }  # fmt: skip


def test_revoked_and_replaced_ones_do_not_count(company, join, person, make_certificate, at):
    join(person)
    make_certificate(person, revoked_at=at("01:00"))
    make_certificate(person, replaced_at=at("01:00"))
    assert names(company, "none") == ["王小电"]


def test_the_ninetieth_day_is_soon_and_the_next_is_not(company, join, person, make_certificate):
    join(person)
    made = make_certificate(person, valid_until=date(2027, 2, 21))
    assert held.state_of(made, day=DAY) == "ending"
    assert names(company, "ending") == ["王小电"]
    made.valid_until = date(2027, 2, 22)
    made.save()
    assert held.state_of(made, day=DAY) == "valid"
    assert names(company, "ending") == []


@pytest.fixture
def boss(client, manager):
    client.force_login(manager)
    return client


def test_the_page_shows_them_masked(boss, company, crew):
    page = boss.get(f"/exams/organisations/{company.pk}/certificates/")
    assert [person.name for person, _held in page.context["rows"]] == sorted(crew)
    assert "甲一" not in page.text
    assert "*一" in page.text


def test_the_names_are_shown_on_demand_and_it_is_recorded(boss, company, crew):
    page = boss.post(f"/exams/organisations/{company.pk}/certificates/names/?state=valid")
    assert "甲一" in page.text
    entry = AuditEntry.objects.get(deed="unmasked")
    assert entry.after == {"names of persons": sorted([crew["甲一"].pk, crew["戊五"].pk])}


@pytest.mark.parametrize("path", ["", "names/", "export/"])
def test_other_peoples_organisations_are_not_found(boss, stranger_company, path):
    url = f"/exams/organisations/{stranger_company.pk}/certificates/{path}"
    assert (boss.post(url) if path else boss.get(url)).status_code == 404


def test_a_member_who_manages_nothing_does_not_see_it(client, company, join, person):
    join(person)
    client.force_login(person.user)
    assert client.get(f"/exams/organisations/{company.pk}/certificates/").status_code == 404


def test_the_csv_has_a_line_for_each_certificate_and_for_who_has_none(boss, company, crew):
    reply = boss.post(f"/exams/organisations/{company.pk}/certificates/export/", {"format": "csv"})
    lines = reply.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 6
    row = next(line for line in lines if line.startswith("乙二")).split(",")
    assert (row[1], row[2], row[4:7]) == (
        crew["乙二"].masked_id_number, "低压电工作业", ["ENDING", "2021-02-01", "2027-02-01"],
    )  # fmt: skip
    assert AuditEntry.objects.get(deed="exported").after == {"rows": 6, "format": "csv"}


def test_no_cell_is_a_formula(boss, company, join, make_person):
    join(make_person(name="=HYPERLINK(1)"))
    reply = boss.post(f"/exams/organisations/{company.pk}/certificates/export/", {"format": "csv"})
    assert "'=HYPERLINK" in reply.content.decode()


def test_the_xlsx_opens(boss, company, crew):
    import io

    from openpyxl import load_workbook

    reply = boss.post(f"/exams/organisations/{company.pk}/certificates/export/")
    rows = list(load_workbook(io.BytesIO(reply.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == sorted(crew)


@pytest.mark.parametrize("rows", [1, 3])
def test_one_and_three_people_cost_the_same(
    boss,
    company,
    join,
    make_person,
    make_certificate,
    rows,
    django_assert_num_queries,
):
    url = f"/exams/organisations/{company.pk}/certificates/"
    for _ in range(rows):
        make_certificate(join(make_person()))
    boss.get(url)
    with django_assert_num_queries(COST):
        assert len(boss.get(url).context["rows"]) == rows


COST = 11
