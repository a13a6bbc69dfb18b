"""Quiet hours, back-off, wishes, links, masks."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core.telling import Channel, Kind
from notifications.rules import links, masking, timing, wishes

NIGHT = {"begins": time(22), "ends": time(7)}
NOON = {"begins": time(12), "ends": time(14)}


def local(clock: str, day: int = 23) -> datetime:
    return datetime.combine(datetime(2026, 11, day, tzinfo=timing.ZONE), time.fromisoformat(clock), timing.ZONE)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (NIGHT, local("21:59:59"), None),
        (NIGHT, local("22:00"), local("07:00", 24)),
        (NIGHT, local("23:59:59"), local("07:00", 24)),
        (NIGHT, local("00:00"), local("07:00")),
        (NIGHT, local("06:59:59"), local("07:00")),
        (NIGHT, local("07:00"), None),
        (NOON, local("11:59"), None),
        (NOON, local("12:00"), local("14:00")),
        (NOON, local("13:59:59"), local("14:00")),
        (NOON, local("14:00"), None),
        ({"begins": time(0), "ends": time(23, 59)}, local("00:00"), local("23:59")),
        ({"begins": time(18), "ends": time(0)}, local("23:30"), local("00:00", 24)),
        ({"begins": time(18), "ends": time(0)}, local("00:00"), None),
    ],
)
def test_quiet_hours_hold_from_their_beginning_until_their_end(hours, now, until):
    assert timing.quiet_until(now=now.astimezone(UTC), **hours) == until


def test_quiet_hours_are_those_of_shanghai():
    assert timing.quiet_until(now=datetime(2026, 11, 23, 14, tzinfo=UTC), **NIGHT) == datetime(
        2026, 11, 23, 23, tzinfo=UTC
    )


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_no_night_is_longer_or_shorter_where_others_change_their_clocks(day):
    begins = datetime.combine(day, time(22), timing.ZONE)
    assert timing.quiet_until(now=begins, **NIGHT) - begins == timedelta(hours=9)


def test_six_tries_take_about_a_day():
    waits = [timing.wait_after(tries) for tries in range(1, 7)]
    assert waits == [*(timedelta(minutes=m) for m in (1, 6, 36, 216, 1296)), None]
    assert sum(waits[:-1], timedelta()) == timedelta(hours=25, minutes=55)


PARCEL = Kind("p", "", "", "", {}, sms="x", channels=frozenset({Channel.EMAIL}))
ALARM = Kind("a", "", "", "", {}, channels=frozenset({Channel.EMAIL}), may_switch_off=False)


def test_without_a_word_of_the_user_the_kinds_own_channels_hold():
    assert wishes.wanted(PARCEL, {}) == [Channel.EMAIL]


def test_a_user_may_choose_other_channels():
    assert wishes.wanted(PARCEL, {"email": False, "sms": True}) == [Channel.SMS]


def test_what_may_not_be_switched_off_stays_on_and_others_may_be_added():
    assert wishes.wanted(ALARM, {"email": False, "wechat": True}) == [Channel.EMAIL, Channel.WECHAT]


def test_a_kind_without_a_text_for_it_is_never_a_text_message():
    assert wishes.wanted(ALARM, {"sms": True}) == [Channel.EMAIL]


@pytest.mark.parametrize(
    ("link", "local"),
    [
        ("/exams/", True),
        ("/my/?a=1#b", True),
        ("", False),
        ("exams/", False),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        ("///evil.example", False),
        ("https://evil.example/", False),
        ("javascript:alert(1)", False),
        ("/\t/evil.example/", False),
        (" /exams/", False),
    ],
)
def test_only_a_path_on_this_site_is_local(link, local):
    assert links.is_local(link) is local


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("+8613812345678", "138****5678"), ("+85212345678", "+85****5678"), ("1234567", "****4567"), ("12", "****")],
)
def test_a_phone_number_is_masked(phone, shown):
    assert masking.mask_phone(phone) == shown


@pytest.mark.parametrize(("email", "shown"), [("wang@example.com", "w***@example.com"), ("nonsense", "***")])
def test_an_email_address_is_masked(email, shown):
    assert masking.mask_email(email) == shown
