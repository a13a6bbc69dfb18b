"""What a page tells of itself, which device may go on, and that a push never fails an act."""

import pytest

from exams import pushing
from exams.actions import attempts, invigilation, invigilation_ending, presence
from exams.enums import AttemptStatus
from exams.models import Attempt, IntegrityEvent, Presence
from exams.rules.access import Place

from .invigilation_fixtures import *  # noqa: F403


def one(attempt, by, at, clock="10:00", **fields):
    return {"sitting_id": attempt.admission.sitting_id, "by": by, "now": at(clock), "attempt_id": attempt.pk} | fields


@pytest.fixture
def bound(sitting, attempt, person, at):
    """A running attempt whose sitting binds it to its device, which is called here."""
    type(sitting).objects.update(takeover="released")
    here = Place(device="here")
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
