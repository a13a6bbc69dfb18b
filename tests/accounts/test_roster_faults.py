"""Workers that die, or are thought dead, over a roster: the next one goes on, nobody is taken in twice."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import timedelta

import pytest

from accounts import tasks
from accounts.actions.rosters import claiming, deciding, ending, reading, taking
from accounts.enums import RosterMode, RosterState
from accounts.models import Membership, Person, RosterImport
from tests.accounts.organisation_fixtures import company, hand_in, manager, media  # noqa: F401
from tests.accounts.roster_files import TITLES, xlsx
from tests.conftest import id_number


class Killed(BaseException):
    """What a worker that is killed looks like from inside: nothing catches it."""


def killed_after(monkeypatch, module, name: str, calls: int):
    """Let the worker die in the ``calls``-th call of the function, before it has done anything."""
    real, count = getattr(module, name), 0

    def work(*args, **kwargs):
        nonlocal count
        count += 1
        if count == calls:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, work)


PEOPLE = [TITLES, *((serial, f"王{'安' * (serial % 3 + 1)}", id_number(serial)) for serial in range(1, 8))]


def test_a_reader_that_dies_is_followed_by_another_after_a_minute(hand_in, at, monkeypatch):
    monkeypatch.setattr(reading, "LINES_AT_ONCE", 2)
    roster = hand_in(xlsx(PEOPLE), read=False)
    killed_after(monkeypatch, reading, "_store", 3)
    with pytest.raises(Killed):
        reading.read(roster_id=roster.pk, clock=lambda: at("09:00"))
    assert RosterImport.objects.get().read == 4
    assert ending.carry_on(clock=lambda: at("09:00:59")) == 0
    assert ending.carry_on(clock=lambda: at("09:01:01")) == 1
    roster.refresh_from_db()
    assert (roster.state, roster.read) == (RosterState.READ, 7)
    assert list(roster.lines.order_by("pk").values_list("number", flat=True)) == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(("mode", "left"), [(RosterMode.GOOD_LINES, 4), (RosterMode.ALL_OR_NOTHING, 0)])
def test_a_worker_that_dies_while_taking_in_is_followed_without_anybody_twice(hand_in, at, monkeypatch, mode, left):
    monkeypatch.setattr(taking, "LINES_AT_ONCE", 2)
    roster = hand_in(xlsx(PEOPLE))
    deciding.confirm(roster_id=roster.pk, mode=mode, by=roster.uploaded_by, now=at("10:00"))
    killed_after(monkeypatch, taking, "_join", 3)
    with pytest.raises(Killed):
        taking.take_in(roster_id=roster.pk, clock=lambda: at("10:00"))
    assert (Person.objects.count(), Membership.objects.count()) == (left, left)
    assert ending.carry_on(clock=lambda: at("10:01:01")) == 1
    roster.refresh_from_db()
    assert (roster.state, roster.done) == (RosterState.DONE, 7)
    assert (Person.objects.count(), Membership.objects.count()) == (7, 7)
    assert roster.lines.filter(taken_at=None).count() == 0


def test_a_worker_that_was_thought_dead_writes_nothing_any_more(hand_in, at):
    roster = hand_in(xlsx(PEOPLE), read=False)
    first = claiming.claim(roster_id=roster.pk, state=RosterState.UPLOADED, now=at("09:00"))
    assert claiming.claim(roster_id=roster.pk, state=RosterState.UPLOADED, now=at("09:00:30")) is None
    first.beat(at("09:00:45"), read=1)
    assert claiming.claim(roster_id=roster.pk, state=RosterState.UPLOADED, now=at("09:01:30")) is None
    second = claiming.claim(roster_id=roster.pk, state=RosterState.UPLOADED, now=at("09:02"))
    with pytest.raises(claiming.Overtaken):
        first.beat(at("09:02:01"), read=2)
    second.beat(at("09:02:01"))
    assert RosterImport.objects.get().read == 1


def test_a_clock_set_back_gives_no_claim_twice(hand_in, at):
    roster = hand_in(xlsx(PEOPLE), read=False)
    mine = claiming.claim(roster_id=roster.pk, state=RosterState.UPLOADED, now=at("09:00"))
    mine.beat(at("08:00"))
    assert mine.held == at("09:00") + timedelta(microseconds=1)


def test_tasks_twice_or_late_are_harmless(hand_in, at):
    roster = hand_in(xlsx(PEOPLE))
    deciding.confirm(roster_id=roster.pk, mode=RosterMode.GOOD_LINES, by=roster.uploaded_by, now=at("10:00"))
    tasks.take_in_roster(roster_id=str(roster.pk))
    tasks.read_roster(roster_id=str(roster.pk))
    tasks.take_in_roster(roster_id=str(roster.pk))
    tasks.carry_on_rosters()
    assert (Person.objects.count(), RosterImport.objects.get().done) == (7, 7)
