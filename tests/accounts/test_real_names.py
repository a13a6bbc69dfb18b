"""A user registers their real name; the register of identities is asked until it answers."""

import pytest
from django.db import connection

from accounts.actions import consents, real_names
from accounts.enums import IdKind, Purpose, RealNameState
from accounts.models import Consent, Person
from accounts.ports import FakeRegister, NotNow, Unconnected
from core.models import AuditEntry
from tests.conftest import id_number

ADDRESS, CORRECT = "/accounts/real-name/", "/accounts/real-name/correct/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def user(client, make_user):
    client.force_login(user := make_user())
    return user


@pytest.fixture
def filled(notices):
    def fields(**others):
        agreed = {"agreed": "on", "notice": notices[Purpose.REAL_NAME].pk}
        return {"name": "王小电", "id_kind": "resident", "id_number": id_number(1), **agreed, **others}

    return fields


def permit(region="810000"):
    return id_number(1, region=region)


@pytest.mark.parametrize(
    ("kind", "raw", "number"),
    [
        ("resident", f" {id_number(1).lower()} ", id_number(1)),
        ("residence_permit", permit(), permit()),
        ("foreign_permanent", id_number(1, region="911123"), id_number(1, region="911123")),
        ("passport", "e 12345678", "E12345678"),
    ],
)
def test_each_kind_of_document_registers_with_its_own_consent(client, user, filled, kind, raw, number):
    assert client.post(ADDRESS, filled(id_kind=kind, id_number=raw)).headers["Location"] == ADDRESS
    person = Person.objects.get()
    assert (person.user, person.id_kind, person.id_number) == (user, kind, number)
    assert Consent.objects.get().notice.purpose == Purpose.REAL_NAME
    page = client.get(ADDRESS).text
    assert "王小电" in page
    assert number not in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"agreed": ""}, "Without your consent we may not go on."),
        ({"id_number": id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")}, "its last digit does not fit"),
        ({"id_number": "1234"}, "has 18 characters"),
        ({"id_number": permit()}, "This is the number of another document"),
        ({"id_kind": "passport", "id_number": "?"}, "characters that do not belong"),
        ({"id_kind": "library_card"}, "Select a valid choice"),
        ({"name": "王"}, "at least 2 characters"),
    ],
)
def test_what_cannot_be_is_said_in_place(client, user, filled, fields, error):
    reply = client.post(ADDRESS, filled(**fields), headers=ENGLISH)
    assert (reply.status_code, error in reply.text) == (200, True)
    assert (Person.objects.count(), Consent.objects.count()) == (0, 0)


def test_a_number_already_registered_says_what_to_do_and_not_whose_it_is(client, user, filled, make_person):
    make_person(name="李大安")  # id_number(1)
    reply = client.post(ADDRESS, filled(), headers=ENGLISH)
    assert "This number is registered already." in reply.text
    assert "李大安" not in reply.text
    assert "大安" not in reply.text
    assert Consent.objects.count() == 0


def test_two_tabs_register_one_person(client, user, filled, at, notices):
    client.post(ADDRESS, filled())
    with pytest.raises(real_names.HasPerson):
        real_names.enrol(
            user=user,
            name="x",
            id_kind=IdKind.RESIDENT,
            id_number=id_number(2),
            notice=notices[Purpose.REAL_NAME],
            address="",
            now=at("09:00"),
        )
    assert Person.objects.count() == 1


def test_numbers_are_tried_five_times_a_minute(client, user, filled, make_person):
    make_person()
    replies = [client.post(ADDRESS, filled(), headers=ENGLISH).text for _ in range(6)]
    assert ["registered already" in page for page in replies] == [True] * 5 + [False]


