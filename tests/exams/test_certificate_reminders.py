"""Reminders before a certificate ends: each step once, to the holder and to who manages the employer."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import date, timedelta

import pytest

from accounts.actions import managers
from accounts.models import Membership, User
from exams.actions.certificate_reminders import remind
from exams.models import Certificate, CertificateReminder, Scheme
from notifications.models import Notice
from tests.accounts.organisation_fixtures import company, manager, team  # noqa: F401
from tests.exams.certificate_fixtures import *  # noqa: F403

LAST = date(2026, 11, 23)


def moment(at, left: int, clock: str = "00:30"):
    """Return a morning ``left`` days before the last valid day."""
    return at(clock) - timedelta(days=left)


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person, issued_on=date(2020, 11, 24), valid_until=LAST)


def told(kind="certificate_ending") -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("subject", flat=True))


def test_the_holder_is_told_at_each_step_once(certificate, at):
    for left in (120, 91, 90, 89, 61, 60, 45, 30, 29, 8, 7, 6, 1, 0, -1, -30):
        for _ in range(2):
            remind(now=moment(at, left))
    assert list(CertificateReminder.objects.order_by("pk").values_list("days", flat=True)) == [90, 60, 30, 7]
    assert len(told()) == 4


def test_a_morning_that_was_missed_is_made_up_for(certificate, at):
    remind(now=moment(at, 58))
    assert list(CertificateReminder.objects.values_list("days", flat=True)) == [60]
    assert "58" in told()[0]


@pytest.mark.parametrize("field", ["revoked_at", "suspended_at", "replaced_at"])
def test_what_does_not_count_is_not_reminded_of(certificate, at, field):
    Certificate.objects.update(**{field: moment(at, 100)})
    assert remind(now=moment(at, 60)) == 0


def test_what_was_renewed_is_not_reminded_of(certificate, make_certificate, person, at):
    make_certificate(person, code="NEW", issued_on=date(2026, 11, 1))
    assert remind(now=moment(at, 7)) == 0


def test_a_certificate_that_lapses_earlier_is_reminded_of_then(certificate, at):
    Certificate.objects.update(lapses_on=LAST - timedelta(days=200))
    assert remind(now=moment(at, 230)) == 1
    assert "2026-05-07" in Notice.objects.get().body


def test_who_has_no_login_is_noted_and_holds_nobody_up(certificate, make_certificate, other_person, person, at):
    person.user = None
    person.save()
    make_certificate(other_person, code="B", issued_on=date(2020, 11, 24), valid_until=LAST)
    assert remind(now=moment(at, 60)) == 2
    assert [notice.user for notice in Notice.objects.all()] == [other_person.user]


@pytest.fixture
def employed(company, team, person, other_person, at):
    for organisation, who in ((team, person), (company, other_person)):
        Membership.objects.create(organisation=organisation, person=who, joined_at=at("08:00"))


def test_a_manager_gets_one_notice_for_all_their_people(
    certificate,
    make_certificate,
    other_person,
    company,
    team,
    manager,
    employed,
    at,
):
    make_certificate(other_person, code="B", issued_on=date(2020, 11, 24), valid_until=LAST)
    foreman = User.objects.create_user("foreman")
    managers.grant(organisation=team, user=foreman, by=None, now=at("08:00"))
    for _ in range(2):
        remind(now=moment(at, 60))
    digests = Notice.objects.filter(kind="certificates_ending")
    counts = {notice.user: ("2" in notice.body.split("7")[-1], notice.link) for notice in digests}
    assert counts == {
        manager: (True, f"/exams/organisations/{company.pk}/certificates/"),
        foreman: (False, f"/exams/organisations/{team.pk}/certificates/"),
    }


def test_who_left_is_not_told_of(certificate, company, manager, person, at):
    Membership.objects.create(organisation=company, person=person, joined_at=at("08:00"), left_at=at("09:00"))
    remind(now=moment(at, 60))
    assert told("certificates_ending") == []


def test_nobody_is_told_twice_after_a_crash_between_the_two(certificate, company, manager, employed, monkeypatch, at):
    from exams.actions import certificate_reminders

    def dies(*_args):
        raise SystemExit

    monkeypatch.setattr(certificate_reminders, "_send_digests", dies)
    with pytest.raises(SystemExit):
        remind(now=moment(at, 60))
    monkeypatch.undo()
    remind(now=moment(at, 60, "00:40"))
    assert (len(told()), len(told("certificates_ending"))) == (1, 1)


# Renewal windows on the holder's page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("opens", [None, 60])
def test_the_page_says_when_renewal_opens_or_that_it_is_to_be_confirmed(
    certificate, client, person, opens, monkeypatch, at
):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: moment(at, 30))
    Scheme.objects.update(renewal_opens_days=opens)
    client.force_login(person.user)
    reply = client.get(f"/exams/certificates/{certificate.code}/", headers={"accept-language": "en"})
    window = reply.context["window"]
    assert (window.opens_on, window.closes_on) == (opens and date(2026, 9, 24), LAST)
    assert ("2026-09-24" in reply.text) is (opens is not None)


def test_renewal_follows_the_rules_in_force_not_those_of_the_issue(certificate, operation_rule, at):
    from exams.queries.renewals import window_of

    old = Scheme.objects.create(
        code="order-30", name="30", effective_from=date(2010, 7, 1), effective_to=date(2026, 5, 31), validity_years=6,
        minimum_age=18, part_valid_months=12, anywhere=False, skill_level_waives_training=False, source="30",
        renewal_opens_days=10,
    )  # fmt: skip
    Scheme.objects.filter(code="order-19").update(renewal_opens_days=90)
    operation_rule.scheme = old
    certificate.rule.scheme = old
    assert window_of(certificate, day=date(2026, 7, 1)).opens_on == LAST - timedelta(days=90)
    assert window_of(certificate, day=date(2026, 5, 1)).opens_on == LAST - timedelta(days=10)
