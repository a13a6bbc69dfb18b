"""Officers, and an attempt that is written on paper."""

import pytest

from accounts.enums import Role
from accounts.models import User
from exams.actions import manual_entry
from exams.models import Attempt


@pytest.fixture
def officers(staff):
    """Three exam officers."""
    first = staff(Role.EXAM_OFFICER)
    others = [User.objects.create_user(username=f"officer{number}", is_staff=True) for number in (2, 3)]
    for other in others:
        other.groups.set(first.groups.all())
    return [first, *others]


@pytest.fixture
def on_paper(attempt, officers, at) -> Attempt:
    """A scheduled attempt that is written on paper."""
    manual_entry.put_on_paper(sitting=attempt.admission.sitting, by=officers[0], now=at("09:10"))
    attempt.refresh_from_db()
    return attempt
