"""How long notices and deliveries are kept."""

import pytest

from core.actions import retention
from core.models import RetentionRule
from notifications.actions.retention import purge_deliveries, purge_notices
from notifications.models import Delivery, Notice


@pytest.fixture
def two(tell, at):
    """One told at 08:00, one at 10:00; both sent."""
    old, new = tell("alarm", "1", context={}, now=at("08:00")), tell("alarm", "2", context={}, now=at("10:00"))
    Delivery.objects.update(state="sent")
    return old, new


def test_notices_go_after_their_time_with_their_deliveries(two, at):
    assert purge_notices(at("10:00")) == 1
    assert list(Notice.objects.all()) == [two[1]]
    assert Delivery.objects.get().notice == two[1]


def test_deliveries_go_sooner_and_leave_the_notice(two, at):
    assert purge_deliveries(at("10:00")) == 1
    assert Notice.objects.count() == 2


def test_what_still_waits_is_not_removed(two, at):
    Delivery.objects.update(state="pending")
    assert purge_deliveries(at("12:00")) == 0


def test_both_rules_exist(db):
    retention.ensure_rules()
    rules = RetentionRule.objects.filter(kind__in=["notices", "deliveries"]).order_by("kind")
    assert list(rules.values_list("kind", "days")) == [("deliveries", 183), ("notices", 365)]
