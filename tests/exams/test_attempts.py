"""Start, lease, save, submit, close."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from exams.actions import answers, attempts
from exams.actions.answers import Change
from exams.enums import AttemptStatus
from exams.models import Answer, Attempt, LateAnswer
from exams.models.attempts import IllegalMove


def save(attempt, at, clock="09:30", **fields):
    change = Change(**{"slot": 1, "response": "A", "marked": False, "seq": 1, **fields})
    return answers.save(attempt_id=attempt.pk, lease=attempt.lease, change=change, now=at(clock))


def stored(slot=1):
    return Answer.objects.values_list("response", "seq").get(slot=slot)


def test_start_fixes_the_deadline(attempt, person, at):
    started = attempts.start(attempt_id=attempt.pk, by=person, passcode=" 4711 ", now=at("09:10"))
    assert started.status == AttemptStatus.IN_PROGRESS
    assert (started.started_at, started.deadline, started.accepts_until) == (at("09:10"), at("11:10"), at("11:10:30"))


def test_start_late_in_the_window_ends_with_the_window(attempt, person, at):
    assert attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("11:00")).deadline == at("12:00")


def test_start_twice_keeps_the_first_start(attempt, person, at):
    attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:00"))
    again = attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:05"))
    assert again.started_at == at("09:00")
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("clock", ["08:59:59", "12:00"])
def test_start_outside_the_window_is_refused(attempt, person, at, clock):
    with pytest.raises(attempts.NotOpen):
        attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at(clock))
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.SCHEDULED


def test_start_with_another_code_is_refused(attempt, person, at):
    with pytest.raises(attempts.WrongPasscode):
        attempts.start(attempt_id=attempt.pk, by=person, passcode="4712", now=at("09:00"))


def test_start_of_someone_elses_attempt_is_not_found(attempt, other_person, at):
    with pytest.raises(Attempt.DoesNotExist):
        attempts.start(attempt_id=attempt.pk, by=other_person, passcode="4711", now=at("09:00"))


def test_save_is_one_statement_and_acknowledges(running, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        ack = save(running, at, response="B", seq=7)
    assert (ack.slot, ack.seq, ack.deadline) == (1, 7, at("11:00"))
    assert stored() == ("B", 7)


def test_save_keeps_the_highest_sequence_whatever_arrives_last(running, at):
    save(running, at, response="B", seq=8)
    ack = save(running, at, response="A", seq=7)
    assert ack.seq == 8
    assert stored() == ("B", 8)


def test_save_of_the_same_sequence_again_is_acknowledged_and_changes_nothing(running, at):
    save(running, at, response="B", seq=8)
    assert save(running, at, response="B", seq=8).seq == 8
    assert Answer.objects.count() == 1


def test_save_of_an_empty_choice_takes_the_answer_back(running, at):
    save(running, at, response="B", seq=1)
    save(running, at, response="", seq=2, marked=True)
    assert stored() == ("", 2)


@pytest.mark.parametrize(
    "fields",
    [{"slot": 6}, {"response": "C"}, {"slot": 4, "response": "E"}],
    ids=["a slot not on the paper", "a third option of true/false", "a fifth option"],
)
def test_save_of_what_is_not_on_the_paper_is_refused(running, at, fields):
    with pytest.raises(answers.InvalidAnswer):
        save(running, at, **fields)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"slot": 0}, {"slot": True}, {"seq": 0}, {"seq": float("nan")}, {"seq": 2**31}, {"response": "A B"},
     {"response": "a"}, {"response": None}, {"marked": 1}, {"response": "A" * 1_000_000}],
)  # fmt: skip
def test_a_malformed_change_is_refused(fields):
    with pytest.raises(answers.InvalidAnswer):
        Change(**{"slot": 1, "response": "A", "marked": False, "seq": 1, **fields})


def test_save_under_an_old_lease_is_refused(running, person, at):
    attempts.take_lease(attempt_id=running.pk, by=person)
    with pytest.raises(attempts.LeaseLost):
        save(running, at)
    assert not Answer.objects.exists()


def test_save_within_the_grace_counts(running, at):
    assert save(running, at, clock="11:00:30").seq == 1


def test_save_after_the_grace_is_kept_as_unscored_evidence(running, at):
    with pytest.raises(answers.TooLate):
        save(running, at, clock="11:00:31", response="B", seq=9)
    assert not Answer.objects.exists()
    assert LateAnswer.objects.values_list("slot", "response", "seq", "arrived_at").get() == (1, "B", 9, at("11:00:31"))


def test_save_after_submission_is_closed_with_the_receipt(running, at):
    receipt = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00")).receipt
    with pytest.raises(attempts.AttemptClosed) as closed:
        save(running, at, clock="10:01")
    assert closed.value.receipt == receipt


def test_submit_twice_returns_the_same_receipt(running, at):
    first = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))
    again = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:31"))
    assert again.receipt == first.receipt
    assert len(first.receipt) == 19
    assert Attempt.objects.get().submitted_at == at("10:30")


def test_submit_after_the_deadline_is_stamped_with_the_deadline(running, at):
    assert attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("11:00:20")).submitted_at == at("11:00")


def test_submit_under_an_old_lease_is_refused(running, person, at):
    attempts.take_lease(attempt_id=running.pk, by=person)
    with pytest.raises(attempts.LeaseLost):
        attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))
    assert Attempt.objects.get().status == AttemptStatus.IN_PROGRESS


def test_submit_of_what_never_started_is_refused(attempt, at):
    with pytest.raises(attempts.AttemptClosed):
        attempts.submit(attempt_id=attempt.pk, lease="", now=at("10:30"))


def test_the_sweep_closes_what_nobody_closed_with_its_deadline(running, at):
    assert attempts.close_overdue(now=at("11:00:30")) == 0
    assert attempts.close_overdue(now=at("11:00:31")) == 1
    closed = Attempt.objects.get()
    assert (closed.status, closed.submitted_at) == (AttemptStatus.SUBMITTED, at("11:00"))
    assert attempts.close_overdue(now=at("11:05")) == 0


def test_the_sweep_marks_who_never_came_as_absent(attempt, at):
    attempts.close_overdue(now=at("12:00:01"))
    assert Attempt.objects.get().status == AttemptStatus.ABSENT


def test_a_lease_for_someone_elses_attempt_is_refused(running, other_person):
    with pytest.raises(attempts.AttemptClosed):
        attempts.take_lease(attempt_id=running.pk, by=other_person)


def test_a_save_for_an_unknown_attempt_is_refused(running, at):
    running.pk = uuid4()
    with pytest.raises(answers.InvalidAnswer):
        save(running, at)


def test_an_illegal_move_is_refused(running):
    with pytest.raises(IllegalMove):
        running.move_to(AttemptStatus.ABSENT)


@pytest.mark.parametrize("fields", [{"status": "in_progress"}, {"status": "submitted"}])
def test_the_database_refuses_a_state_without_its_facts(attempt, fields):
    with pytest.raises(IntegrityError):
        Attempt.objects.filter(pk=attempt.pk).update(**fields)
