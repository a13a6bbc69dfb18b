"""The statutory retirement age as the decision of 2024 raises it."""

from datetime import date

import pytest

from accounts.enums import IdKind
from exams.enums import Post
from exams.rules import eligibility
from exams.rules.retirement import retires_on, sex_of, statutory_age


@pytest.mark.parametrize(
    ("born", "sex", "post", "years", "months"),
    [
        (date(1964, 12, 31), "male", Post.WORKER, 60, 0),
        (date(1965, 1, 1), "male", Post.WORKER, 60, 1),
        (date(1965, 4, 30), "male", Post.WORKER, 60, 1),
        (date(1965, 5, 1), "male", Post.WORKER, 60, 2),
        (date(1976, 8, 31), "male", Post.WORKER, 62, 11),
        (date(1976, 9, 1), "male", Post.WORKER, 63, 0),
        (date(1990, 1, 1), "male", Post.STAFF, 63, 0),
        (date(1969, 12, 31), "female", Post.STAFF, 55, 0),
        (date(1970, 1, 1), "female", Post.STAFF, 55, 1),
        (date(1981, 9, 1), "female", Post.STAFF, 58, 0),
        (date(1990, 1, 1), "female", Post.STAFF, 58, 0),
        (date(1974, 12, 31), "female", Post.WORKER, 50, 0),
        (date(1975, 1, 1), "female", Post.WORKER, 50, 1),
        (date(1975, 2, 28), "female", Post.WORKER, 50, 1),
        (date(1975, 3, 1), "female", Post.WORKER, 50, 2),
        (date(1984, 10, 31), "female", Post.WORKER, 54, 11),
        (date(1984, 11, 1), "female", Post.WORKER, 55, 0),
        (date(1990, 1, 1), "female", Post.WORKER, 55, 0),
    ],
)
def test_the_age_rises_month_by_month_as_the_published_table_says(born, sex, post, years, months):
    assert statutory_age(born=born, sex=sex, post=post) == (years, months)


def test_a_day_the_month_lacks_is_its_last():
    assert retires_on(born=date(1965, 1, 31), sex="male", post=Post.WORKER) == date(2025, 2, 28)


@pytest.mark.parametrize(("day", "refused"), [(date(2025, 2, 15), False), (date(2025, 2, 16), True)])
def test_the_day_the_age_is_reached_still_counts_the_next_no_more(day, refused):
    reason = eligibility.too_old(born=date(1965, 1, 15), sex="male", post=Post.WORKER, day=day)
    assert (reason is not None) == refused
    assert not refused or "2025-02-15" in str(reason)


def test_a_passport_tells_nothing_and_is_left_to_staff():
    assert sex_of("E12345678", kind=IdKind.PASSPORT) is None
    assert eligibility.too_old(born=None, sex=None, post=Post.WORKER, day=date(2026, 1, 1)) is None


@pytest.mark.parametrize(("number", "sex"), [("370202199003070015", "male"), ("370202199003070023", "female")])
def test_the_seventeenth_digit_tells_the_sex(number, sex):
    assert sex_of(number, kind=IdKind.RESIDENT) == sex
