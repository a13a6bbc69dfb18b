"""What a heartbeat earns (fault 17)."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from training.rules import study_time

START = datetime(2026, 11, 23, 10, tzinfo=UTC)


def credit(seconds: float | None, credited: float = 0, required: int = 600, scale: float = 1) -> float:
    """Credit a heartbeat ``seconds`` after the last one; None: there was none."""
    last = None if seconds is None else START - timedelta(seconds=seconds)
    return study_time.credit(credited=credited, required=required, last_beat=last, now=START, scale=scale)


def test_the_first_heartbeat_only_starts_the_clock():
    assert credit(None) == 0


@pytest.mark.parametrize(("silence", "earned"), [(0, 0), (0.5, 0.5), (15, 15), (20, 20), (21, 20), (3600, 20)])
def test_a_heartbeat_earns_the_silence_before_it_up_to_twenty_seconds(silence, earned):
    assert credit(silence) == earned


def test_a_clock_that_stepped_back_earns_nothing():
    assert credit(-300, credited=45) == 45


def test_credit_never_passes_what_is_required():
    assert credit(15, credited=590, required=600) == 600


def test_the_scale_of_browser_tests_multiplies_the_time():
    assert credit(15, scale=60) == 600
    assert credit(10, scale=2) == 20


def test_any_flood_of_heartbeats_earns_at_most_the_time_that_passed():
    random = Random(17)
    for _ in range(200):
        moments = sorted(START + timedelta(seconds=random.uniform(0, 300)) for _ in range(random.randint(1, 80)))
        earned, last = 0.0, None
        for moment in moments:
            earned = study_time.credit(credited=earned, required=10_000, last_beat=last, now=moment, scale=1)
            last = moment
        assert earned <= (moments[-1] - moments[0]).total_seconds() + 1e-6


def test_a_lesson_asks_for_its_minutes_and_a_film_for_its_length_less_one_heartbeat():
    assert study_time.required_seconds(minutes=6, film_seconds=None) == 360
    assert study_time.required_seconds(minutes=1, film_seconds=40) == 24
    assert study_time.required_seconds(minutes=1, film_seconds=20) == 10


@pytest.mark.parametrize("length", [15, 20, 31, 40, 59, 60, 61, 600])
def test_one_viewing_of_a_film_from_end_to_end_is_enough(length):
    required = study_time.required_seconds(minutes=1, film_seconds=length)
    beats = range(0, length + 1, study_time.BEAT_SECONDS)
    earned, last = 0.0, None
    for beat in [START + timedelta(seconds=after) for after in beats]:
        earned = study_time.credit(credited=earned, required=required, last_beat=last, now=beat, scale=1)
        last = beat
    assert earned == required


def test_a_credit_hour_is_forty_five_minutes():
    assert study_time.credit_hours(2700) == 1
    assert study_time.credit_hours(4050) == 1.5
