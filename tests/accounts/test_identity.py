"""Identity numbers; every number here is made up."""

from datetime import date

import pytest

from accounts.enums import IdKind
from accounts.rules import identity

TODAY = date(2026, 11, 23)
VALID = "11010519491231002X"  # the example of GB 11643


def test_the_example_of_the_standard_is_valid():
    assert identity.parse(VALID, today=TODAY) == identity.IdNumber(IdKind.RESIDENT, VALID, date(1949, 12, 31))


@pytest.mark.parametrize(
    "raw", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_a_number_is_normalised(raw):
    assert identity.parse(raw, today=TODAY).number == VALID


def test_fifteen_digits_become_eighteen():
    assert identity.parse("110105491231002", today=TODAY).number == VALID


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("110105194912310021", "check_digit"),
        ("1101051949123100", "length"),
        ("11010519491231OO2X", "characters"),
        ("", "length"),
        ("370202209901010014", "birth_date"),
        ("370202199002300019", "birth_date"),
    ],
)
def test_an_impossible_number_is_refused_with_its_reason(raw, reason):
    if reason == "birth_date":
        raw = raw[:17] + identity.check_digit(raw[:17])
    with pytest.raises(identity.InvalidIdNumber) as refused:
        identity.parse(raw, today=TODAY)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("region", "kind"),
    [("810000", IdKind.RESIDENCE_PERMIT), ("830000", IdKind.RESIDENCE_PERMIT), ("911123", IdKind.FOREIGN_PERMANENT)],
)
def test_permits_and_foreign_cards_are_told_apart(region, kind):
    first17 = f"{region}19900307001"
    assert identity.parse(first17 + identity.check_digit(first17), today=TODAY).kind == kind


def test_an_unknown_region_is_only_a_warning():
    first17 = "37021519900307001"  # Jimo, since 2017
    assert identity.parse(first17 + identity.check_digit(first17), today=TODAY).unknown_region is False
    first17 = "99021519900307001".replace("99", "77", 1)
    assert identity.parse(first17 + identity.check_digit(first17), today=TODAY).unknown_region is True


def test_a_passport_is_taken_when_asked_for():
    assert identity.parse("e 12345678", today=TODAY, kind=IdKind.PASSPORT).number == "E12345678"


def test_masks_leave_only_the_ends():
    assert identity.mask_number(VALID) == "110***********002X"
    assert identity.mask_name("王小电") == "**电"
    assert identity.mask_name("王") == "*"
