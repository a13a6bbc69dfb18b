"""Phone numbers as people type them."""

import pytest

from accounts.rules import phones


@pytest.mark.parametrize(
    "raw",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "+8613800138000",
        "8613800138000",
        "008613800138000",
        "（+86）138 0013 8000",
        "１３８００１３８０００",
        "＋８６１３８００１３８０００",
        " 13800138000\u3000",
    ],
)
def test_a_number_has_one_form_however_it_is_typed(raw):
    assert phones.parse(raw) == "+8613800138000"


@pytest.mark.parametrize(
    "raw", ["", "1380013800", "138001380000", "12800138000", "053285912345", "+852 9123 4567", "1380013800a", "known"]
)
def test_what_is_no_mobile_number_is_refused(raw):
    with pytest.raises(phones.InvalidPhone):
        phones.parse(raw)
    assert phones.is_phone(raw) is False


def test_a_mask_hides_the_middle():
    assert phones.mask("+8613800138000") == "138****8000"
