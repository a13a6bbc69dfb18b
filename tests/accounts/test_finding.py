"""What somebody typed into the search for people may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import finding
from tests.conftest import id_number

TODAY = date(2026, 11, 23)


def test_an_identity_number_may_also_be_a_passport_of_that_form():
    assert finding.id_numbers(id_number(1).lower(), today=TODAY) == [id_number(1)]
    assert finding.id_numbers("e12345678", today=TODAY) == ["E12345678"]


@pytest.mark.parametrize("typed", ["王小电", "wangxiaodian", "", "12", "370202199003070013x9"])
def test_what_is_no_number_is_none(typed):
    assert finding.id_numbers(typed, today=TODAY) == []


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_search(typed):
    finding.id_numbers(typed, today=TODAY)
