"""What invigilators do beside the clock: check-in, seats, words, incidents, ending, another device."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.actions import roles
from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import attempts, grading, invigilation, invigilation_ending, presence
from exams.actions import invigilation_time as clock
from exams.actions.answers import Change, save
from exams.enums import AttemptStatus, IncidentKind, ReleasePolicy
from exams.models import Admission, Attempt, Incident, SittingMessage
from exams.queries import invigilation as reading

from .invigilation_fixtures import *  # noqa: F403


def who(attempt, by, at, clock="10:00", **fields):
    return {"sitting_id": attempt.admission.sitting_id, "by": by, "now": at(clock)} | fields


def one(attempt, by, at, clock="10:00", **fields):
    return who(attempt, by, at, clock, attempt_id=attempt.pk, **fields)


# Check-in -----------------------------------------------------------------------------------------------------------


def test_checking_in_twice_keeps_the_first_time(attempt, invigilator, officer, at):
    pk = attempt.admission_id
    invigilation.check_in(**who(attempt, invigilator, at, "08:40", admission_id=pk))
    invigilation.check_in(**who(attempt, officer, at, "08:50", admission_id=pk))
    admission = Admission.objects.get()
    assert (admission.checked_in_at, admission.checked_in_by) == (at("08:40"), invigilator)


def test_a_check_in_is_taken_back_until_the_exam_has_begun(attempt, start, invigilator, at):
    fields = {"admission_id": attempt.admission_id}
    invigilation.check_in(**who(attempt, invigilator, at, "08:40", **fields))
    invigilation.check_in(**who(attempt, invigilator, at, "08:41", undo=True, **fields))
    assert Admission.objects.get().checked_in_at is None
    invigilation.check_in(**who(attempt, invigilator, at, "08:42", **fields))
    start(attempt)
    with pytest.raises(invigilation.NotPossible):
        invigilation.check_in(**who(attempt, invigilator, at, "09:01", undo=True, **fields))
    assert Admission.objects.get().checked_in_at == at("08:42")


def test_a_cancelled_admission_is_not_checked_in(attempt, invigilator, at):
    Admission.objects.update(cancelled_at=at("08:35"))
    with pytest.raises(invigilation.NotPossible):
        invigilation.check_in(**who(attempt, invigilator, at, admission_id=attempt.admission_id))


@pytest.mark.parametrize("text", ["{}", " {}\n", "https://exam.example/tickets/{}/", "XHYJ|{}|2", "?ticket={}&v=1"])
def test_a_ticket_is_found_by_what_a_reader_gives(attempt, sitting, text):
    found = reading.admission_of_ticket(sitting, text.format(attempt.admission.ticket))
    assert found == attempt.admission


@pytest.mark.parametrize("text", ["", "0", "202611230000001", "'; drop", "9" * 5000])
def test_another_ticket_is_not_found(attempt, sitting, text):
    assert reading.admission_of_ticket(sitting, text) is None


# Seats --------------------------------------------------------------------------------------------------------------


def test_a_candidate_moves_to_a_free_seat(room_of, invigilator, at):
    first, _second = room_of(2)
    invigilation.move_seat(**one(first, invigilator, at, seat=4))
    first.admission.refresh_from_db()
    assert first.admission.seat == 4


@pytest.mark.parametrize("seat", [2, 0, 5])
def test_a_seat_that_is_taken_or_not_there_is_refused(room_of, invigilator, at, seat):
    first, _second = room_of(2)
    with pytest.raises(invigilation.SeatTaken):
        invigilation.move_seat(**one(first, invigilator, at, seat=seat))
    first.admission.refresh_from_db()
    assert first.admission.seat == 1


# Words and incidents ------------------------------------------------------------------------------------------------


def test_words_to_one_and_to_the_room_reach_whom_they_are_for(room_of, invigilator, sitting, at):
    first, second = room_of(2)
    invigilation.say(**who(first, invigilator, at, text="还有十分钟"))
    private = invigilation.say(**one(first, invigilator, at, text="请坐正"))
    texts = [[row["text"] for row in reading.messages_to(each.pk, sitting_id=sitting.pk)] for each in (first, second)]
    assert texts == [["还有十分钟", "请坐正"], ["还有十分钟"]]
    assert reading.messages_to(first.pk, sitting_id=sitting.pk, after=private.pk) == []


def test_an_incident_is_in_the_record_of_its_candidate(running, invigilator, officer, at):
    presence.notice(attempt_id=running.pk, events=[presence.Noticed("focus_lost", 12)], now=at("09:40"))
    invigilation.note_incident(**one(running, invigilator, at, kind=IncidentKind.DEVICE, text="鼠标失灵"))
    invigilation.note_incident(**who(running, invigilator, at, kind=IncidentKind.NETWORK, text="断网"))
    clock.give_time(**one(running, officer, at, "10:02", seconds=425, reason="换机"))
    record = reading.record_of(running)
    assert record.pop()["title"] == "+7:05"
    assert [(row["kind"], row["text"], row["by"]) for row in record] == [
        ("integrity", "12 s", ""),
        ("incident", "鼠标失灵", "invigilator"),
    ]
    assert Incident.objects.filter(attempt=None).get().text == "断网"


@pytest.mark.parametrize(("model", "fields"), [(SittingMessage, {}), (Incident, {"kind": "other"})])
def test_the_database_refuses_empty_words(running, sitting, at, model, fields):
    moment = {"sent_at" if model is SittingMessage else "noted_at": at("10:00")}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(sitting=sitting, text="", **fields, **moment)


# Ending -------------------------------------------------------------------------------------------------------------


def test_handing_in_for_a_candidate_keeps_what_was_saved(running, invigilator, at):
    save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("09:30"))
    done = invigilation_ending.force_submit(**one(running, invigilator, at, reason="离场"))
    assert (done.status, done.submitted_at, bool(done.receipt)) == ("submitted", at("10:00"), True)
    entry = AuditEntry.objects.filter(kind="exams.attempt").get()
    assert (entry.reason, entry.after) == ("离场", {"status": "submitted"})


def test_handing_in_again_keeps_the_receipt_and_leaves_no_second_entry(running, invigilator, at):
    first = attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("09:50"))
    again = invigilation_ending.force_submit(**one(running, invigilator, at, reason="离场"))
    assert (again.receipt, again.submitted_at) == (first.receipt, at("09:50"))
    assert not AuditEntry.objects.filter(kind="exams.attempt").exists()


def test_what_never_began_is_not_handed_in(attempt, invigilator, at):
    with pytest.raises(invigilation.NotPossible):
        invigilation_ending.force_submit(**one(attempt, invigilator, at, reason="?"))


def test_a_voided_attempt_takes_no_more_answers_and_never_comes_back(running, invigilator, at):
    invigilation_ending.void(**one(running, invigilator, at, reason="替考"))
    with pytest.raises(attempts.AttemptClosed):
        save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("10:01"))
    with pytest.raises(invigilation.NotPossible):
        invigilation_ending.void(**one(running, invigilator, at, reason="替考"))
    entry = AuditEntry.objects.filter(kind="exams.attempt").get()
    assert (entry.before, entry.after) == ({"status": "in_progress"}, {"status": "voided"})


@pytest.mark.parametrize(
    ("role", "policy", "voided"),
    [
        (Role.INVIGILATOR, ReleasePolicy.BY_OFFICER, True),
        (Role.INVIGILATOR, ReleasePolicy.AT_ONCE, False),
        (Role.EXAM_OFFICER, ReleasePolicy.AT_ONCE, True),
    ],
)
def test_a_result_the_candidate_knows_is_voided_by_an_officer_only(running, staff, sitting, at, role, policy, voided):
    type(sitting).objects.update(release_policy=policy)
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("09:50"))
    grading.grade(attempt_id=running.pk, now=at("09:51"))
    try:
        invigilation_ending.void(**one(running, staff(role), at, reason="替考"))
    except invigilation.NotPossible:
        assert not voided
    assert (Attempt.objects.get().status == AttemptStatus.VOIDED) is voided


# Who may ------------------------------------------------------------------------------------------------------------

ACTS = {
    invigilation.check_in: {"admission_id": 0},
    invigilation.move_seat: {"seat": 2},
    invigilation.say: {"text": "?"},
    invigilation.note_incident: {"kind": "other", "text": "?"},
    invigilation.release_device: {},
    invigilation_ending.force_submit: {"reason": "?"},
    invigilation_ending.void: {"reason": "?"},
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nobody_acts_on_themselves_or_without_duty(running, staff, other_person, at, act):
    fields = ACTS[act] | ({} if "admission_id" in ACTS[act] else {"attempt_id": running.pk})
    running.person.user.is_superuser = True
    running.person.user.save()
    for by in (running.person.user, other_person.user, staff(Role.EXAMINER)):
        with pytest.raises(invigilation.NotOnDuty):
            act(**who(running, by, at, **fields))
    running.refresh_from_db()
    assert (running.status, AuditEntry.objects.filter(kind="exams.attempt").exists()) == ("in_progress", False)


def test_whoever_is_disabled_is_on_duty_nowhere(sitting, invigilator):
    assert reading.sittings_of(invigilator).get() == sitting
    invigilator.is_active = False
    assert not reading.sittings_of(invigilator).exists()


def test_where_somebody_is_assigned_only_they_and_officers_are_on_duty(
    sitting, invigilator, officer, other_person, monkeypatch, at
):
    roles.grant(user=other_person.user, role=Role.INVIGILATOR, by=None, now=at("08:00"))
    duties = Incident.objects.annotate(user=F("noted_by"))  # stands in for the assignments: a sitting and a user
    monkeypatch.setattr(reading, "apps", SimpleNamespace(get_model=lambda *_: SimpleNamespace(objects=duties)))
    everybody = (invigilator, other_person.user, officer)
    assert [reading.sittings_of(user).exists() for user in everybody] == [True, True, True]
    Incident.objects.create(sitting=sitting, kind="other", text="?", noted_by=invigilator, noted_at=at("08:00"))
    assert [reading.sittings_of(user).exists() for user in everybody] == [True, False, True]
