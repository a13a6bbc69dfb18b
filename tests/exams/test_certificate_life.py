"""The rules of a certificate's life: renewal windows, reminders, reviews. Pure."""

from datetime import date, timedelta

import pytest

from exams.enums import CertificateEventKind as Kind
from exams.enums import CertificateStatus as Status
from exams.enums import ReviewState
from exams.rules.certificate_life import lapses_on, may, renewal_window, review_state, step_on

LAST = date(2027, 3, 31)


STEPS = {400: None, 91: None, 90: 90, 89: 90, 61: 90, 60: 60, 31: 60, 30: 30, 8: 30, 7: 7, 0: 7, -1: None}


@pytest.mark.parametrize(("left", "step"), STEPS.items())
def test_the_step_is_the_smallest_that_is_not_yet_passed(left, step):
    assert step_on(last_day=LAST, day=LAST - timedelta(days=left)) == step


def test_the_window_opens_so_many_days_before_and_closes_with_the_last_day():
    window = renewal_window(last_day=LAST, opens_days=60)
    assert window.opens_on == date(2027, 1, 30)
    days = [window.opens_on - timedelta(days=1), window.opens_on, LAST, LAST + timedelta(days=1)]
    assert [window.is_open_on(day) for day in days] == [False, True, True, False]


def test_a_window_that_is_not_confirmed_is_never_said_to_be_open():
    window = renewal_window(last_day=LAST, opens_days=None)
    assert (window.opens_on, window.is_open_on(LAST)) == (None, False)


ENDED = date(2026, 5, 31)  # of Order 30


@pytest.mark.parametrize(
    ("due", "done", "day", "state"),
    [
        (date(2025, 5, 1), date(2025, 4, 20), date(2026, 1, 1), ReviewState.DONE),
        (date(2026, 5, 1), None, date(2026, 5, 1), ReviewState.DUE),
        (date(2026, 5, 1), None, date(2026, 5, 2), ReviewState.MISSED),
        (date(2026, 5, 31), None, date(2026, 7, 1), ReviewState.MISSED),
        (date(2026, 6, 1), None, date(2026, 7, 1), ReviewState.DROPPED),
        (date(2027, 3, 1), None, date(2026, 1, 1), ReviewState.DROPPED),
    ],
)
def test_a_review_due_after_the_end_of_its_rules_is_not_done(due, done, day, state):
    assert review_state(due_on=due, done_on=done, asked_until=ENDED, day=day) == state


def test_a_certificate_lapses_with_the_first_review_that_was_asked_for_and_not_done():
    done, missed, dropped = (date(2020, 1, 1), date(2020, 1, 1)), (date(2023, 1, 1), None), (date(2026, 6, 2), None)
    assert lapses_on([done, missed, dropped], asked_until=ENDED) == date(2023, 1, 1)
    assert lapses_on([done, dropped], asked_until=ENDED) is None
    assert lapses_on([], asked_until=None) is None


def test_each_act_has_the_states_it_starts_from():
    table = {kind: {status for status in Status if may(kind, status)} for kind in Kind}
    assert table[Kind.SUSPENDED] == {Status.VALID}
    assert table[Kind.REINSTATED] == {Status.SUSPENDED}
    assert table[Kind.REVOKED] == {Status.VALID, Status.SUSPENDED, Status.EXPIRED}
    assert table[Kind.REPLACED] == {Status.VALID}
    assert table[Kind.ISSUED] == table[Kind.IMPORTED] == table[Kind.REVIEWED] == set()
