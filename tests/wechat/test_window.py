"""When an account may still write first."""

from datetime import timedelta

from wechat.enums import Undelivered
from wechat.rules import window


def test_five_messages_may_follow_one_message_within_48_hours(at):
    opened = at("10:00")

    def why_not(after, sent):
        return window.why_not(opened_at=opened, by_event=False, sent=sent, now=opened + after)

    assert why_not(timedelta(hours=48), 4) is None
    assert why_not(timedelta(hours=1), 5) == Undelivered.QUOTA
    assert why_not(timedelta(hours=48, seconds=1), 0) == Undelivered.WINDOW


def test_three_messages_may_follow_an_event_within_a_minute(at):
    opened = at("10:00")

    def why_not(seconds, sent):
        return window.why_not(opened_at=opened, by_event=True, sent=sent, now=opened + timedelta(seconds=seconds))

    assert why_not(60, 2) is None
    assert why_not(10, 3) == Undelivered.QUOTA
    assert why_not(61, 0) == Undelivered.WINDOW
