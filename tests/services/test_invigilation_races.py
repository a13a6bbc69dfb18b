"""Races around the invigilator's acts on PostgreSQL: real connections, real locks; and what happens without them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from exams.actions import answers, attempts, emergency, invigilation, invigilation_ending
from exams.actions import invigilation_time as clock
from exams.actions.answers import Change
from exams.enums import AttemptStatus
from exams.models import Allowance, Answer, Attempt
from tests.exams.conftest import *  # noqa: F403  (the small exam)
from tests.exams.invigilation_fixtures import *  # noqa: F403
from tests.exams.test_emergency import folder, key_file, row, sealed  # noqa: F401

ROUNDS = 15


def on_own_connection(work):
    """Return ``work`` so that its thread's connections are closed afterwards."""

    def run(*args):
        try:
            return work(*args)
        finally:
            connections.close_all()

    return run


def together(*works):
    """Run the works at the same moment, each on its own connection, and return what they return."""
    gate = threading.Barrier(len(works))

    def wait(work):
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(on_own_connection(wait), work) for work in works]]


def again(attempt, at):
    """Put the attempt back to running until 11:00:30."""
    Allowance.objects.all()._raw_delete("default")
    Attempt.objects.update(
        status=AttemptStatus.IN_PROGRESS,
        deadline=at("11:00"),
        accepts_until=at("11:00:30"),
        extra=timedelta(),
        submitted_at=None,
        receipt=None,
        paused_at=None,
    )


def unstarted():
    """Put every attempt back to before its start."""
    Allowance.objects.all()._raw_delete("default")
    never = dict.fromkeys(("started_at", "deadline", "accepts_until", "paused_at"))
    Attempt.objects.update(status=AttemptStatus.SCHEDULED, extra=timedelta(), **never)


def give(attempt, by, now, seconds=420, attempt_id=None):
    try:
        return clock.give_time(
            sitting_id=attempt.admission.sitting_id,
            attempt_id=attempt_id,
            seconds=seconds,
            reason="停电",
            by=by,
            now=now,
        )
    except clock.NothingToGive:
        return 0


def test_time_given_while_the_sweep_closes_counts_or_is_refused_never_half(
    services, transactional_db, running, invigilator, at
):
    outcomes = set()
    for _round in range(ROUNDS):
        again(running, at)
        given, _closed = together(
            lambda: give(running, invigilator, at("11:00:31")),
            lambda: attempts.close_overdue(now=at("11:00:31")),
        )
        now = Attempt.objects.get()
        if given:
            assert (now.status, now.deadline, now.receipt) == ("in_progress", at("11:07"), None)
        else:
            assert (now.status, now.deadline, now.submitted_at) == ("submitted", at("11:00"), at("11:00"))
        assert Allowance.objects.count() == given
        outcomes.add(given)
    assert outcomes <= {0, 1}


def test_without_the_locks_recheck_the_sweep_would_close_who_was_given_time(
    services, transactional_db, running, invigilator, at
):
    """The negative control: the same race, with a sweep that decides by what it read before it had the lock."""
    again(running, at)
    stale = Attempt.objects.get()
    assert stale.accepts_until < at("11:00:31")
    give(running, invigilator, at("11:00:31"))
    with transaction.atomic():
        attempts.close(stale, now=at("11:00:31"))  # what _close_one_overdue prevents by reading again
    wrong = Attempt.objects.get()
    assert (wrong.status, wrong.submitted_at, Allowance.objects.count()) == ("submitted", at("11:00"), 1)


def test_handing_in_for_the_candidate_and_by_the_candidate_gives_one_receipt(
    services, transactional_db, running, invigilator, at
):
    for _round in range(ROUNDS):
        again(running, at)
        forced, own = together(
            lambda: invigilation_ending.force_submit(
                attempt_id=running.pk,
                sitting_id=running.admission.sitting_id,
                reason="离场",
                by=invigilator,
                now=at("10:30"),
            ),
            lambda: attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30:01")),
        )
        now = Attempt.objects.get()
        assert forced.receipt == own.receipt == now.receipt
        assert now.submitted_at in (at("10:30"), at("10:30:01"))


