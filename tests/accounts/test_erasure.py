"""To be forgotten: what goes, what law keeps, and when that goes too."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.test import Client

from accounts.actions import erasure
from accounts.enums import ErasureState
from accounts.models import Consent, ErasureRequest, Membership, Organisation, Person, PrivacyNotice, User
from accounts.queries import person_by_id_number
from accounts.queries.own_data import holds_on
from chatbot.models import Conversation
from core.encryption import blind_index
from core.models import AuditEntry
from notifications.models import Notice
from tests.exams.certificate_fixtures import *  # noqa: F403  (certificates)

DAY = date(2026, 11, 23)
PHONE = "+8613800138000"


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer")


@pytest.fixture
def user(make_person, at, settings, tmp_path) -> User:
    """A user with something in every corner."""
    settings.MEDIA_ROOT = tmp_path
    person = make_person(username="wang", email="wang@example.cn", password="a passphrase for tests only")
    user = person.user
    user.phone, user.phone_digest = PHONE, blind_index(PHONE)
    user.save()
    person.photo.save("wang.jpg", ContentFile(b"a photo"))
    notice = PrivacyNotice.objects.create(purpose="account", version=1, title="t", text="t", effective_from=DAY)
    Consent.objects.create(user=user, notice=notice, given_at=at("08:00"), address="203.0.113.9")
    Notice.objects.create(user=user, kind="k", key="k", subject="s", body="b", created_at=at("08:00"))
    Conversation.objects.create(channel="web", started_by=user, started_at=at("08:00"))
    Membership.objects.create(
        person=person, organisation=Organisation.add_root(name="海港公司", kind="enterprise"), joined_at=at("08:00")
    )
    return user


@pytest.fixture
def asked(user, at) -> ErasureRequest:
    return erasure.ask(user=user, reason="moving away", now=at("09:00"))


def carry_out(asked, officer, at):
    return erasure.carry_out(request_id=asked.pk, note="done", by=officer, now=at("10:00"))


def test_without_certificates_everything_goes(asked, user, officer, at, tmp_path):
    number = user.person.id_number
    done = carry_out(asked, officer, at)
    assert (done.state, done.kept, done.decided_by) == (ErasureState.DONE, [], officer)
    user.refresh_from_db()
    assert (user.username, user.is_active, user.phone, user.phone_digest, user.email) == (
        f"erased-{user.pk}",
        False,
        "",
        None,
        "",
    )
    assert not user.has_usable_password()
    person = Person.objects.get()
    assert (person.name, person.id_number, person.born, person.photo.name) == ("已注销", "", None, "")
    assert person.erased_at == at("10:00")
    assert person_by_id_number(number) is None
    assert list(Consent.objects.values_list("address", "withdrawn_at")) == [("", at("10:00"))]
    assert (Notice.objects.count(), Conversation.objects.count()) == (0, 0)
    assert Membership.objects.get().left_at == at("10:00")


def test_the_photo_file_is_deleted(asked, officer, at, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(asked, officer, at)
    assert list(tmp_path.rglob("*.jpg")) == []


def test_with_a_certificate_name_and_number_stay_and_it_is_said_why(asked, user, officer, make_certificate, at):
    certificate = make_certificate(user.person)
    done = carry_out(asked, officer, at)
    person = Person.objects.get()
    assert (person.name, person.erased_at, person.photo.name) == ("王小电", None, "")
    assert [kept["until"] for kept in done.kept] == ["2032-11-23", "2038-11-22"]
    assert certificate.code in done.kept[1]["what"]
    assert "个人信息保护法" in done.kept[1]["law"]
    assert not User.objects.get(pk=user.pk).is_active
    assert person_by_id_number(person.id_number) == person


def test_name_and_number_go_the_day_after_the_last_hold(asked, user, officer, make_certificate, at):
    make_certificate(user.person)
    carry_out(asked, officer, at)
    last = at("10:00") + (date(2038, 11, 22) - DAY)
    assert erasure.finish(last) == 0
    assert Person.objects.get().name == "王小电"
    assert erasure.finish(last + timedelta(days=1)) == 1
    assert (Person.objects.get().name, Person.objects.get().id_number) == ("已注销", "")
    assert erasure.finish(last + timedelta(days=2)) == 0


def test_who_was_not_carried_out_is_never_finished(asked, at):
    assert erasure.finish(at("10:00") + timedelta(days=9999)) == 0
    assert Person.objects.get().name == "王小电"


def test_sessions_end(asked, user, officer, at):
    browser = Client()
    browser.force_login(user)
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=browser.session.session_key, user_agent="x")
    assert browser.get("/my/").status_code == 200
    carry_out(asked, officer, at)
    assert browser.get("/my/").status_code == 302
    assert UserSession.objects.count() == 0


def test_the_number_can_be_registered_again_afterwards(asked, user, officer, at):
    from accounts.actions import persons

    number = user.person.id_number
    carry_out(asked, officer, at)
    again = persons.register(name="王小电", id_number=number, user=None, by=None, now=at("11:00"))
    assert person_by_id_number(number) == again


def test_the_trail_holds_nothing_of_what_was_forgotten(asked, user, officer, at):
    number = user.person.id_number
    before = AuditEntry.objects.count()
    carry_out(asked, officer, at)
    told = "".join(f"{e.label}{e.before}{e.after}" for e in AuditEntry.objects.order_by("pk")[before:])
    for secret in ("王小电", number, PHONE, "wang@example.cn", "wang"):
        assert secret not in told
    entry = AuditEntry.objects.get(deed="deleted", kind="accounts.user")
    assert entry.after["forgotten"]["conversations"] == 1


def test_one_room_that_fails_keeps_everything(asked, user, officer, at, settings):
    settings.FORGETTING = [*settings.FORGETTING, "tests.accounts.test_erasure.fail"]
    with pytest.raises(RuntimeError):
        carry_out(asked, officer, at)
    assert ErasureRequest.objects.get().state == ErasureState.OPEN
    assert User.objects.get(pk=user.pk).username == "wang"
    assert Notice.objects.count() == 1


def fail(**about):
    raise RuntimeError("no")


def test_a_second_wish_waits_for_the_first(asked, user, at):
    with pytest.raises(erasure.AlreadyAsked):
        erasure.ask(user=user, reason="", now=at("09:30"))
    assert ErasureRequest.objects.count() == 1


def test_a_wish_taken_back_changes_nothing_and_can_be_asked_again(asked, user, officer, at):
    erasure.take_back(request_id=asked.pk, by=user)
    with pytest.raises(erasure.NotOpen):
        carry_out(asked, officer, at)
    assert erasure.ask(user=user, reason="", now=at("11:00")).state == ErasureState.OPEN


def test_nobody_takes_back_the_wish_of_another(asked, officer):
    with pytest.raises(ErasureRequest.DoesNotExist):
        erasure.take_back(request_id=asked.pk, by=officer)


def test_a_refusal_says_why(asked, officer, at):
    with pytest.raises(erasure.NeedsReason):
        erasure.refuse(request_id=asked.pk, note=" ", by=officer, now=at("10:00"))
    refused = erasure.refuse(request_id=asked.pk, note="an appeal is open", by=officer, now=at("10:00"))
    assert (refused.state, refused.note) == (ErasureState.REFUSED, "an appeal is open")


def test_nobody_decides_about_themselves(asked, user, at):
    with pytest.raises(erasure.OwnRequest):
        erasure.carry_out(request_id=asked.pk, note="", by=user, now=at("10:00"))
    assert ErasureRequest.objects.get().state == ErasureState.OPEN


def test_the_holds_of_a_user_without_a_person_are_none(officer):
    assert holds_on(officer, day=DAY) == []
