"""Fixtures every room uses: a clock, people, a client that is logged in."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actions import persons, roles
from accounts.enums import Role
from accounts.models import Person, User
from accounts.rules import identity
from core import limits
from exams.queries import sheets
from portal.actions import site

USES_DATABASE = frozenset({"db", "transactional_db"})
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def pytest_collection_modifyitems(items):
    """Mark what touches the database: the rest is the same in both profiles and runs in one."""
    for item in items:
        if USES_DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def steady_minute(request, monkeypatch):
    """Let no minute turn while a test counts what it sends; a clock that the test sets still turns."""
    begun, this_test, minute_of = datetime.now(UTC), abs(hash(request.node.nodeid)), limits.window

    def window(now: datetime) -> int:
        return this_test if abs(now - begun) < timedelta(hours=1) else minute_of(now)

    monkeypatch.setattr(limits, "window", window)


@pytest.fixture(autouse=True)
def no_kept_questions():
    """Forget what question versions show: the next test's have the same numbers."""
    sheets.forget()


@pytest.fixture
def at():
    """Return a function from "10:30" (UTC of the test day) to an aware datetime."""

    def moment(clock: str) -> datetime:
        hours, minutes, *rest = (int(part) for part in clock.split(":"))
        return DAY + timedelta(hours=hours, minutes=minutes, seconds=rest[0] if rest else 0)

    return moment


def id_number(serial: int, born: str = "19900307", region: str = "370202") -> str:
    """Return a valid resident number of a person who does not exist."""
    first17 = f"{region}{born}{serial:03d}"
    return first17 + identity.check_digit(first17)


@pytest.fixture
def make_person(db, at):
    """Return a function that registers a person with a login."""
    count = 0

    def make(name: str = "王小电", born: str = "19900307", **user_fields) -> Person:
        nonlocal count
        count += 1
        user = User.objects.create_user(username=user_fields.pop("username", f"trainee{count}"), **user_fields)
        return persons.register(name=name, id_number=id_number(count, born), user=user, by=None, now=at("08:00"))

    return make


@pytest.fixture
def person(make_person):
    return make_person()


@pytest.fixture
def other_person(make_person):
    return make_person(name="李大安")


@pytest.fixture
def staff(db, at):
    """Return a function that makes a staff user with one role."""
    roles.ensure_roles()

    def make(role: Role) -> User:
        user = User.objects.create_user(username=role.value)
        roles.grant(user=user, role=role, by=None, now=at("08:00"))
        return user

    return make


@pytest.fixture
def home(db):
    """The home page of a new site."""
    return site.ensure_home(hostname="testserver", port=80)


@pytest.fixture
def campaign_index(home):
    """The page that lists campaigns."""
    return site.ensure_indexes(home=home)[1]