def test_what_is_acknowledged_while_a_room_is_paused_and_goes_on_is_kept(
    services, transactional_db, running, invigilator, at
):
    sitting_id = running.admission.sitting_id

    def save_many(slot):
        for seq in range(1, 30):
            change = Change(slot, "A", False, seq)
            answers.save(attempt_id=running.pk, lease=running.lease, change=change, now=at("10:00:01"))

    def pause_and_go_on():
        for _round in range(10):
            clock.pause(sitting_id=sitting_id, reason="停电", by=invigilator, now=at("10:00"))
            clock.resume(sitting_id=sitting_id, by=invigilator, now=at("10:01"))

    together(lambda: save_many(1), lambda: save_many(2), pause_and_go_on)
    assert list(Answer.objects.order_by("slot").values_list("slot", "seq")) == [(1, 29), (2, 29)]
    now = Attempt.objects.get()
    assert (now.deadline, now.accepts_until) == (at("11:10"), at("11:10:30"))


def test_time_given_while_the_candidate_starts_is_never_lost(
    services, transactional_db, attempt, person, invigilator, at
):
    for _round in range(ROUNDS):
        unstarted()
        together(
            lambda: give(attempt, invigilator, at("09:00"), attempt_id=attempt.pk),
            lambda: attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:00")),
        )
        now = Attempt.objects.get()
        assert (now.deadline, now.extra) == (at("11:07"), timedelta(minutes=7))


def test_a_room_that_is_started_leaves_alone_who_started_in_the_same_moment(
    services, transactional_db, room_of, invigilator, sitting, at
):
    room = room_of(4)
    for each in room:
        invigilation.check_in(admission_id=each.admission_id, sitting_id=sitting.pk, by=invigilator, now=at("08:45"))

    def start(attempt):
        attempts.start(attempt_id=attempt.pk, by=attempt.person, passcode="4711", now=at("09:30"))
        return Attempt.objects.values_list("started_at", "deadline").get(pk=attempt.pk)

    for _round in range(ROUNDS):
        unstarted()
        *seen, _started = together(
            *(lambda one=one: start(one) for one in room),
            lambda: clock.start_room(sitting_id=sitting.pk, by=invigilator, now=at("09:00")),
        )
        now = dict(Attempt.objects.values_list("pk", "started_at"))
        assert [now[one.pk] for one in room] == [started_at for started_at, _deadline in seen]


def test_two_give_time_to_the_room_at_once_and_both_count(
    services, transactional_db, room_of, start, invigilator, officer, sitting, at
):
    room = [start(each) for each in room_of(6)]
    together(
        *(lambda by=by: give(room[0], by, at("10:00"), seconds=60) for by in (invigilator, officer, invigilator)),
        lambda: clock.pause(sitting_id=sitting.pk, reason="?", by=officer, now=at("10:00")),
    )
    assert set(Attempt.objects.values_list("deadline", flat=True)) == {at("11:03")}
    assert Allowance.objects.count() == 18


def test_two_who_move_to_the_same_seat_do_not_both_sit_there(
    services, transactional_db, room_of, invigilator, sitting, at
):
    first, second = room_of(2)

    def move(attempt):
        try:
            invigilation.move_seat(
                attempt_id=attempt.pk, sitting_id=sitting.pk, seat=4, by=invigilator, now=at("09:00")
            )
        except invigilation.SeatTaken:
            return 0
        return 1

    assert sum(together(lambda: move(first), lambda: move(second))) == 1


def test_one_emergency_file_taken_in_twice_at_once_counts_once(services, transactional_db, running, invigilator, at):
    content = sealed(running.pk, [row(1), row(2)])

    def take():
        look = emergency.take_in(
            content=content, sitting_id=running.admission.sitting_id, by=invigilator, now=at("10:00"), apply=True
        )
        return look.newer

    assert sorted(together(take, take)) == [0, 2]
    assert Answer.objects.count() == 2


def test_of_two_devices_after_a_release_one_is_bound(services, transactional_db, running, person, sitting, at):
    type(sitting).objects.update(takeover="released")
    for _round in range(ROUNDS):
        Attempt.objects.update(device="")

        def take(device):
            try:
                attempts.take_lease(attempt_id=running.pk, by=person, device=device)
            except attempts.OtherDevice:
                return ""
            return device

        taken = together(lambda: take("here"), lambda: take("there"))
        assert [device for device in taken if device] == [Attempt.objects.get().device]


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db):
    assert connection.vendor == "postgresql"
