"""What somebody typed into the search for people may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import finding
from tests.conftest import id_number

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("+85251234567", "+85251234567"),
        ("23800138000", None),
        ("1380013800", None),
        ("王小电", None),
        ("", None),
    ],
)
def test_a_phone_number_is_read_in_every_form(typed, number):
    assert finding.phone_number(typed) == number


def test_an_identity_number_may_also_be_a_passport_of_that_form():
    assert finding.id_numbers(id_number(1).lower(), today=TODAY) == [id_number(1)]
    assert finding.id_numbers("e12345678", today=TODAY) == ["E12345678"]


@pytest.mark.parametrize("typed", ["王小电", "wangxiaodian", "", "12", "370202199003070013x9"])
def test_what_is_no_number_is_none(typed):
    assert finding.id_numbers(typed, today=TODAY) == []


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_search(typed):
    finding.id_numbers(typed, today=TODAY)
    finding.phone_number(typed)


@given(st.from_regex(r"\+861\d{10}", fullmatch=True))
def test_a_masked_phone_keeps_seven_digits(phone):
    masked = finding.masked_phone(phone)
    assert (masked[:6], masked[-4:], masked.count("*")) == (phone[:6], phone[-4:], 4)


def test_a_short_number_is_masked_whole():
    assert finding.masked_phone("+8512345") == "********"
