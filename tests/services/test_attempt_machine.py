"""The attempt against a model of it, by random steps on PostgreSQL: no illegal move, no acknowledged answer lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings, stateful
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test

from accounts.enums import Role
from exams.actions import answers, attempts, grading, invigilation_ending, invigilation_time
from exams.actions.admissions import admit
from exams.actions.answers import Change
from exams.actions.invigilation import NotPossible
from exams.enums import ATTEMPT_EDGES, AttemptStatus
from exams.models import Answer, Attempt, Result
from tests.exams.conftest import *  # noqa: F403  (the small exam)

EXAMPLES, STEPS = 300, 50  # some end early: more than 12,000 steps
LETTERS = st.sampled_from(["", "A", "B"])  # what every question of the small exam can take
SLOTS = st.integers(1, 5)
steps_taken = 0


class AttemptMachine(RuleBasedStateMachine):
    """One candidate's attempt; ``held`` is what was acknowledged, ``seen`` the states it went through.

    ``given`` is the time that allowances and pauses added to it, ``paused`` since when its clock stands.
    """

    sitting = make_person = officer = None  # set by the test

    @initialize()
    def admitted(self):
        self.person = self.make_person()
        type(self).sitting.room.seats += 1
        type(self).sitting.room.save()
        self.now: datetime = self.sitting.opens_at
        self.attempt_id = admit(sitting=self.sitting, person=self.person, by=None, now=self.now).attempt.pk
        self.seen = [AttemptStatus.SCHEDULED]
        self.held: dict[int, tuple[int, str]] = {}
        self.leases: list[str] = []
        self.seq = 0
        self.receipt = None
        self.given, self.paused = timedelta(), None

    def step(self):
        global steps_taken  # noqa: PLW0603
        steps_taken += 1

    def row(self) -> Attempt:
        return Attempt.objects.get(pk=self.attempt_id)

    @stateful.rule(minutes=st.sampled_from([0, 1, 20, 70]))
    def time_passes(self, minutes):
        self.step()
        self.now += timedelta(minutes=minutes, seconds=7)

    @stateful.rule(passcode=st.sampled_from(["4711", "４７１１", "0000"]))
    def start(self, passcode):
        self.step()
        before = self.row()
        try:
            started = attempts.start(attempt_id=self.attempt_id, by=self.person, passcode=passcode, now=self.now)
        except attempts.NotOpen:
            assert before.status == AttemptStatus.SCHEDULED
            assert not self.sitting.opens_at <= self.now < self.sitting.closes_at
        except attempts.WrongPasscode:
            assert (before.status, passcode) == (AttemptStatus.SCHEDULED, "0000")
        except attempts.AttemptClosed:
            assert before.status not in (AttemptStatus.SCHEDULED, AttemptStatus.IN_PROGRESS)
        else:
            assert started.status == AttemptStatus.IN_PROGRESS

    @stateful.rule()
    def open_a_page(self):
        self.step()
        try:
            self.leases.append(attempts.take_lease(attempt_id=self.attempt_id, by=self.person))
        except attempts.AttemptClosed:
            assert self.row().status != AttemptStatus.IN_PROGRESS

    @stateful.rule(slot=SLOTS, response=LETTERS, back=st.integers(0, 3), page=st.integers(0, 2))
    def save(self, slot, response, back, page):
        """Save from the newest page or an older one, with a new sequence number or one of before."""
        self.step()
        if not self.leases:
            return
        self.seq += 1
        seq = max(1, self.seq - back)
        lease = self.leases[max(0, len(self.leases) - 1 - page)]
        row = self.row()
        try:
            ack = answers.save(
                attempt_id=self.attempt_id, lease=lease, change=Change(slot, response, False, seq), now=self.now
            )
        except attempts.LeaseLost:
            assert lease != row.lease
        except answers.TooLate:
            assert self.now > row.accepts_until
        except attempts.AttemptClosed:
            assert row.status != AttemptStatus.IN_PROGRESS
        else:
            assert (row.status, lease) == (AttemptStatus.IN_PROGRESS, row.lease)
            assert self.now <= row.accepts_until
            if seq > self.held.get(slot, (0, ""))[0]:
                self.held[slot] = (seq, response)
            assert ack.seq == self.held[slot][0]

    @stateful.rule(page=st.integers(0, 1))
    def submit(self, page):
        self.step()
        if not self.leases:
            return
        lease = self.leases[max(0, len(self.leases) - 1 - page)]
        row = self.row()
        try:
            closed = attempts.submit(attempt_id=self.attempt_id, lease=lease, now=self.now)
        except attempts.LeaseLost:
            assert (row.receipt, lease == row.lease) == (None, False)
        except attempts.AttemptClosed:
            assert row.receipt is None
            assert row.status != AttemptStatus.IN_PROGRESS
        else:
            assert self.receipt in (None, closed.receipt)
            self.receipt = closed.receipt
            assert closed.submitted_at <= closed.deadline

    @stateful.rule(seconds=st.sampled_from([60, 420]))
    def give_time(self, seconds):
        self.step()
        before = self.row()
        try:
            invigilation_time.give_time(seconds=seconds, reason="停电", **self.by_the_officer())
        except invigilation_time.NothingToGive:
            assert before.status not in (AttemptStatus.SCHEDULED, AttemptStatus.IN_PROGRESS)
        else:
            self.given += timedelta(seconds=seconds)

    @stateful.rule()
    def pause(self):
        self.step()
        runs = self.row().status == AttemptStatus.IN_PROGRESS
        stopped = invigilation_time.pause(reason="停电", **self.by_the_officer())
        assert stopped == int(runs and self.paused is None)
        self.paused = self.now if stopped else self.paused

    @stateful.rule()
    def resume(self):
        self.step()
        runs = self.row().status == AttemptStatus.IN_PROGRESS
        going_on = invigilation_time.resume(**self.by_the_officer())
        assert going_on == int(runs and self.paused is not None)
        if going_on:
            self.given += self.now - self.paused
            self.paused = None

    @stateful.rule(sure=st.integers(0, 9).map(lambda drawn: drawn == 0))
    def force_submit(self, sure):
        self.step()
        before = self.row()
        if not sure:
            return
        try:
            closed = invigilation_ending.force_submit(reason="离场", **self.by_the_officer())
        except NotPossible:
            assert before.status not in (AttemptStatus.IN_PROGRESS, AttemptStatus.SUBMITTED, AttemptStatus.GRADED)
        else:
            assert closed.receipt
            assert before.receipt in (None, closed.receipt)

    @stateful.rule(sure=st.integers(0, 29).map(lambda drawn: drawn == 0))
    def void(self, sure):
        self.step()
        before = self.row()
        if not sure:
            return
        try:
            invigilation_ending.void(reason="替考", **self.by_the_officer())
        except NotPossible:
            assert before.status in (AttemptStatus.VOIDED, AttemptStatus.ABSENT)

    def by_the_officer(self) -> dict:
        return {
            "sitting_id": type(self).sitting.pk,
            "attempt_id": self.attempt_id,
            "by": type(self).officer,
            "now": self.now,
        }

    @stateful.rule()
    def sweep(self):
        self.step()
        attempts.close_overdue(now=self.now)
        row = self.row()
        if row.status == AttemptStatus.IN_PROGRESS:
            assert row.accepts_until >= self.now

    @stateful.rule()
    def grade(self):
        self.step()
        before = Result.objects.filter(attempt=self.attempt_id).count()
        grading.grade(attempt_id=self.attempt_id, now=self.now)
        after = Result.objects.filter(attempt=self.attempt_id).count()
        assert after - before in (0, 1)
        assert after <= 1

    @invariant()
    def nothing_acknowledged_is_lost(self):
        if not hasattr(self, "attempt_id"):
            return
        stored = {slot: (seq, response) for slot, seq, response in Answer.objects.filter(
            attempt=self.attempt_id
        ).values_list("slot", "seq", "response")}  # fmt: skip
        assert stored == self.held

    @invariant()
    def its_time_is_what_it_was_given(self):
        if not hasattr(self, "attempt_id"):
            return
        row = self.row()
        if row.status == AttemptStatus.IN_PROGRESS:
            own = min(row.started_at + timedelta(minutes=120), self.sitting.closes_at)
            assert (row.deadline, row.paused_at) == (own + self.given, self.paused)

    @invariant()
    def it_moved_along_an_edge_or_not_at_all(self):
        if not hasattr(self, "attempt_id"):
            return
        row = self.row()
        if row.status != self.seen[-1]:
            reached, state = False, self.seen[-1]
            for between in ATTEMPT_EDGES[AttemptStatus(state)]:  # one act may close and another grade: two edges
                reached |= row.status == between or row.status in ATTEMPT_EDGES[between]
            assert reached, (state, row.status)
            self.seen.append(row.status)
        if row.receipt:
            assert self.receipt in (None, row.receipt)
            self.receipt = row.receipt


@pytest.mark.timeout(600)
def test_ten_thousand_steps_break_nothing(services, transactional_db, sitting, make_person, staff):
    AttemptMachine.sitting, AttemptMachine.make_person = sitting, staticmethod(make_person)
    AttemptMachine.officer = staff(Role.EXAM_OFFICER)
    run_state_machine_as_test(
        AttemptMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert steps_taken >= 10_000
