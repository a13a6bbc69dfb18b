"""How long a session lasts, what ends it, and what a log-in leaves behind."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import logins
from accounts.enums import Role
from accounts.middleware import SEEN, STARTED
from accounts.models import User
from core.enums import Deed
from core.models import AuditEntry

PASSWORD = "vollmond-ueber-tsingtau"
LONG = "kQ7vLm2xTz9pWd"
LOGIN = "/accounts/login/"


@pytest.fixture
def enter(db):
    """Return a function that logs a user in with the password, as a browser would."""

    def enter(user, client=None) -> Client:
        user.set_password(PASSWORD)
        user.save()
        client = client or Client()
        reply = client.post(LOGIN, {"login": user.username, "password": PASSWORD})
        assert reply.status_code == 302, reply.content.decode()
        return client

    return enter


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock forward."""

    def later(**by):
        moment = timezone.now() + timedelta(**by)
        monkeypatch.setattr("core.middleware.timezone.now", lambda: moment)

    return later


def inside(client) -> bool:
    return client.get("/my/").status_code == 200


def told(client) -> str:
    return client.get(LOGIN).content.decode()


def test_a_login_gets_a_new_session_id(client, person, enter):
    client.get(LOGIN)
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    enter(person.user, client)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_staff_who_were_away_for_thirty_minutes_are_out_and_told_why(staff, enter, later):
    client = enter(staff(Role.EDITOR))
    later(minutes=31)
    reply = client.get("/my/")
    assert reply["Location"].startswith(LOGIN)
    assert "30" in told(client)
    assert Session.objects.count() == 0 or not inside(client)


def test_staff_who_keep_working_stay_in(staff, enter, later):
    client = enter(staff(Role.EDITOR))
    for _ in range(4):
        later(minutes=20)
        assert inside(client)


def test_others_may_be_away_for_hours(person, enter, later):
    client = enter(person.user)
    later(hours=11)
    assert inside(client)


def test_twelve_hours_after_the_login_it_is_over_however_busy(person, enter, later):
    client = enter(person.user)
    for _ in range(6):
        later(hours=1, minutes=59)
        assert inside(client)
    later(minutes=7)
    assert not inside(client)
    assert "12" in told(client)


def test_activity_is_written_once_a_minute(person, enter, later):
    client = enter(person.user)
    first = client.session[SEEN]
    assert inside(client)
    assert client.session[SEEN] == first
    later(seconds=61)
    assert inside(client)
    assert client.session[SEEN] > first
    assert client.session[STARTED] < client.session[SEEN]


def test_a_request_within_the_minute_writes_nothing(person, enter):
    client = enter(person.user)
    inside(client)  # the message of welcome goes
    with CaptureQueriesContext(connection) as asked:
        assert inside(client)
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


def test_switching_a_login_off_ends_its_sessions_for_good(person, enter):
    client = enter(person.user)
    assert inside(client)
    person.user.is_active = False
    person.user.save()
    assert not inside(client)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    entry = AuditEntry.objects.filter(deed=Deed.ENDED).get()
    assert (entry.label, entry.after) == (person.user.username, {"sessions": 1})
    person.user.is_active = True
    person.user.save()
    assert not inside(client)


def test_switching_many_off_ends_all_their_sessions(make_person, enter):
    users = [make_person().user for _ in range(3)]
    clients = [enter(user) for user in users]
    logins.set_active(users=users[:2], active=False)
    assert [inside(client) for client in clients] == [False, False, True]


def test_a_login_that_is_off_is_told_so(person):
    person.user.set_password(PASSWORD)
    person.user.is_active = False
    person.user.save()
    reply = Client().post(LOGIN, {"login": person.user.username, "password": PASSWORD}, follow=True)
    assert reply.redirect_chain[-1][0] == "/accounts/inactive/"
    assert SEEN not in reply.client.session


def test_entering_is_recorded_for_staff_only(person, staff, enter):
    enter(person.user)
    assert not AuditEntry.objects.filter(deed=Deed.ENTERED).exists()
    enter(staff(Role.EXAMINER))
    entry = AuditEntry.objects.get(deed=Deed.ENTERED)
    assert (entry.actor, entry.label, entry.address) == ("examiner", "examiner", "127.0.0.1")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sessions_shows_each_once(person, enter, count):
    clients = [enter(person.user) for _ in range(1)]
    clients += [Client(headers={"user-agent": f"browser {number}"}) for number in range(1, count)]
    for client in clients[1:]:
        assert client.post(LOGIN, {"login": person.user.username, "password": PASSWORD}).status_code == 302
    page = clients[0].get("/accounts/sessions/").content.decode()
    assert page.count('<div class="card">') == count


def test_ending_the_other_sessions_leaves_this_one(person, enter):
    here = enter(person.user)
    there = Client()
    there.post(LOGIN, {"login": person.user.username, "password": PASSWORD})
    assert inside(there)
    assert here.post("/accounts/sessions/").status_code == 302
    assert (inside(here), inside(there)) == (True, False)


def test_somebody_elses_sessions_are_not_in_the_list(make_person, enter):
    enter(make_person().user, Client(headers={"user-agent": "the other browser"}))
    page = enter(make_person().user).get("/accounts/sessions/").content.decode()
    assert "the other browser" not in page


@pytest.mark.parametrize(
    ("role", "length", "good"), [(None, 9, 0), (None, 10, 1), (Role.EDITOR, 11, 0), (Role.EDITOR, 12, 1)]
)
def test_passwords_have_their_length(staff, role, length, good):

    user = staff(role) if role else User.objects.create_user(username="plain")
    try:
        validate_password("kQ7vLm2xTz9p"[:length], user)
    except ValidationError as refused:
        assert not good
        assert refused.error_list[0].code == "too_short"
    else:
        assert good


def test_no_socket_is_opened_in_a_persons_name():
    """Sockets know no user, so none can outlive a login that is switched off; one that does must watch for it."""
    from config.asgi import application

    sockets = application.application_mapping["websocket"].application
    assert type(sockets).__name__ == "URLRouter", "a middleware around the routes puts users into sockets"


def test_sessions_that_are_over_are_removed_with_what_was_noted_of_them(person, enter):
    kept, over = enter(person.user), enter(person.user)
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now() - timedelta(days=2))
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=2))
    assert logins.purge_sessions(timezone.now() - timedelta(days=1)) == 1
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [kept.session.session_key]
