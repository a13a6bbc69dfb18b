"""Deliveries on their way: sent, put off, tried again, given up."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core import mail

from core import sms
from core.enums import Deed
from core.models import AuditEntry
from notifications import carriers, tasks
from notifications.actions import delivering
from notifications.actions.delivering import sweep, try_again
from notifications.models import Delivery, Preference, QuietHours
from notifications.rules import timing


@pytest.fixture
def by_sms(tell):
    """A delivery by text message alone."""
    tell("alarm", context={})
    return Delivery.objects.get()


def state(delivery: Delivery) -> tuple:
    delivery.refresh_from_db()
    return delivery.state, delivery.tries, delivery.fault


def test_what_is_due_is_sent_once_by_each_channel(tell, carrier, at):
    tell()
    assert sweep(clock=lambda: at("10:00")) == 2
    rows = Delivery.objects.order_by("channel").values_list("channel", "state", "reference", "sent_at", "claimed_at")
    email, text = rows
    assert email[0:2] == ("email", "sent")
    assert email[2].startswith("<notice-") and email[2].endswith("@yingji.example>")
    assert text == ("sms", "sent", "fake-1", at("10:00"), None)
    assert [message["text"] for message in carrier.sent] == ["【学会应急】A parcel is here."]
    assert sweep(clock=lambda: at("10:01")) == 0
    assert (len(mail.outbox), len(carrier.sent)) == (1, 1)


def test_one_notice_can_be_sent_alone(tell, carrier, at):
    first, _second = tell("alarm", "1", context={}), tell("alarm", "2", context={})
    sweep(clock=lambda: at("10:00"), notice_id=first.pk)
    assert list(Delivery.objects.filter(state="sent").values_list("notice", flat=True)) == [first.pk]


def test_nothing_is_sent_before_it_is_due(by_sms, carrier, at):
    assert sweep(clock=lambda: at("09:59:59")) == 0
    assert carrier.sent == []


def test_the_task_sends_with_its_own_clock(by_sms, carrier):
    Delivery.objects.update(next_at="2020-01-01T00:00Z")
    tasks.deliver_due()
    assert state(by_sms) == ("sent", 1, "")


def test_a_carrier_that_is_down_then_up_sends_later(by_sms, carrier, at):
    carrier.failures = 2
    sweep(clock=lambda: at("10:00"))
    assert state(by_sms) == ("pending", 1, "the carrier is down")
    assert by_sms.next_at == at("10:01")
    sweep(clock=lambda: at("10:01"))
    assert (state(by_sms)[1], by_sms.next_at) == (2, at("10:07"))
    sweep(clock=lambda: at("10:06"))
    assert carrier.sent == []
    sweep(clock=lambda: at("10:07"))
    assert state(by_sms) == ("sent", 3, "")
    assert len(carrier.sent) == 1


def test_after_the_sixth_failure_it_is_given_up(by_sms, carrier, at):
    carrier.failures = 10
    now, tries = at("10:00"), 0
    while Delivery.objects.get().state == "pending":
        tries += sweep(clock=partial(datetime.fromisoformat, now.isoformat()))
        now = Delivery.objects.get().next_at
    assert (tries, state(by_sms)) == (6, ("failed", 6, "the carrier is down"))
    assert sweep(clock=lambda: at("10:00") + timedelta(days=9)) == 0


def test_while_a_carrier_is_down_it_is_left_alone_and_the_others_go_on(tell, carrier, at):
    for key in range(5):
        tell(key=str(key))
    carrier.failures = 1
    assert sweep(clock=lambda: at("10:00")) == 6  # five by mail, one text message
    assert Delivery.objects.filter(channel="sms", tries=0).count() == 4
    assert sweep(clock=lambda: at("10:00:29")) == 0
    assert sweep(clock=lambda: at("10:00:31")) > 0
    assert len(carrier.sent) == 1  # the carrier allows one a minute to a number


def test_a_number_that_had_its_share_waits_for_the_next_minute(tell, carrier, at):
    tell("alarm", "1", context={})
    tell("alarm", "2", context={})
    sweep(clock=lambda: at("10:00"))
    waiting = Delivery.objects.get(state="pending")
    assert (waiting.fault, waiting.next_at) == ("this number has had its share of messages", at("10:01"))


def test_a_refused_number_is_final_and_its_number_is_not_in_the_log(by_sms, carrier, monkeypatch, at):
    def refuse(**message):
        raise sms.Refused("422: 13800000001 is on the black list")

    monkeypatch.setattr(carrier, "send", refuse)
    sweep(clock=lambda: at("10:00"))
    assert state(by_sms) == ("failed", 1, "422: ••• is on the black list")


@pytest.mark.parametrize(
    ("fields", "channel", "reason"),
    [
        ({"email": ""}, "email", "no_email"),
        ({"phone": "", "phone_digest": None}, "sms", "no_phone"),
        ({"phone_verified_at": None}, "sms", "no_phone"),
    ],
)
def test_without_an_address_it_is_skipped_and_says_why(tell, reader, carrier, at, fields, channel, reason):
    for name, value in fields.items():
        setattr(reader, name, value)
    reader.save()
    tell()
    sweep(clock=lambda: at("10:00"))
    assert state(Delivery.objects.get(channel=channel)) == ("skipped", 1, reason)


def test_what_is_no_longer_wanted_when_its_turn_comes_is_skipped(tell, reader, carrier, at):
    tell()
    Preference.objects.create(user=reader, kind="parcel", channel="sms", wanted=False)
    sweep(clock=lambda: at("10:00"))
    assert state(Delivery.objects.get(channel="sms")) == ("skipped", 1, "not_wanted")
    assert carrier.sent == []


def test_wechat_is_not_connected_yet(tell, at):
    tell("chat", context={})
    sweep(clock=lambda: at("10:00"))
    assert state(Delivery.objects.get()) == ("skipped", 1, "not_connected")


def test_a_notice_reaches_a_follower_in_wechat(tell, reader, wechat, at):
    wechat.link(reader.pk)
    tell("chat", context={}, link="/my/")
    sweep(clock=lambda: at("10:00"))
    assert state(Delivery.objects.get()) == ("sent", 1, "")
    assert (wechat.sent[0]["title"], wechat.sent[0]["link"]) == ("Hello", "https://yingji.example/my/")


def test_out_of_wechats_window_it_is_given_up(tell, reader, wechat, at):
    wechat.link(reader.pk)
    wechat.now += timedelta(hours=48, seconds=1)
    tell("chat", context={})
    sweep(clock=lambda: at("10:00"))
    assert state(Delivery.objects.get()) == ("failed", 1, "errcode 45015")


def test_in_quiet_hours_it_waits_for_their_end(tell, quiet, carrier, at):
    quiet("17:30", "07:00")  # it is 18:00 in Shanghai
    tell()
    sweep(clock=lambda: at("10:00"))
    assert list(Delivery.objects.values_list("state", "tries", "next_at")) == [("pending", 0, at("23:00"))] * 2
    sweep(clock=lambda: at("22:59:59"))
    assert (mail.outbox, carrier.sent) == ([], [])
    sweep(clock=lambda: at("23:00"))
    assert (len(mail.outbox), len(carrier.sent)) == (1, 1)


def test_an_urgent_notice_does_not_wait(by_sms, quiet, carrier, at):
    quiet("17:30", "07:00")
    sweep(clock=lambda: at("10:00"))
    assert state(by_sms) == ("sent", 1, "")


def test_a_second_try_that_falls_into_the_night_waits_too(tell, quiet, carrier, at):
    quiet("18:01", "07:00")
    tell()
    carrier.failures = 1
    sweep(clock=lambda: at("10:00"))
    sweep(clock=lambda: at("10:01"))
    waiting = Delivery.objects.get(channel="sms")
    assert (waiting.tries, waiting.next_at) == (1, at("23:00"))


def test_quiet_hours_lifted_meanwhile_hold_nothing_back(tell, quiet, carrier, at):
    quiet("17:30", "07:00")
    tell()
    QuietHours.objects.all().delete()
    assert sweep(clock=lambda: at("10:00")) == 2


def test_a_worker_that_died_before_recording_is_followed_by_another_with_the_same_key(by_sms, carrier, at, monkeypatch):
    monkeypatch.setattr(delivering, "_finish", lambda *args, **fields: None)  # it died here
    sweep(clock=lambda: at("10:00"))
    monkeypatch.undo()
    monkeypatch.setattr(sms, "gateway", lambda: carrier)
    assert (len(carrier.sent), state(by_sms)) == (1, ("pending", 1, ""))
    assert sweep(clock=lambda: at("10:04:59")) == 0  # the claim still holds
    assert sweep(clock=lambda: at("10:05")) == 1
    assert state(by_sms) == ("sent", 2, "")
    assert [message["key"] for message in carrier.sent] == [f"notice-{by_sms.pk}"]


def test_what_kills_every_worker_is_given_up(by_sms, carrier, at):
    Delivery.objects.update(tries=timing.TRIES, claimed_at=at("10:00"))
    sweep(clock=lambda: at("10:05"))
    assert state(by_sms) == ("failed", 7, "lost")
    assert carrier.sent == []


def test_a_worker_that_comes_back_late_does_not_overwrite(by_sms, carrier, at, monkeypatch):
    """It hangs while it sends; another one takes over, finds the number refused, and that stays."""
    send = carriers.send

    def hang(delivery):
        monkeypatch.setattr(carriers, "send", send)
        carrier.refused = frozenset({"+8613800000001"})
        sweep(clock=lambda: at("10:06"))
        return "late"

    monkeypatch.setattr(carriers, "send", hang)
    sweep(clock=lambda: at("10:00"))
    assert state(by_sms) == ("failed", 2, "no such number")


def test_one_that_nobody_can_send_does_not_hold_up_the_rest(tell, carrier, at, monkeypatch, caplog):
    tell("alarm", "1", context={})
    tell("parcel", "2")
    monkeypatch.setitem(carriers.BY_CHANNEL, "sms", lambda delivery: 1 / 0)
    sweep(clock=lambda: at("10:00"))
    assert list(Delivery.objects.order_by("pk").values_list("channel", "state", "fault")) == [
        ("sms", "pending", "ZeroDivisionError"),
        ("email", "sent", ""),
        ("sms", "pending", "ZeroDivisionError"),
    ]
    assert "could not be handed" in caplog.text


def test_a_kind_that_is_gone_is_given_up(by_sms, settings, carrier, at):
    settings.NOTICE_KINDS = []
    sweep(clock=lambda: at("10:00"))
    assert state(by_sms) == ("failed", 1, "no_kind")


def test_a_slow_carrier_holds_a_worker_for_a_few_seconds_only(tell, carrier, at):
    for key in range(5):
        tell("alarm", str(key), context={})
    clock = iter(at("10:00") + timedelta(seconds=5 * step) for step in range(10))
    assert sweep(clock=lambda: next(clock)) == 1


def test_trying_again_is_recorded_and_sends(by_sms, carrier, reader, at):
    Delivery.objects.update(state="failed", tries=6, fault="no such number")
    try_again(delivery_id=by_sms.pk, by=reader, now=at("12:00"))
    assert (state(by_sms), by_sms.next_at) == (("pending", 0, ""), at("12:00"))
    entry = AuditEntry.objects.get(kind="notifications.delivery")
    assert (entry.deed, entry.actor_id, entry.before, entry.after) == (
        Deed.CHANGED,
        reader.pk,
        {"state": "failed"},
        {"state": "pending"},
    )
    sweep(clock=lambda: at("12:00"))
    assert state(by_sms) == ("sent", 1, "")


@pytest.mark.parametrize("other", ["pending", "sent", "skipped"])
def test_only_what_was_given_up_can_be_tried_again(by_sms, reader, at, other):
    Delivery.objects.update(state=other)
    with pytest.raises(delivering.NotFailed):
        try_again(delivery_id=by_sms.pk, by=reader, now=at("12:00"))
    assert AuditEntry.objects.filter(kind="notifications.delivery").count() == 0


def test_the_sweep_with_nothing_to_do_asks_one_question(db, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        sweep(clock=lambda: at("10:00"))
