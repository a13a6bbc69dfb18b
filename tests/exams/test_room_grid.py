"""The room as its console shows it, and the list of today's sittings."""

from datetime import timedelta

import pytest

from exams.actions import attempts, invigilation, presence
from exams.actions import invigilation_time as clock
from exams.actions.answers import Change, save
from exams.enums import IncidentKind
from exams.queries import invigilation as reading

from .invigilation_fixtures import *  # noqa: F403


def who(attempt, by, at, clock="10:00", **fields):
    return {"sitting_id": attempt.admission.sitting_id, "by": by, "now": at(clock)} | fields


def one(attempt, by, at, clock="10:00", **fields):
    return who(attempt, by, at, clock, attempt_id=attempt.pk, **fields)


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