def test_the_worker_is_told_after_the_commit(user, client, filled, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("core.nudging._send", lambda task, kwargs: sent.append((task, kwargs)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADDRESS, filled())
    assert sent == [("accounts.tasks.check_real_name", {"person_id": Person.objects.get().pk})]


def ask(person, register, now):
    return real_names.ask(person_id=person.pk, checker=register, now=now)


@pytest.mark.parametrize(("name", "state"), [("王小电", RealNameState.MATCHED), ("王小点", RealNameState.MISMATCHED)])
def test_the_answer_is_kept_with_its_time(person, at, name, state):
    assert ask(person, FakeRegister({person.id_number: name}), at("09:00")) == state
    person.refresh_from_db()
    assert (person.real_name, person.checked_at) == (state, at("09:00"))
    assert ask(person, FakeRegister(), at("09:01")) is None  # answered: not asked again


def test_the_register_is_asked_outside_any_transaction(person, at):
    around = len(connection.savepoint_ids)  # the test's own

    class Watching:
        def check(self, *, name, number):
            assert len(connection.savepoint_ids) == around
            return RealNameState.MATCHED

    assert ask(person, Watching(), at("09:00")) == RealNameState.MATCHED


def test_a_register_that_is_down_leaves_the_person_waiting(person, at):
    register = FakeRegister({person.id_number: person.name}, failures=1)
    with pytest.raises(NotNow):
        ask(person, register, at("09:00"))
    person.refresh_from_db()
    assert (person.real_name, person.checked_at) == (RealNameState.UNCHECKED, None)
    assert real_names.ask_about_waiting(checker=register, now=at("09:01")) == 1
    person.refresh_from_db()
    assert person.real_name == RealNameState.MATCHED


def test_the_sweep_stops_when_the_quota_is_used_up_and_goes_on_the_next_day(make_person, at):
    people = [make_person() for _ in range(3)]
    register = FakeRegister({one.id_number: one.name for one in people}, quota=2)
    assert real_names.ask_about_waiting(checker=register, now=at("09:00")) == 2
    register.quota = 100
    assert real_names.ask_about_waiting(checker=register, now=at("09:01")) == 1
    assert Person.objects.filter(real_name=RealNameState.MATCHED).count() == 3


def test_a_register_that_cannot_tell_is_asked_again_a_day_later(person, at):
    class Unsure:
        asked = 0

        def check(self, *, name, number):
            self.asked += 1
            return RealNameState.UNCHECKED

    register = Unsure()
    for now in (at("09:00"), at("10:00"), at("34:00")):
        real_names.ask_about_waiting(checker=register, now=now)
    assert register.asked == 2


def test_without_a_register_nobody_is_asked_and_nothing_written(person, at):
    entries = AuditEntry.objects.count()
    assert real_names.ask_about_waiting(checker=Unconnected(), now=at("09:00")) == 0
    assert AuditEntry.objects.count() == entries


def test_an_answer_about_the_name_before_its_correction_is_dropped(person, at):
    class Slow:
        def check(self, *, name, number):
            real_names.correct_name(person=person, name="王小典", by=person.user, now=at("09:00"))
            return RealNameState.MATCHED

    assert ask(person, Slow(), at("09:01")) is None
    person.refresh_from_db()
    assert (person.name, person.real_name) == ("王小典", RealNameState.UNCHECKED)


def test_who_withdrew_their_consent_is_not_asked_about(person, notices, at):
    consents.give(user=person.user, notice=notices[Purpose.REAL_NAME], address="", by=person.user, now=at("08:00"))
    consents.withdraw(user=person.user, purpose=Purpose.REAL_NAME, by=person.user, now=at("08:30"))
    register = FakeRegister({person.id_number: person.name})
    assert real_names.ask_about_waiting(checker=register, now=at("09:00")) == 0
    consents.give(user=person.user, notice=notices[Purpose.REAL_NAME], address="", by=person.user, now=at("09:30"))
    assert real_names.ask_about_waiting(checker=register, now=at("10:00")) == 1


def test_a_mismatch_says_what_to_do_and_the_name_can_be_corrected(client, person, at):
    ask(person, FakeRegister({person.id_number: "王小典"}), at("09:00"))
    client.force_login(person.user)
    assert "Name and number do not belong together" in client.get(ADDRESS, headers=ENGLISH).text
    assert client.post(CORRECT, {"name": " 王小典 "}).headers["Location"] == ADDRESS
    person.refresh_from_db()
    assert (person.name, person.real_name, person.checked_at) == ("王小典", RealNameState.UNCHECKED, None)


def test_a_confirmed_name_is_changed_by_staff_only(client, person, at):
    ask(person, FakeRegister({person.id_number: person.name}), at("09:00"))
    client.force_login(person.user)
    assert CORRECT not in client.get(ADDRESS).text
    client.post(CORRECT, {"name": "王大明"})
    person.refresh_from_db()
    assert person.name == "王小电"


def test_a_correction_without_a_person_is_not_found(client, user):
    assert client.post(CORRECT, {"name": "王大明"}).status_code == 404
    assert client.get(CORRECT).status_code == 405


def test_a_page_that_needs_a_person_leads_to_the_registration(client, user):
    reply = client.get("/accounts/photo/")
    assert reply.status_code == 403
    assert f'href="{ADDRESS}"' in reply.text


def test_mine_links_to_all_of_it(client, user, filled):
    page = client.get("/my/").text
    assert all(f'href="/accounts/{path}/"' in page for path in ("me", "real-name", "privacy"))
    client.post(ADDRESS, filled())
    assert 'href="/accounts/photo/"' in client.get("/my/").text


def test_registering_names_nobody_in_the_audit_trail(client, user, filled):
    client.post(ADDRESS, filled())
    entry = AuditEntry.objects.get(kind="accounts.person")
    assert "王小电" not in str(entry.content())
    assert id_number(1) not in str(entry.content())
