"""Telling somebody something."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from core import telling
from notifications import kinds
from notifications.actions import notices
from notifications.models import Delivery, Notice, Preference


def test_a_notice_is_in_the_inbox_and_on_its_way(tell, reader, at):
    notice = tell(link="/exams/")
    assert (notice.subject, notice.body) == ("A parcel from Wang", "It came from Wang and weighs 2 kg.")
    assert (notice.user, notice.link, notice.created_at, notice.read_at) == (reader, "/exams/", at("10:00"), None)
    rows = Delivery.objects.values_list("channel", "state", "tries", "next_at").order_by("channel")
    assert list(rows) == [("email", "pending", 0, at("10:00")), ("sms", "pending", 0, at("10:00"))]


def test_the_same_thing_is_told_once(tell, at):
    first = tell()
    again = tell(context={"sender": "Li", "weight": "3 kg"}, now=at("11:00"))
    assert (again, again.subject) == (first, "A parcel from Wang")
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 2)


def test_another_key_another_kind_and_another_user_are_other_things(tell, person):
    tell()
    tell(key="2")
    tell("silent")
    tell(user=person.user)
    assert Notice.objects.count() == 4


def test_a_kind_for_the_inbox_only_has_no_delivery(tell):
    tell("silent")
    assert Delivery.objects.count() == 0


def test_the_user_wants_other_channels(tell, reader):
    Preference.objects.create(user=reader, kind="parcel", channel="sms", wanted=False)
    Preference.objects.create(user=reader, kind="parcel", channel="wechat", wanted=True)
    tell()
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email", "wechat"}


def test_what_cannot_be_switched_off_is_sent_all_the_same(tell, reader):
    Preference.objects.create(user=reader, kind="alarm", channel="sms", wanted=False)
    tell("alarm", context={})
    assert Delivery.objects.get().channel == "sms"


def test_a_worker_is_nudged_after_the_commit_and_only_for_news(tell, django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr("core.nudging._send", lambda task, kwargs: sent.append((task, kwargs)))
    with django_capture_on_commit_callbacks(execute=True):
        notice = tell()
        tell()
        tell("silent")
    assert sent == [("notifications.tasks.deliver", {"notice_id": notice.pk})]


def test_telling_costs_few_statements(tell, reader, django_assert_num_queries):
    with django_assert_num_queries(
        8
    ):  # a savepoint around all and one around the insert: 4; seek, insert, wishes, rows
        tell()
    with django_assert_num_queries(3):
        tell()


def test_a_kind_nobody_declared_is_refused(tell):
    with pytest.raises(kinds.UnknownKind, match="no_such_kind"):
        tell("no_such_kind")
    assert Notice.objects.count() == 0


def test_a_context_that_lacks_something_is_refused(tell):
    with pytest.raises(notices.ContextIncomplete, match="parcel needs weight"):
        tell(context={"sender": "Wang"})
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_link_to_elsewhere_is_refused(tell, link):
    with pytest.raises(notices.NotLocal):
        tell(link=link)
    assert Notice.objects.count() == 0


def test_a_subject_is_one_line_of_bounded_length(tell):
    notice = tell(context={"sender": "a\r\nBcc: everyone\n" + "长" * 200, "weight": "%(weight)s %d"})
    assert notice.subject == ("A parcel from a Bcc: everyone " + "长" * 200)[:120]
    assert notice.body.endswith("weighs %(weight)s %d.")


def test_texts_are_in_the_language_of_the_house_whoever_causes_them(tell, client):
    from django.utils import translation

    with translation.override("en"):
        notice = tell(context={"sender": gettext_lazy("Question"), "weight": 2})
    with translation.override("zh-hans"):
        assert notice.subject == f"A parcel from {gettext_lazy('Question')}"


def test_two_kinds_of_one_name_are_a_mistake(settings, monkeypatch):
    from tests.notifications import some_kinds

    twin = telling.Kind("parcel", "", "", "", {})
    monkeypatch.setattr(some_kinds, "KINDS", (*some_kinds.KINDS, twin))
    kinds._declared.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="parcel"):
        kinds.kinds()
    kinds._declared.cache_clear()


def test_a_kind_that_is_gone_is_called_by_its_name(settings):
    assert (kinds.title_of("parcel"), kinds.title_of("gone")) == ("Parcel", "gone")


def test_a_lower_room_tells_through_the_seam(reader, at):
    telling.tell(user=reader, kind="silent", key="1", context={}, link="/my/", by=reader, now=at("10:00"))
    assert list(Notice.objects.values_list("user", "kind", "key", "link")) == [(reader.pk, "silent", "1", "/my/")]


def test_the_seam_calls_what_the_settings_name(settings, at):
    heard = {}
    settings.NOTIFIER = f"{__name__}.listener"
    listener.heard = heard
    telling.tell(user="u", kind="k", key="1", context={"a": 1}, now=at("10:00"))
    assert heard == {
        "user": "u",
        "kind": "k",
        "key": "1",
        "context": {"a": 1},
        "link": "",
        "by": None,
        "now": at("10:00"),
    }


def listener(**told):
    listener.heard.update(told)
