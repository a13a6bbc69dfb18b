"""A room of candidates, the invigilator on duty, and their clocks."""

import pytest

from accounts.enums import Role
from exams.actions import attempts
from exams.actions.admissions import admit


@pytest.fixture
def invigilator(staff):
    return staff(Role.INVIGILATOR)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def room_of(sitting, make_person, at):
    """Return a function that admits so many candidates to the sitting and returns their attempts by seat."""

    def fill(count: int):
        sitting.room.seats = count + 2
        sitting.room.save()
        people = [make_person(name=f"考生{number}") for number in range(1, count + 1)]
        return [admit(sitting=sitting, person=one, by=None, now=at("08:30")).attempt for one in people]

    return fill


@pytest.fixture
def start(at):
    """Return a function that starts an attempt at a time and takes its lease."""

    def begin(attempt, clock="09:00"):
        attempts.start(attempt_id=attempt.pk, by=attempt.person, passcode="4711", now=at(clock))
        attempts.take_lease(attempt_id=attempt.pk, by=attempt.person)
        attempt.refresh_from_db()
        return attempt

    return begin
