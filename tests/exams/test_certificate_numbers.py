"""Numbers of certificates: the pattern as data, running numbers per year and operation."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from exams.actions import certificates
from exams.models import Certificate, CertificateSeries, Scheme
from exams.rules import numbers
from tests.exams.certificate_fixtures import *  # noqa: F403

PATTERN = "QD{operation}-{year}-{serial:05}"


@pytest.mark.parametrize(
    "pattern", ["T{id_number}", "{id_number}", PATTERN, "{year}{operation}{serial}", "{serial:06}{operation}{year}"]
)
def test_a_pattern_from_which_every_number_is_another_is_taken(pattern):
    assert numbers.fault_of(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "T",
        "{year}{serial}",
        "{operation}{serial}",
        "{operation}{year}",
        "T{id_number",
        "T{id_number}}",
        "{name}",
        "{}",
        "{0}",
        "{id_number.__class__}",
        "{id_number!r}",
        "{id_number:>40}",
        "{year:06}{operation}{serial}",
        "{serial:6000}{year}{operation}",
        "t{id_number}",
        "证{id_number}",
        "T {id_number}",
    ],
)
def test_a_pattern_that_gives_no_number_or_one_twice_is_refused(operation_rule, pattern):
    scheme = operation_rule.scheme
    scheme.number_pattern = pattern
    with pytest.raises(ValidationError) as refused:
        scheme.full_clean()
    assert list(refused.value.message_dict) == ["number_pattern"]


def test_a_number_is_filled_in():
    values = {"id_number": "370202199003070015", "year": 2026, "operation": "0102", "serial": 17}
    assert numbers.fill(PATTERN, **values) == "QD0102-2026-00017"
    assert numbers.fill("T{id_number}", **values) == "T370202199003070015"


@pytest.mark.parametrize("typed", ["QD0102-2026-00017", "qd0102 2026 00017", "ＱＤ０１０２—2026–00017"])
def test_a_number_is_compared_however_it_is_typed(typed):
    assert numbers.normal(typed) == "QD0102202600017"


@pytest.fixture
def serial_rule(operation_rule):
    Scheme.objects.update(number_pattern=PATTERN)
    operation_rule.scheme.refresh_from_db()
    return operation_rule


@pytest.fixture
def issue(make_practical, make_person, staff, at):
    certifier = staff(Role.CERTIFIER)

    def work(year: int = 2026):
        practical = make_practical(make_person())
        return certificates.issue(practical_id=practical.pk, by=certifier, now=at("07:00").replace(year=year))

    return work


def test_running_numbers_follow_each_other_and_begin_anew_each_year(serial_rule, issue):
    found = [issue(year).number for year in (2026, 2026, 2026, 2027, 2027)]
    assert found == [
        "QD0102-2026-00001", "QD0102-2026-00002", "QD0102-2026-00003", "QD0102-2027-00001", "QD0102-2027-00002",
    ]  # fmt: skip
    assert dict(CertificateSeries.objects.values_list("year", "last")) == {2026: 3, 2027: 2}


def test_issuing_again_takes_no_number(serial_rule, issue, staff, at):
    first = issue()
    again = certificates.issue(practical_id=first.practical_id, by=first.issued_by, now=at("08:00"))
    assert again == first
    assert CertificateSeries.objects.get().last == 1


def test_what_is_rolled_back_leaves_no_gap(serial_rule, issue):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue()
        raise ZeroDivisionError
    assert issue().number == "QD0102-2026-00001"


def test_the_database_refuses_a_running_number_twice(serial_rule, issue):
    first, second = issue(), issue()
    with pytest.raises(IntegrityError, match=r"one_certificate_per_serial|UNIQUE"), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(serial=first.serial)


def test_the_database_refuses_half_a_running_number(make_certificate, person):
    made = make_certificate(person)
    with pytest.raises(IntegrityError, match="certificate_serial_has_its_series"), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(serial=1)


def test_a_number_with_dashes_is_found_however_it_is_typed(serial_rule, issue):
    from exams.queries.certificates import verifications_of

    made = issue()
    found = verifications_of(number="qd0102 2026 00001", name=made.person.name, day=date(2026, 12, 1))
    assert [item.code for item in found] == [made.code]


def test_the_masked_number_never_shows_the_middle(serial_rule, issue, make_certificate, person):
    assert issue().masked_number == "QD" + "*" * 11 + "0001"
    assert make_certificate(person, code="X").masked_number == "T" + person.masked_id_number
