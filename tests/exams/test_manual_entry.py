"""Answers typed in from paper: two persons, one truth, and the attempt's states as the table allows."""

# ruff: noqa: F811  (fixtures that are imported and asked for)

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import attempts, grading, manual_entry
from exams.enums import AttemptStatus
from exams.models import Answer, Attempt, ManualEntry
from exams.queries.papers import key_of
from tests.exams.paper_fixtures import officers, on_paper  # noqa: F401  (fixtures)


def enter(attempt, by, at, responses=None, begun="09:15", handed_in="10:40", now="15:00"):
    right = key_of(attempt.paper_id) if responses is None else responses
    times = {"begun_at": at(begun), "handed_in_at": at(handed_in)}
    return manual_entry.enter(attempt_id=attempt.pk, responses=right, **times, by=by, now=at(now))


def settle(attempt, by, at, responses, begun="09:15", handed_in="10:40"):
    times = {"begun_at": at(begun), "handed_in_at": at(handed_in)}
    return manual_entry.settle(attempt_id=attempt.pk, responses=responses, **times, by=by, now=at("15:00"))


def test_two_entries_that_agree_hand_the_paper_in_with_its_own_times(on_paper, officers, at):
    first = enter(on_paper, officers[0], at)
    assert (first.entries, first.receipt, on_paper.answers.count()) == (1, None, 0)
    second = enter(on_paper, officers[1], at)
    on_paper.refresh_from_db()
    assert (second.differences, second.receipt) == ([], on_paper.receipt)
    assert on_paper.status == AttemptStatus.SUBMITTED
    assert (on_paper.started_at, on_paper.submitted_at) == (at("09:15"), at("10:40"))
    assert on_paper.deadline == on_paper.accepts_until == at("11:15")
    result = grading.grade(attempt_id=on_paper.pk, now=at("15:01"))
    assert (result.score, result.full_marks) == (5, 5)


def test_answers_left_empty_are_not_stored(on_paper, officers, at):
    right = key_of(on_paper.paper_id) | {2: ""}
    enter(on_paper, officers[0], at, right)
    enter(on_paper, officers[1], at, {slot: said for slot, said in right.items() if slot != 2})
    assert list(Answer.objects.filter(attempt=on_paper).order_by("slot").values_list("slot", flat=True)) == [1, 3, 4, 5]
    assert grading.grade(attempt_id=on_paper.pk, now=at("15:01")).score == 4


def test_entries_that_differ_wait_for_whoever_looks_at_the_sheet(on_paper, officers, at):
    right = key_of(on_paper.paper_id)
    wrong = "B" if right[1] == "A" else "A"
    enter(on_paper, officers[0], at, right)
    second = enter(on_paper, officers[1], at, {**right, 1: wrong, 5: ""})
    found = [(one.slot, one.first, one.second) for one in second.differences]
    assert found == [(1, right[1], wrong), (5, right[5], "")]
    assert second.receipt is None
    with pytest.raises(manual_entry.EnteredByYou):
        settle(on_paper, officers[0], at, {1: wrong, 5: right[5]})
    with pytest.raises(manual_entry.NotFitting):
        settle(on_paper, officers[1], at, {1: wrong})
    with pytest.raises(manual_entry.NotFitting):
        settle(on_paper, officers[1], at, {1: wrong, 5: "Z"})
    with pytest.raises(manual_entry.TimesDoNotFit):
        settle(on_paper, officers[1], at, {1: wrong, 5: ""}, begun="10:50")
    assert not on_paper.answers.exists()
    settle(on_paper, officers[2], at, {1: wrong, 5: right[5]})
    said = dict(on_paper.answers.values_list("slot", "response"))
    assert said == {**right, 1: wrong}
    entry = AuditEntry.objects.filter(kind="exams.attempt").order_by("pk").last()
    assert (entry.actor_id, entry.object_id) == (officers[2].pk, str(on_paper.pk))
    assert entry.after["decided"] == {"1": [right[1], wrong, wrong], "5": [right[5], "", right[5]]}


def test_times_that_differ_are_decided_too(on_paper, officers, at):
    enter(on_paper, officers[0], at)
    second = enter(on_paper, officers[1], at, handed_in="10:45")
    assert (second.differences, second.times_differ, second.receipt) == ([], True, None)
    settle(on_paper, officers[1], at, {}, handed_in="10:45")
    on_paper.refresh_from_db()
    assert on_paper.submitted_at == at("10:45")


def test_the_same_person_corrects_the_first_entry_but_is_never_the_second(on_paper, officers, at):
    right = key_of(on_paper.paper_id)
    enter(on_paper, officers[0], at, {1: right[1]})
    again = enter(on_paper, officers[0], at)
    assert (again.entries, ManualEntry.objects.count()) == (1, 1)
    enter(on_paper, officers[1], at, {1: right[1]})
    for officer in officers:
        with pytest.raises(manual_entry.EnteredByYou):
            enter(on_paper, officer, at)
    assert ManualEntry.objects.count() == 2


def test_the_database_holds_two_entries_of_two_persons(on_paper, officers, at):
    enter(on_paper, officers[0], at)
    times = {"begun_at": at("09:15"), "handed_in_at": at("10:00"), "entered_at": at("15:00")}
    for number, by in ((2, officers[0]), (3, officers[1]), (1, officers[1])):
        with pytest.raises(IntegrityError), transaction.atomic():
            ManualEntry.objects.create(attempt=on_paper, number=number, entered_by=by, **times)
    backwards = {**times, "handed_in_at": at("09:15")}
    with pytest.raises(IntegrityError), transaction.atomic():
        ManualEntry.objects.create(attempt=on_paper, number=2, entered_by=officers[1], **backwards)


