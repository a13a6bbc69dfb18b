"""What invigilators do beside the clock: check-in, seats, words, incidents, ending, another device."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.actions import roles
from accounts.enums import Role
from core.models import AuditEntry
from exams import pushing
from exams.actions import attempts, grading, invigilation, invigilation_ending, presence
from exams.actions import invigilation_time as clock
from exams.actions.answers import Change, save
from exams.enums import AttemptStatus, IncidentKind, ReleasePolicy
from exams.models import Admission, Attempt, Incident, IntegrityEvent, Presence, SittingMessage
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
    record = reading.record_of(running)
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


# Another device -----------------------------------------------------------------------------------------------------


@pytest.fixture
def bound(sitting, attempt, person, at):
    """A running attempt whose sitting binds it to its device, which is called here."""
    type(sitting).objects.update(takeover="released")
    here = attempts.access.Place(device="here")
    attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:00"), place=here)
    return attempt


def lease(attempt, device):
    return attempts.take_lease(attempt_id=attempt.pk, by=attempt.person, device=device)


def test_only_the_device_it_was_begun_on_may_go_on(bound):
    assert lease(bound, "here") != lease(bound, "here")
    with pytest.raises(attempts.OtherDevice):
        lease(bound, "there")
    with pytest.raises(attempts.OtherDevice):
        lease(bound, "")


def test_after_the_release_the_next_device_is_the_one(bound, invigilator, at):
    old = lease(bound, "here")
    invigilation.release_device(**one(bound, invigilator, at))
    assert Attempt.objects.get().lease == old
    lease(bound, "there")
    with pytest.raises(attempts.OtherDevice):
        lease(bound, "here")


def test_a_room_started_together_binds_the_first_device_that_comes(bound):
    Attempt.objects.update(device="")
    lease(bound, "there")
    with pytest.raises(attempts.OtherDevice):
        lease(bound, "here")


def test_where_the_newest_page_wins_any_device_may_go_on(running):
    lease(running, "here")
    lease(running, "there")
    assert Attempt.objects.get().device == "there"


def test_what_is_over_is_neither_released_nor_taken(bound, invigilator, at):
    attempts.submit(attempt_id=bound.pk, lease=lease_now(bound), now=at("09:50"))
    with pytest.raises(invigilation.NotPossible):
        invigilation.release_device(**one(bound, invigilator, at))
    with pytest.raises(attempts.AttemptClosed):
        lease(bound, "there")


def lease_now(attempt):
    return lease(attempt, "here")


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


# Presence, integrity, pushing ---------------------------------------------------------------------------------------


def test_being_seen_is_one_statement_and_keeps_the_last_time(running, at, django_assert_num_queries):
    presence.seen(attempt_id=running.pk, now=at("09:30"))
    with django_assert_num_queries(1):
        presence.seen(attempt_id=running.pk, now=at("09:31"))
    assert Presence.objects.get().seen_at == at("09:31")


def test_what_a_page_noticed_is_stored_while_the_exam_runs(running, at):
    events = [presence.Noticed("copy"), presence.Noticed("full_screen_left", 3)]
    assert presence.notice(attempt_id=running.pk, events=events, now=at("09:30")) == 2
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("09:50"))
    assert presence.notice(attempt_id=running.pk, events=events, now=at("09:51")) == 0
    assert list(IntegrityEvent.objects.values_list("kind", "seconds", "at")) == [
        ("copy", None, at("09:30")),
        ("full_screen_left", 3, at("09:30")),
    ]


@pytest.mark.parametrize(
    "wrong", [("devtools",), ("copy", -1), ("copy", True), ("copy", 1.5), ("copy", 86401), (None,)]
)
def test_no_such_event_is_refused(wrong):
    with pytest.raises(presence.InvalidEvent):
        presence.Noticed(*wrong)


def test_a_channel_layer_that_is_down_is_logged_and_the_act_stands(
    running, invigilator, at, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    class Down:
        async def group_send(self, group, message):
            raise ConnectionError("no Redis")

    monkeypatch.setattr(pushing, "get_channel_layer", Down)
    with django_capture_on_commit_callbacks(execute=True):
        invigilation_ending.force_submit(**one(running, invigilator, at, reason="离场"))
    assert Attempt.objects.get().status == AttemptStatus.SUBMITTED
    assert f"the consoles of sitting {running.admission.sitting_id} were not told" in caplog.text


# The room -----------------------------------------------------------------------------------------------------------


def test_the_grid_tells_state_answers_clock_and_counts(room_of, start, invigilator, sitting, at):
    waiting, here, sits, stands, done = room_of(5)
    invigilation.check_in(**who(here, invigilator, at, "08:45", admission_id=here.admission_id))
    for each in (sits, stands, done):
        start(each)
    save(attempt_id=sits.pk, lease=sits.lease, change=Change(1, "A", False, 1), now=at("09:20"))
    save(attempt_id=sits.pk, lease=sits.lease, change=Change(2, "", True, 2), now=at("09:21"))
    presence.seen(attempt_id=sits.pk, now=at("09:29"))
    presence.seen(attempt_id=stands.pk, now=at("09:15"))
    presence.notice(attempt_id=sits.pk, events=[presence.Noticed("copy")] * 3, now=at("09:25"))
    invigilation.note_incident(**one(sits, invigilator, at, kind=IncidentKind.HEALTH, text="头晕"))
    clock.pause(**one(stands, invigilator, at, "09:20", reason="停电"))
    attempts.submit(attempt_id=done.pk, lease=done.lease, now=at("09:25"))
    rows = reading.room(sitting, now=at("09:30"))
    assert [row.state for row in rows] == ["scheduled", "checked_in", "in_progress", "paused", "submitted"]
    assert [row.seat for row in rows] == [1, 2, 3, 4, 5]
    third = rows[2]
    assert (third.name, third.answered, third.questions, third.seconds_left) == ("考生3", 1, 5, 5400)
    assert (third.incidents, third.integrity, third.last_seen) == (1, 3, at("09:29").isoformat())
    assert (rows[3].seconds_left, rows[3].last_seen) == (6000, at("09:15").isoformat())
    assert (rows[0].seconds_left, rows[0].last_seen, rows[4].seconds_left) == (None, None, None)
    assert waiting.admission.ticket == rows[0].ticket


def test_the_last_answer_counts_as_seen_where_the_page_never_asked(running, sitting, at):
    save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("09:20"))
    assert reading.room(sitting, now=at("09:30"))[0].last_seen == at("09:20").isoformat()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_todays_sittings_costs_one_query(
    room_of, start, invigilator, sitting, at, count, django_assert_num_queries
):
    first, *_rest = room_of(2)
    start(first)
    for _number in range(count - 1):
        sitting.pk = None
        sitting.save()
    later = type(sitting).objects.get(pk=sitting.pk)
    later.pk = None
    later.opens_at += timedelta(days=2)
    later.closes_at += timedelta(days=2)
    later.save()
    with django_assert_num_queries(1):
        rows = list(reading.todays(invigilator, at("10:00")))
        assert str(rows[0].room.point) == "考试中心"
    assert [(row.candidates, row.sitting_now, row.handed_in) for row in rows] == [(2, 1, 0)] + [(0, 0, 0)] * (count - 1)
