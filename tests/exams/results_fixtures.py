"""A sitting whose results an officer releases, and candidates who sat it with chosen mistakes."""

import pytest

from accounts.enums import Role
from accounts.models import User
from exams.actions import answers, attempts, grading, releasing
from exams.actions.admissions import admit
from exams.actions.answers import Change
from exams.enums import ReleasePolicy
from exams.models import Attempt
from exams.queries.papers import keyed, right_response
from exams.rules.responses import letters


def wrong_response(key) -> str:
    """Return the first shown option that is not right, as a response to a question with one right option."""
    wrong = next(part.position for part in key.parts if not part.is_right)
    return letters([wrong], key.order)


def submit(attempt: Attempt, at, *, wrong=(), skip=(), start="09:00", times=None) -> Attempt:
    """Sit the attempt from its start to its end: all right but the slots in ``wrong``, none in ``skip``."""
    attempts.start(attempt_id=attempt.pk, by=attempt.person, passcode="4711", now=at(start))
    lease = attempts.take_lease(attempt_id=attempt.pk, by=attempt.person)
    for slot in keyed(attempt.paper_id):
        if slot.number not in skip:
            response = wrong_response(slot.key) if slot.number in wrong else right_response(slot.key)
            change = Change(slot.number, response, False, slot.number)
            moment = times[slot.number] if times else at("10:00")
            answers.save(attempt_id=attempt.pk, lease=lease, change=change, now=moment)
    return attempts.submit(attempt_id=attempt.pk, lease=lease, now=at("10:30"))


@pytest.fixture
def held(sitting):
    """The sitting of conftest, whose results an officer must release."""
    sitting.release_policy = ReleasePolicy.BY_OFFICER
    sitting.room.seats = 500
    sitting.room.save()
    sitting.save()
    return sitting


@pytest.fixture
def candidate(held, make_person, at):
    """Return a function that admits a new person to the sitting and lets them sit it."""

    def sat(**how) -> Attempt:
        admission = admit(sitting=held, person=make_person(), by=None, now=at("08:30"))
        return submit(admission.attempt, at, **how)

    return sat


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def second_officer(officer, at):
    """Another exam officer."""
    from accounts.actions import roles

    user = User.objects.create_user(username="officer-2")
    roles.grant(user=user, role=Role.EXAM_OFFICER, by=None, now=at("08:00"))
    return user


@pytest.fixture
def released(held, candidate, officer, at):
    """Two graded candidates, one all right, one with two mistakes; the results are released at 13:00."""
    good, weak = candidate(), candidate(wrong=(1, 2))
    grading.grade_waiting(now=at("10:31"))
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    return [Attempt.objects.get(pk=attempt.pk) for attempt in (good, weak)]


@pytest.fixture
def third_officer(second_officer, at):
    """One more exam officer."""
    from accounts.actions import roles

    user = User.objects.create_user(username="officer-3")
    roles.grant(user=user, role=Role.EXAM_OFFICER, by=None, now=at("08:00"))
    return user
