"""The invigilator starts the room: everybody who has checked in, at once."""

import pytest

from exams.actions import attempts
from exams.actions import invigilation_time as clock
from exams.actions.invigilation import check_in
from exams.enums import AttemptStatus
from exams.rules.timing import NOTICED

from .invigilation_fixtures import *  # noqa: F403


def end(attempt):
    attempt.refresh_from_db()
    return attempt.deadline, attempt.accepts_until


@pytest.fixture
def together(sitting):
    sitting.starts_together = sitting.needs_check_in = True
    sitting.save()
    return sitting


def checked_in(attempts_of_room, sitting, by, at):
    for each in attempts_of_room:
        check_in(admission_id=each.admission_id, sitting_id=sitting.pk, by=by, now=at("08:45"))


def test_the_room_starts_with_one_update_whoever_has_checked_in(
    room_of, together, invigilator, at, django_assert_num_queries
):
    here, away = (seats := room_of(5))[:4], seats[4]
    checked_in(here, together, invigilator, at)
    extra = {"seconds": 420, "reason": "视力障碍", "attempt_id": here[0].pk}
    clock.give_time(sitting_id=together.pk, by=invigilator, now=at("08:50"), **extra)
    # the duty, the lock, the start, room_started_at, the audit entry; and the savepoint inside the test
    with django_assert_num_queries(5 + 2):
        assert clock.start_room(sitting_id=together.pk, by=invigilator, now=at("09:00")) == 4
    assert end(here[0])[0] == at("11:07") + NOTICED
    assert {end(each)[0] for each in here[1:]} == {at("11:00") + NOTICED}
    assert {each.started_at for each in here[1:]} == {at("09:00")}
    away.refresh_from_db()
    assert away.status == AttemptStatus.SCHEDULED


def test_starting_again_starts_who_came_since_and_moves_nobody_elses_clock(room_of, together, invigilator, at):
    one, late = room_of(2)
    checked_in([one], together, invigilator, at)
    clock.start_room(sitting_id=together.pk, by=invigilator, now=at("09:00"))
    checked_in([late], together, invigilator, at)
    assert clock.start_room(sitting_id=together.pk, by=invigilator, now=at("09:10")) == 1
    assert end(one)[0] == at("11:00") + NOTICED
    assert end(late)[0] == at("11:10") + NOTICED
    together.refresh_from_db()
    assert together.room_started_at == at("09:00")


def test_a_cancelled_admission_is_not_started(room_of, together, invigilator, at):
    (gone,) = room_of(1)
    checked_in([gone], together, invigilator, at)
    gone.admission.cancelled_at = at("08:50")
    gone.admission.save()
    assert clock.start_room(sitting_id=together.pk, by=invigilator, now=at("09:00")) == 0


@pytest.mark.parametrize("moment", ["08:59:59", "12:00"])
def test_a_room_outside_its_window_is_not_started(room_of, together, invigilator, at, moment):
    checked_in(room_of(1), together, invigilator, at)
    with pytest.raises(attempts.NotOpen):
        clock.start_room(sitting_id=together.pk, by=invigilator, now=at(moment))
    together.refresh_from_db()
    assert together.room_started_at is None
