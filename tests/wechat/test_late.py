"""Late replies: sent once, within the window and the quota, or marked with the reason."""

from datetime import timedelta

import pytest

from wechat import tasks
from wechat.actions import late
from wechat.models import InboundMessage, SeenNonce
from wechat.queries import inbound as queries

from .conftest import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(at, wechat):
    """Return a function that stores a question whose answer was promised at 10:00."""
    count = 0

    def store(**fields):
        nonlocal count
        count += 1
        wechat.wrote("o-follower")
        defaults = {
            "dedupe_key": f"msg:{count}",
            "openid": "o-follower",
            "kind": "text",
            "content": "触电怎么办",
            "received_at": at("10:00"),
            "promised_at": at("10:00:04"),
            "reply": f"答{count}",
            "replied_at": at("10:00:06"),
        }
        return InboundMessage.objects.create(**defaults | fields)

    return store


def outcome(row):
    row.refresh_from_db()
    return row.delivered, row.undelivered, row.claimed_at


def test_a_late_reply_is_sent_once(make, api, wechat, at):
    row = make()
    for clock in ("10:00:10", "10:00:40"):
        late.deliver(message_id=row.pk, api=api, now=at(clock))
    assert wechat.sent == [("o-follower", "答1")]
    assert outcome(row) == ("custom", "", None)
    assert row.delivered_at == at("10:00:10")


def test_a_reply_that_someone_else_is_sending_is_left_alone(make, api, wechat, at):
    row = make(claimed_at=at("10:00:10"))
    late.deliver(message_id=row.pk, api=api, now=at("10:01:00"))
    assert wechat.sent == []
    late.deliver(message_id=row.pk, api=api, now=at("10:03:00"))
    assert wechat.sent == [("o-follower", "答1")]


def test_a_reply_that_was_delivered_in_time_is_not_sent_again(make, api, wechat, at):
    row = make(delivered="passive", delivered_at=at("10:00:03"))
    late.deliver(message_id=row.pk, api=api, now=at("10:01"))
    assert wechat.sent == []


def test_an_answer_that_a_crash_left_missing_is_found_and_sent(make, api, wechat, handler, at):
    row = make(reply="", replied_at=None, promised_at=None)
    late.deliver(message_id=row.pk, api=api, now=at("10:01"))
    assert asked == [("o-follower", "触电怎么办")]
    assert wechat.sent == [("o-follower", "答：触电怎么办")]


def test_after_48_hours_nothing_is_sent(make, api, wechat, at):
    row = make()
    late.deliver(message_id=row.pk, api=api, now=at("10:00") + timedelta(hours=48, seconds=1))
    assert (wechat.sent, outcome(row)) == ([], ("none", "window", None))


def test_a_new_message_opens_the_window_again(make, api, wechat, at):
    row = make()
    two_days_on = at("10:00") + timedelta(hours=49)
    wechat.now = two_days_on
    make(received_at=two_days_on, delivered="passive", delivered_at=two_days_on)
    late.deliver(message_id=row.pk, api=api, now=two_days_on)
    assert wechat.sent == [("o-follower", "答1")]


def test_the_sixth_late_reply_to_one_follower_is_not_sent(make, api, wechat, at):
    rows = [make() for _ in range(6)]
    for row in rows:
        late.deliver(message_id=row.pk, api=api, now=at("10:01"))
    assert [outcome(row)[:2] for row in rows] == [("custom", "")] * 5 + [("none", "quota")]
    assert len(wechat.sent) == 5


def test_the_quota_of_one_follower_does_not_touch_another(make, api, wechat, at):
    for row in [make() for _ in range(6)]:
        late.deliver(message_id=row.pk, api=api, now=at("10:01"))
    wechat.wrote("o-other")
    other = make(openid="o-other")
    late.deliver(message_id=other.pk, api=api, now=at("10:01"))
    assert outcome(other)[0] == "custom"


@pytest.mark.parametrize(
    ("code", "reason"), [(45015, "window"), (45047, "quota"), (43004, "refused"), (48001, "refused")]
)
def test_what_wechat_refuses_is_marked_and_not_tried_again(make, api, wechat, at, code, reason):
    row = make()
    wechat.errors = [code]
    for clock in ("10:01", "10:02"):
        late.deliver(message_id=row.pk, api=api, now=at(clock))
    assert (wechat.sent, outcome(row)) == ([], ("none", reason, None))


@pytest.mark.parametrize("trouble", [{"errors": [-1]}, {"errors": [45009]}, {"status": 502}])
def test_when_wechat_is_unavailable_the_reply_waits_for_the_next_sweep(make, api, wechat, at, trouble):
    row = make()
    for name, value in trouble.items():
        setattr(wechat, name, value)
    late.deliver(message_id=row.pk, api=api, now=at("10:01"))
    assert outcome(row) == ("none", "", None)
    wechat.status = 200
    late.deliver(message_id=row.pk, api=api, now=at("10:02"))
    assert outcome(row)[0] == "custom"


def test_three_messages_may_follow_a_menu_click_within_a_minute(make, at):
    make(kind="event", event="CLICK", received_at=at("10:00"))
    assert queries.why_not(openid="o-follower", now=at("10:01")) is None
    assert queries.why_not(openid="o-follower", now=at("10:01:01")) == "window"
    for _ in range(3):
        make(kind="event", event="VIEW", delivered="custom", delivered_at=at("10:00:30"))
    assert queries.why_not(openid="o-follower", now=at("10:00:40")) == "window"


def test_someone_who_never_wrote_cannot_be_written_to(at):
    assert queries.why_not(openid="o-unknown", now=at("10:00")) == "window"


def test_waiting_leaves_out_what_may_still_be_answered_on_the_line(make, at, django_assert_num_queries):
    promised = make()
    fresh = make(promised_at=None, received_at=at("10:00:50"))
    make(delivered="passive", delivered_at=at("10:00"))
    make(undelivered="quota")
    make(reply="")
    with django_assert_num_queries(1):
        assert list(queries.waiting(now=at("10:01"))) == [promised]
    assert list(queries.waiting(now=at("10:01:20"))) == [promised, fresh]


def test_the_task_sends_what_waits_and_forgets_old_nonces(make, wechat_server, at, monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: at("10:05"))
    row = make()
    SeenNonce.objects.create(stamp="old", dedupe_key="k", seen_at=at("09:54:59"))
    SeenNonce.objects.create(stamp="new", dedupe_key="k", seen_at=at("09:55:00"))
    tasks.answer_late_messages()
    tasks.answer_late_messages()
    assert wechat_server.sent == [("o-follower", "答1")]
    assert outcome(row)[0] == "custom"
    assert [nonce.stamp for nonce in SeenNonce.objects.all()] == ["new"]
