"""The clock in the invigilator's hand: starting the room, time given, pauses, and what the sweep makes of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import AppendOnly, AuditEntry
from exams.actions import attempts
from exams.actions import invigilation_time as clock
from exams.actions.answers import Change, TooLate, save
from exams.actions.invigilation import NotOnDuty
from exams.enums import AttemptStatus
from exams.models import Allowance, Attempt
from exams.rules.timing import STANDS_STILL, seconds_left, uncredited

from .invigilation_fixtures import *  # noqa: F403


def end(attempt):
    attempt.refresh_from_db()
    return attempt.deadline, attempt.accepts_until


def give(attempt, at, by, clock_time="10:00", **fields):
    fields = {"seconds": 420, "reason": "停电", "attempt_id": attempt.pk} | fields
    sitting_id = attempt.admission.sitting_id
    return clock.give_time(sitting_id=sitting_id, by=by, now=at(clock_time), **fields)


def pause(attempt, at, by, clock_time="10:00", **fields):
    return clock.pause(
        sitting_id=attempt.admission.sitting_id,
        reason="停电",
        by=by,
        now=at(clock_time),
        attempt_id=attempt.pk,
        **fields,
    )


def resume(attempt, at, by, clock_time="10:07"):
    return clock.resume(sitting_id=attempt.admission.sitting_id, by=by, now=at(clock_time), attempt_id=attempt.pk)


def test_time_given_moves_the_deadline_and_the_end_of_saving_together(running, invigilator, at):
    assert give(running, at, invigilator) == 1
    assert end(running) == (at("11:07"), at("11:07:30"))
    given = Allowance.objects.get()
    assert (given.seconds, given.reason, given.given_by, given.given_at) == (420, "停电", invigilator, at("10:00"))


def test_time_given_before_the_start_counts_from_the_start(attempt, start, invigilator, at):
    give(attempt, at, invigilator, "08:50")
    assert end(start(attempt)) == (at("11:07"), at("11:07:30"))


def test_time_given_before_and_after_the_start_comes_to_the_same_beyond_the_window(room_of, start, invigilator, at):
    early, late = room_of(2)
    give(early, at, invigilator, "08:50")
    start(early, "11:30"), start(late, "11:30")
    give(late, at, invigilator, "11:40")
    assert end(early) == end(late) == (at("12:07"), at("12:07:30"))


def test_time_for_the_room_reaches_who_sits_and_nobody_else(room_of, start, invigilator, sitting, at):
    one, two, done, absent = room_of(4)
    for each in (one, two, done):
        start(each)
    attempts.submit(attempt_id=done.pk, lease=done.lease, now=at("09:30"))
    before = end(done)
    assert give(one, at, invigilator, attempt_id=None) == 2
    assert {end(each)[0] for each in (one, two)} == {at("11:07")}
    assert end(done) == before
    assert (end(absent), absent.extra) == ((None, None), timedelta())


def test_time_that_reaches_nobody_is_told(attempt, running, invigilator, at):
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("09:30"))
    with pytest.raises(clock.NothingToGive):
        give(running, at, invigilator)
    assert not Allowance.objects.exists()


def test_time_given_reopens_nothing_that_was_handed_in(running, invigilator, at):
    attempts.close_overdue(now=at("11:00:31"))
    with pytest.raises(clock.NothingToGive):
        give(running, at, invigilator, "11:01")
    assert Attempt.objects.get().status == AttemptStatus.SUBMITTED


def test_a_candidate_in_the_grace_goes_on_with_time_given(running, invigilator, at):
    give(running, at, invigilator, "11:00:20")
    assert attempts.close_overdue(now=at("11:00:31")) == 0
    ack = save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("11:05"))
    assert ack.deadline == at("11:07")


def test_an_allowance_is_never_changed_or_removed(running, invigilator, at):
    give(running, at, invigilator)
    with pytest.raises(AppendOnly):
        Allowance.objects.get().save()
    with pytest.raises(AppendOnly):
        Allowance.objects.all().delete()


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"reason": ""}, {"since": "10:10", "until": "10:00"}])
def test_the_database_refuses_an_allowance_that_gives_nothing_or_says_nothing(running, at, wrong):
    wrong = {name: at(value) if ":" in str(value) else value for name, value in wrong.items()}
    fields = {"attempt": running, "seconds": 60, "reason": "停电", "given_at": at("10:00")} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Allowance.objects.create(**fields)


def test_each_act_is_in_the_audit_trail_with_who_and_why(running, invigilator, at):
    give(running, at, invigilator)
    entry = AuditEntry.objects.filter(kind="exams.attempt").get()
    assert (entry.actor, entry.reason, entry.after) == ("invigilator", "停电", {"seconds": 420})
    assert entry.label == running.admission.ticket


# An interruption ----------------------------------------------------------------------------------------------------


def make_up(sitting, at, by, since="10:00", until="10:07", clock_time="10:10"):
    return clock.make_up_for(
        sitting_id=sitting.pk, since=at(since), until=at(until), reason="停电", by=by, now=at(clock_time)
    )


def test_an_interruption_gives_each_what_it_took_from_them(room_of, start, sitting, invigilator, at):
    early, late, never = room_of(3)
    start(early), start(late, "10:05")
    assert make_up(sitting, at, invigilator) == 2
    assert end(early)[0] == at("11:07")
    assert end(late)[0] == at("12:00") + timedelta(minutes=2)
    assert sorted(Allowance.objects.values_list("seconds", flat=True)) == [120, 420]
    assert never.extra == timedelta()


def test_the_same_interruption_twice_is_made_up_for_once(running, sitting, invigilator, at):
    make_up(sitting, at, invigilator)
    with pytest.raises(clock.NothingToGive):
        make_up(sitting, at, invigilator, clock_time="10:20")
    assert make_up(sitting, at, invigilator, until="10:09", clock_time="10:20") == 1
    assert end(running)[0] == at("11:09")


def test_minutes_of_a_pause_are_not_given_a_second_time(running, sitting, invigilator, at):
    pause(running, at, invigilator, "10:02")
    resume(running, at, invigilator, "10:05")
    make_up(sitting, at, invigilator)
    assert end(running)[0] == at("11:07")


def test_minutes_of_a_pause_that_still_lasts_come_with_its_end(running, sitting, invigilator, at):
    pause(running, at, invigilator, "10:02")
    make_up(sitting, at, invigilator, clock_time="10:06")
    resume(running, at, invigilator, "10:08")
    assert end(running) == (at("11:08"), at("11:08:30"))


def test_an_interruption_that_lasts_on_is_made_up_for_until_now(running, sitting, invigilator, at):
    make_up(sitting, at, invigilator, until="11:30", clock_time="10:04")
    assert end(running)[0] == at("11:04")


@pytest.mark.parametrize(
    ("credited", "expected"),
    [
        ([], 10),
        ([(2, 4)], 8),
        ([(2, 6), (4, 8)], 4),
        ([(-5, 20)], 0),
        ([(-5, 0), (10, 12)], 10),
        ([(8, 12), (-2, 3)], 5),
        ([(1, 9), (2, 3)], 2),
        ([(12, 15)], 10),
        ([(-9, -5)], 10),
    ],
)
def test_uncredited_counts_each_minute_once(at, credited, expected):
    def moment(minutes):
        return at("10:00") + timedelta(minutes=minutes)

    intervals = [(moment(since), moment(until)) for since, until in credited]
    assert uncredited((moment(0), moment(10)), credited=intervals) == timedelta(minutes=expected)


# Pause --------------------------------------------------------------------------------------------------------------


def test_while_paused_the_clock_stands_and_nothing_closes_the_attempt(running, invigilator, at):
    assert pause(running, at, invigilator) == 1
    running.refresh_from_db()
    assert seconds_left(deadline=running.deadline, now=at("13:00"), paused_at=running.paused_at) == 3600
    assert attempts.close_overdue(now=at("15:00")) == 0
    assert running.accepts_until == at("11:00:30") + STANDS_STILL


def test_resuming_moves_the_deadline_by_the_pause(running, invigilator, at):
    pause(running, at, invigilator, "10:50")
    assert resume(running, at, invigilator, "12:20") == 1
    assert end(running) == (at("12:30"), at("12:30:30"))
    assert running.paused_at is None
    given = Allowance.objects.get()
    assert (given.seconds, given.since, given.until) == (5400, at("10:50"), at("12:20"))
    assert attempts.close_overdue(now=at("12:30:31")) == 1
    assert Attempt.objects.get().submitted_at == at("12:30")


def test_an_answer_on_its_way_is_taken_while_paused(running, invigilator, at):
    pause(running, at, invigilator)
    ack = save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("10:00:02"))
    assert (ack.seq, ack.paused_at) == (1, at("10:00"))
    assert running.answers.get().response == "A"


def test_pausing_and_resuming_twice_changes_nothing_the_second_time(running, invigilator, at):
    pause(running, at, invigilator)
    assert pause(running, at, invigilator, "10:03") == 0
    resume(running, at, invigilator)
    assert resume(running, at, invigilator, "10:20") == 0
    assert end(running) == (at("11:07"), at("11:07:30"))


def test_time_given_during_a_pause_adds_to_it(running, invigilator, at):
    pause(running, at, invigilator)
    give(running, at, invigilator, "10:03")
    resume(running, at, invigilator)
    assert end(running) == (at("11:14"), at("11:14:30"))


def test_a_paused_room_goes_on_together_and_one_by_one(room_of, start, sitting, invigilator, at):
    one, two, three = (start(each) for each in room_of(3))
    assert clock.pause(sitting_id=sitting.pk, reason="停电", by=invigilator, now=at("10:00")) == 3
    resume(three, at, invigilator, "10:02")
    assert clock.resume(sitting_id=sitting.pk, by=invigilator, now=at("10:07")) == 2
    assert [end(each)[0] for each in (one, two, three)] == [at("11:07"), at("11:07"), at("11:02")]


def test_handing_in_after_a_pause_is_stamped_with_the_moved_deadline_at_most(running, invigilator, at):
    pause(running, at, invigilator)
    resume(running, at, invigilator)
    done = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("11:05"))
    assert done.submitted_at == at("11:05")


def test_handing_in_while_paused_is_stamped_with_that_moment_and_ends_the_pause(running, invigilator, at):
    pause(running, at, invigilator, "10:59")
    done = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("11:30"))
    assert (done.submitted_at, done.paused_at) == (at("11:30"), None)
    assert end(running) == (at("11:31"), at("11:31:30"))
    with pytest.raises(TooLate):
        save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("11:32"))


# Who may ------------------------------------------------------------------------------------------------------------


def test_an_exam_officer_may_and_a_candidate_may_not(running, officer, other_person, at):
    assert give(running, at, officer) == 1
    for who in (running.person.user, other_person.user):
        with pytest.raises(NotOnDuty):
            give(running, at, who)
    assert Allowance.objects.count() == 1


def test_an_officer_who_sits_there_gives_nobody_time(running, officer, room_of, at):
    running.person.user.groups.add(*officer.groups.all())
    for attempt in (running, *room_of(1)):
        with pytest.raises(NotOnDuty):
            give(attempt, at, running.person.user)


def test_an_attempt_of_another_sitting_is_not_found(running, sitting, invigilator, at):
    other = type(sitting).objects.get(pk=sitting.pk)
    other.pk = None
    other.save()
    with pytest.raises(Attempt.DoesNotExist):
        clock.give_time(
            sitting_id=other.pk, attempt_id=running.pk, seconds=60, reason="?", by=invigilator, now=at("10:00")
        )


@pytest.mark.parametrize("act", ["pause", "resume", "start_room", "make_up_for"])
def test_no_act_on_the_room_without_duty(running, sitting, other_person, at, act):
    fields = {"pause": {"reason": "?"}, "make_up_for": {"since": at("09:30"), "until": at("09:40"), "reason": "?"}}
    with pytest.raises(NotOnDuty):
        getattr(clock, act)(sitting_id=sitting.pk, by=other_person.user, now=at("10:00"), **fields.get(act, {}))
    assert end(running) == (at("11:00"), at("11:00:30"))
