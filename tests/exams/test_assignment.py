"""Invigilators are drawn across organisations, never twice at once, the same from the same seed."""

from datetime import UTC, datetime, timedelta

import pytest

from exams.rules import seating
from exams.rules.assignment import Invigilator, Lack, Watch, assign

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


def watch(number: int, *, at: datetime = NINE, wanted: int = 1, trained_by=(), candidates=()) -> Watch:
    return Watch(number, at, at + TWO_HOURS, wanted, frozenset(trained_by), frozenset(candidates))


def test_the_same_seed_gives_the_same_assignment_whatever_the_order():
    watches = [watch(number, wanted=2) for number in range(6)]
    people = [Invigilator(user) for user in range(20)]
    first = assign(watches=watches, invigilators=people, seed=7)
    again = assign(watches=watches[::-1], invigilators=people[::-1], seed=7)
    assert first.users == again.users
    assert first.users != assign(watches=watches, invigilators=people, seed=8).users


def test_nobody_is_in_two_rooms_at_once():
    drawn = assign(
        watches=[watch(n, wanted=2) for n in range(5)], invigilators=[Invigilator(u) for u in range(10)], seed=1
    )
    everybody = [user for users in drawn.users.values() for user in users]
    assert drawn.is_whole
    assert sorted(everybody) == list(range(10))


@pytest.mark.parametrize("seed", range(20))
def test_nobody_watches_candidates_of_their_own_organisation_even_where_others_must_move(seed):
    """Room 1 may take only user 1, room 2 only 1 or 2, room 3 anybody: one matching exists."""
    watches = [watch(1, trained_by={20, 30}), watch(2, trained_by={30}), watch(3)]
    people = [Invigilator(1), Invigilator(2, frozenset({20})), Invigilator(3, frozenset({30}))]
    assert assign(watches=watches, invigilators=people, seed=seed).users == {1: [1], 2: [2], 3: [3]}


def test_where_it_is_impossible_the_report_says_why():
    busy = ((NINE - timedelta(hours=1), NINE + timedelta(minutes=1)),)
    people = [Invigilator(1), Invigilator(2, frozenset({20})), Invigilator(3, busy=busy)]
    drawn = assign(watches=[watch(1, wanted=3, trained_by={20})], invigilators=people, seed=1)
    assert drawn.users == {1: [1]}
    assert drawn.lacks == [Lack(sitting=1, wanted=3, found=1, own_candidates=1, busy=1)]


def test_a_window_that_only_touches_is_no_collision():
    people = [Invigilator(1, busy=((NINE - TWO_HOURS, NINE),))]
    drawn = assign(watches=[watch(1), watch(2, at=NINE + TWO_HOURS)], invigilators=people, seed=1)
    assert drawn.users == {1: [1], 2: [1]}


def test_duties_are_spread_evenly_over_the_day():
    watches = [watch(number, at=NINE + number * TWO_HOURS) for number in range(6)]
    drawn = assign(watches=watches, invigilators=[Invigilator(user) for user in range(3)], seed=3)
    counts = [sum(user in users for users in drawn.users.values()) for user in range(3)]
    assert counts == [2, 2, 2]


def test_a_candidate_never_watches_over_themselves():
    drawn = assign(watches=[watch(1, candidates={1})], invigilators=[Invigilator(1)], seed=1)
    assert not drawn.is_whole


def test_one_person_is_not_two_invigilators_of_a_room():
    drawn = assign(watches=[watch(1, wanted=2)], invigilators=[Invigilator(1)], seed=1)
    assert drawn.users == {1: [1]}
    assert drawn.lacks[0].found == 1


def test_seats_are_drawn_without_one_given_twice_and_the_same_from_the_same_seed():
    drawn = seating.draw(candidates=[5, 3, 9], seats=30, seed=11)
    assert drawn == seating.draw(candidates=[9, 5, 3], seats=30, seed=11)
    assert set(drawn) == {3, 5, 9}
    assert len(set(drawn.values())) == 3
    assert set(drawn.values()) <= set(range(1, 31))


def test_more_candidates_than_seats_are_refused():
    with pytest.raises(seating.TooFewSeats):
        seating.draw(candidates=[1, 2, 3], seats=2, seed=1)
