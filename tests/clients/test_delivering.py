"""Events reach their webhooks signed, once each, again after a failure, and never inside this house."""

from datetime import timedelta

import pytest

from clients.actions import delivering, happenings, webhooks
from clients.enums import DeliveryState, HappeningKind
from clients.models import Delivery, Happening, Webhook
from clients.rules import signatures, targets

ISSUED = HappeningKind.CERTIFICATE_ISSUED


@pytest.fixture
def hook(program, administrator, receiver, at):
    return webhooks.add(client=program, url=receiver.url, kinds=[ISSUED], by=administrator, now=at("08:00"))


def happen(at, kind=ISSUED, clock="09:00"):
    return happenings.announce(kind=kind, data={"certificate": "ABC"}, now=at(clock))


def deliver(at, clock="09:00", later=timedelta()):
    return delivering.deliver_due(clock=lambda: at(clock) + later)


def test_an_event_arrives_signed(hook, receiver, at):
    event = happen(at)
    assert deliver(at) == 1
    [(headers, body)] = receiver.got
    assert receiver.told() == [
        {"type": "certificate.issued", "timestamp": "2026-11-23T09:00:00+00:00", "data": {"certificate": "ABC"}}
    ]
    wanted = signatures.signature(
        secret=hook.secret, message_id=f"evt_{event.pk}", timestamp=int(headers["webhook-timestamp"]), body=body
    )
    assert (headers["webhook-id"], headers["webhook-signature"]) == (f"evt_{event.pk}", wanted)
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.outcome, row.delivered_at) == (DeliveryState.DELIVERED, 1, "200", at("09:00"))
    assert deliver(at) == 0


def test_only_wanted_kinds_come(hook, at):
    happen(at, HappeningKind.RESULTS_RELEASED)
    assert (Happening.objects.count(), Delivery.objects.count()) == (1, 0)


def test_a_failure_is_tried_again_later_and_given_up_at_last(hook, receiver, at):
    receiver.statuses = [500]
    happen(at)
    later = timedelta()
    for tries, wait in enumerate([10, 60, 300, 1800, 7200, 21600, 86400], 1):
        assert deliver(at, later=later) == 1
        row = Delivery.objects.get()
        assert (row.state, row.tries, row.outcome) == (DeliveryState.WAITING, tries, "500")
        assert deliver(at, later=later + timedelta(seconds=wait - 1)) == 0
        later += timedelta(seconds=wait)
    assert deliver(at, later=later) == 1
    assert Delivery.objects.get().state == DeliveryState.FAILED


def test_a_redirect_is_not_followed(hook, receiver, at):
    receiver.statuses = [302]
    happen(at)
    deliver(at)
    assert (len(receiver.got), Delivery.objects.get().outcome) == (1, "302")


def test_a_receiver_that_is_gone_is_left_alone(hook, receiver, at):
    receiver.statuses = [410]
    happen(at)
    deliver(at)
    assert not Webhook.objects.get().active
    assert Delivery.objects.get().state == DeliveryState.FAILED
    happen(at, clock="10:00")
    assert Delivery.objects.count() == 1


def test_nobody_listening_is_a_failure_like_another(hook, receiver, at):
    receiver.server_close()
    receiver.shutdown()
    happen(at)
    deliver(at)
    assert (Delivery.objects.get().outcome, Delivery.objects.get().tries) == ("ConnectError", 1)


def test_a_name_that_leads_into_this_house_is_not_called(hook, receiver, settings, at):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    Webhook.objects.update(url=f"https://localhost:{receiver.server_port}/hook")
    happen(at)
    deliver(at)
    assert (receiver.got, Delivery.objects.get().outcome) == ([], "BadTarget")


def test_an_address_of_this_house_is_not_even_stored(program, administrator, at):
    with pytest.raises(targets.BadTarget):
        webhooks.add(client=program, url="http://a.example/", kinds=[ISSUED], by=administrator, now=at("08:00"))


def test_what_another_worker_claimed_is_not_called(hook, receiver, at, monkeypatch):
    happen(at)

    monkeypatch.setattr(delivering, "_call", lambda *_: pytest.fail("called twice"))
    rows = list(Delivery.objects.select_related("webhook", "happening"))
    Delivery.objects.update(next_at=at("09:01"))
    mine = Delivery.objects.filter(pk=rows[0].pk, state=DeliveryState.WAITING, next_at=rows[0].next_at)
    assert mine.update(next_at=at("09:02")) == 0
    assert deliver(at) == 0


def test_what_was_given_up_is_sent_again_on_demand(hook, administrator, receiver, at):
    happen(at)
    Delivery.objects.update(state=DeliveryState.FAILED, tries=8)
    webhooks.send_again(delivery_id=Delivery.objects.get().pk, by=administrator, now=at("10:00"))
    assert deliver(at, "10:00") == 1
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