@pytest.mark.parametrize(
    ("begun", "handed_in", "now"),
    [("08:59", "10:00", "15:00"), ("10:00", "10:00", "15:00"), ("09:00", "10:01", "10:00")],
)
def test_times_before_the_sitting_backwards_or_in_the_future_are_refused(on_paper, officers, at, begun, handed_in, now):
    with pytest.raises(manual_entry.TimesDoNotFit):
        enter(on_paper, officers[0], at, begun=begun, handed_in=handed_in, now=now)
    assert not ManualEntry.objects.exists()


def test_a_paper_at_the_very_edges_of_its_times_is_taken(on_paper, officers, at):
    assert enter(on_paper, officers[0], at, begun="09:00", handed_in="15:00", now="15:00").entries == 1


def test_a_paper_handed_in_late_keeps_its_answers_and_shows_its_time(on_paper, officers, at):
    for officer in officers[:2]:
        enter(on_paper, officer, at, handed_in="13:00")
    on_paper.refresh_from_db()
    assert on_paper.deadline == on_paper.submitted_at == at("13:00")
    assert grading.grade(attempt_id=on_paper.pk, now=at("15:01")).score == 5


@pytest.mark.parametrize("responses", [{6: "A"}, {1: "C"}, {4: "AB"}, {4: "a"}])
def test_what_answers_no_question_of_the_paper_is_refused(on_paper, officers, at, responses):
    with pytest.raises(manual_entry.NotFitting):
        enter(on_paper, officers[0], at, responses)
    assert not ManualEntry.objects.exists()


def test_only_attempts_on_paper_take_entries(attempt, officers, at):
    with pytest.raises(manual_entry.NotOnPaper):
        enter(attempt, officers[0], at)
    with pytest.raises(manual_entry.NotOnPaper):
        settle(attempt, officers[0], at, {})


def test_what_runs_on_the_screen_cannot_go_on_paper(running, officers, at):
    assert manual_entry.put_on_paper(sitting=running.admission.sitting, by=officers[0], now=at("09:30")) == 0
    with pytest.raises(manual_entry.NotOnPaper):
        enter(running, officers[0], at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=running.pk).update(on_paper_at=at("09:30"))


def test_what_is_on_paper_cannot_start_on_the_screen(on_paper, at):
    with pytest.raises(attempts.AttemptClosed):
        attempts.start(attempt_id=on_paper.pk, by=on_paper.person, passcode="4711", now=at("09:30"))
    on_paper.refresh_from_db()
    assert (on_paper.status, on_paper.started_at) == (AttemptStatus.SCHEDULED, None)


def test_what_is_on_paper_is_not_counted_as_absent(on_paper, at):
    attempts.close_overdue(now=at("20:00"))
    on_paper.refresh_from_db()
    assert on_paper.status == AttemptStatus.SCHEDULED


def test_a_paper_handed_in_takes_no_more_entries(on_paper, officers, at):
    for officer in officers[:2]:
        enter(on_paper, officer, at)
    with pytest.raises(manual_entry.NotOnPaper):
        enter(on_paper, officers[2], at)
    with pytest.raises(manual_entry.NotOnPaper):
        settle(on_paper, officers[2], at, {})


def test_who_did_not_come_is_absent_and_who_can_goes_back_to_the_screen(on_paper, officers, at):
    manual_entry.take_off_paper(attempt_id=on_paper.pk, came=True, by=officers[0], now=at("09:20"))
    on_paper.refresh_from_db()
    assert (on_paper.on_paper_at, on_paper.status) == (None, AttemptStatus.SCHEDULED)
    with pytest.raises(manual_entry.NotOnPaper):
        manual_entry.take_off_paper(attempt_id=on_paper.pk, came=False, by=officers[0], now=at("09:20"))
    manual_entry.put_on_paper(sitting=on_paper.admission.sitting, by=officers[0], now=at("09:21"))
    manual_entry.take_off_paper(attempt_id=on_paper.pk, came=False, by=officers[0], now=at("09:22"))
    on_paper.refresh_from_db()
    assert on_paper.status == AttemptStatus.ABSENT


def test_a_paper_with_an_entry_stays_on_paper(on_paper, officers, at):
    enter(on_paper, officers[0], at)
    with pytest.raises(manual_entry.NotOnPaper):
        manual_entry.take_off_paper(attempt_id=on_paper.pk, came=True, by=officers[0], now=at("15:00"))


def test_only_officers_do_any_of_this(on_paper, staff, at):
    examiner = staff(Role.EXAMINER)
    sitting = on_paper.admission.sitting
    tries = [
        lambda: manual_entry.put_on_paper(sitting=sitting, by=examiner, now=at("09:00")),
        lambda: manual_entry.take_off_paper(attempt_id=on_paper.pk, came=True, by=examiner, now=at("09:00")),
        lambda: enter(on_paper, examiner, at, {}),
        lambda: settle(on_paper, examiner, at, {}),
    ]
    for act in tries:
        with pytest.raises(manual_entry.NotAnOfficer):
            act()


def test_each_step_is_recorded_without_the_answers(on_paper, officers, at):
    enter(on_paper, officers[0], at)
    enter(on_paper, officers[1], at)
    kinds = AuditEntry.objects.filter(kind__in=("exams.attempt", "exams.manualentry")).order_by("pk")
    assert [(one.kind, one.actor_id) for one in kinds] == [
        ("exams.attempt", officers[0].pk),
        ("exams.manualentry", None),
        ("exams.manualentry", None),
        ("exams.attempt", officers[1].pk),
    ]
    assert [one.after.get("responses") for one in kinds] == [None, "•••", "•••", None]
