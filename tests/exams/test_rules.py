"""The pure rules: timing, composition, grading, eligibility."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exams.enums import ATTEMPT_EDGES, AttemptStatus, LatePolicy
from exams.rules import eligibility, responses, timing

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "allowance", "expected"),
    [
        (LatePolicy.WINDOW_WINS, 0, NINE + timedelta(hours=1)),
        (LatePolicy.DURATION_WINS, 0, NINE + timedelta(hours=2)),
        (LatePolicy.DURATION_WINS, 15, NINE + timedelta(hours=2, minutes=15)),
    ],
)
def test_deadline_follows_the_sittings_policy(policy, allowance, expected):
    end = timing.deadline(
        started=NINE,
        minutes=120,
        allowance=timedelta(minutes=allowance),
        window_closes=NINE + timedelta(hours=1),
        policy=policy,
    )
    assert end == expected


def test_seconds_left_never_goes_below_zero():
    assert timing.seconds_left(deadline=NINE, now=NINE - timedelta(seconds=61)) == 61
    assert timing.seconds_left(deadline=NINE, now=NINE + timedelta(days=1)) == 0


def test_letters_undo_the_shuffle():
    assert responses.letters([2], "2013") == "A"
    assert responses.letters([3, 0], "2013") == "DB"
    assert responses.positions("DB", "2013") == [3, 0]


def test_too_young_counts_full_years():
    born = date(2008, 11, 24)
    assert eligibility.too_young(born=born, minimum_age=18, day=date(2026, 11, 23)) is not None
    assert eligibility.too_young(born=born, minimum_age=18, day=date(2026, 11, 24)) is None


def test_a_passed_part_counts_twelve_months():
    passed = date(2025, 11, 23)
    assert eligibility.part_expired(passed_on=passed, months=12, day=date(2026, 11, 23)) is None
    assert eligibility.part_expired(passed_on=passed, months=12, day=date(2026, 11, 24)) is not None


def test_attempts_are_unlimited_where_the_scheme_says_so():
    assert eligibility.attempts_used_up(used=99, allowed=None) is None
    assert eligibility.attempts_used_up(used=4, allowed=5) is None
    assert eligibility.attempts_used_up(used=5, allowed=5) is not None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 23), 72, date(2032, 11, 23)),
    ],
)
def test_add_months_keeps_within_the_month(day, months, expected):
    assert eligibility.add_months(day, months) == expected


def test_a_certificate_is_valid_until_the_day_before_its_anniversary():
    assert eligibility.valid_until(issued_on=date(2026, 11, 23), years=6) == date(2032, 11, 22)


def test_the_state_machine_has_no_way_back():
    order = [AttemptStatus.SCHEDULED, AttemptStatus.IN_PROGRESS, AttemptStatus.SUBMITTED, AttemptStatus.GRADED]
    for earlier_index, earlier in enumerate(order):
        for later in order[earlier_index:]:
            assert earlier not in ATTEMPT_EDGES[later]
    assert ATTEMPT_EDGES[AttemptStatus.VOIDED] == ATTEMPT_EDGES[AttemptStatus.ABSENT] == set()
