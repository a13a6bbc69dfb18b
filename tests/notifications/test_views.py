"""The inbox, the badge, the wishes and the quiet hours of one user."""

import re
from datetime import time

import pytest
from django.test import RequestFactory
from django.urls import reverse

from core.telling import Channel
from notifications.actions import inbox
from notifications.context import unread
from notifications.models import Notice, Preference, QuietHours

NASTY = '<img src=x onerror="alert(1)">'
INBOX_QUERIES = 7
PREFERENCES_QUERIES = 8


@pytest.fixture
def mine(client, reader, home):
    """The reader's browser."""
    client.force_login(reader)
    return client


def told(page) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page.content.decode())


def badge(page) -> list[str]:
    return re.findall(r'<span class="badge"><span aria-hidden="true">(.*?)</span>', page.content.decode())


def test_the_inbox_asks_to_log_in_first(client, home):
    assert client.get("/notices/")["Location"] == "/accounts/login/?next=/notices/"
    assert client.get("/notices/preferences/")["Location"] == "/accounts/login/?next=/notices/preferences/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_takes_the_same_queries_with_one_and_three(mine, tell, count, django_assert_num_queries):
    for key in range(count):
        tell(key=str(key))
    with django_assert_num_queries(INBOX_QUERIES):
        page = mine.get("/notices/")
    assert told(page) == ["A parcel from Wang"] * count
    assert "no-store" in page["Cache-Control"]


def test_unread_notices_come_first_and_are_marked(mine, tell, reader, at):
    old = tell(key="1", context={"sender": "A", "weight": 1}, now=at("08:00"))
    new = tell(key="2", context={"sender": "B", "weight": 1}, now=at("09:00"))
    tell(key="3", context={"sender": "C", "weight": 1}, now=at("08:30"))
    inbox.mark_read(notice_id=new.pk, by=reader, now=at("10:00"))
    page = mine.get("/notices/")
    assert told(page) == ["A parcel from C", "A parcel from A", "A parcel from B"]
    cards = re.findall(r'<li class="(.*?)" id="notice-(\d+)">', page.content.decode())
    assert {int(pk): name for name, pk in cards}[old.pk] == "card card--unread"
    assert {int(pk): name for name, pk in cards}[new.pk] == "card"


def test_the_inbox_shows_nobody_elses(mine, tell, person):
    tell(user=person.user)
    assert told(mine.get("/notices/")) == []


def test_an_empty_inbox_says_what_will_come(mine):
    page = mine.get("/notices/").content.decode()
    assert 'class="empty' in page
    assert 'href="/my/"' in page


def test_what_people_typed_is_escaped(mine, tell):
    tell(context={"sender": NASTY, "weight": "<b>2</b>\n\nkg"})
    page = mine.get("/notices/").content.decode()
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in page
    assert "<img src=x" not in page
    assert "<b>2</b>" not in page


def test_twenty_to_a_page(mine, tell, at):
    for key in range(21):
        tell(key=str(key), context={"sender": f"no. {key:02}", "weight": 1}, now=at(f"10:{key:02}"))
    first, second = mine.get("/notices/"), mine.get("/notices/?p=2")
    assert (len(told(first)), told(first)[0], told(second)) == (20, "A parcel from no. 20", ["A parcel from no. 00"])
    assert 'href="?p=2"' in first.content.decode()
    assert told(mine.get("/notices/?p=nonsense")) == told(first)


def test_marking_one_read_stays_on_the_page(mine, tell):
    notice, other = tell(key="1"), tell(key="2")
    reply = mine.post(f"/notices/{notice.pk}/read/", {"p": "2"})
    assert (reply.status_code, reply["Location"]) == (302, "/notices/?p=2")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert list(Notice.objects.filter(read_at=None)) == [other]


def test_the_first_reading_counts(mine, tell, reader, at):
    notice = tell()
    inbox.mark_read(notice_id=notice.pk, by=reader, now=at("10:30"))
    mine.post(f"/notices/{notice.pk}/read/")
    notice.refresh_from_db()
    assert notice.read_at == at("10:30")


def test_marking_all_read_leaves_other_people_alone(mine, tell, person):
    tell(key="1")
    tell(key="2")
    theirs = tell(user=person.user)
    assert mine.post("/notices/read/")["Location"] == "/notices/"
    assert list(Notice.objects.filter(read_at=None)) == [theirs]


def test_opening_reads_and_leads_on(mine, tell):
    notice = tell(link="/exams/?a=1")
    assert mine.post(f"/notices/{notice.pk}/open/")["Location"] == "/exams/?a=1"
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize(
    "link", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", ""]
)
def test_opening_never_leads_to_another_site(mine, tell, link):
    notice = tell()
    Notice.objects.update(link=link)
    assert mine.post(f"/notices/{notice.pk}/open/")["Location"] == "/notices/"


@pytest.mark.parametrize("deed", ["read", "open"])
def test_other_peoples_notices_are_not_found(mine, tell, person, deed):
    theirs = tell(user=person.user)
    assert mine.post(f"/notices/{theirs.pk}/{deed}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize("path", ["/notices/read/", "/notices/1/read/", "/notices/1/open/", "/notices/quiet/"])
def test_nothing_changes_by_following_a_link(mine, path):
    assert mine.get(path).status_code == 405


def test_changes_want_a_token(reader, tell, home):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(f"/notices/{tell().pk}/read/").status_code == 403


def test_the_badge_counts_what_is_unread_on_every_page(mine, tell):
    assert badge(mine.get("/map/")) == []
    tell(key="1")
    last = tell(key="2")
    page = mine.get("/map/")
    assert badge(page) == ["2"]
    assert 'href="/notices/"' in page.content.decode()
    mine.post(f"/notices/{last.pk}/read/")
    assert badge(mine.get("/map/")) == ["1"]


def test_the_badge_is_read_out_in_words(mine, tell):
    tell()
    badge = '<span class="badge"><span aria-hidden="true">1</span><span class="visually-hidden">1'
    assert badge in mine.get("/map/").content.decode()


def test_my_page_leads_to_the_inbox_with_the_count(mine, tell):
    tell()
    page = mine.get("/my/")
    assert badge(page) == ["1", "1"]


def test_beyond_ninety_nine_the_badge_stops_counting(mine, reader, at):
    Notice.objects.bulk_create(
        Notice(user=reader, kind="parcel", key=str(key), subject="x", body="x", created_at=at("10:00"))
        for key in range(120)
    )
    assert badge(mine.get("/map/")) == ["99+"]


def test_the_badge_costs_a_visitor_nothing_and_a_user_one_query(client, mine, reader, tell, django_assert_num_queries):
    tell()
    request = RequestFactory().get("/")
    request.user = reader
    with django_assert_num_queries(0):
        lazy = unread(request)["unread_notices"]
    with django_assert_num_queries(1):
        assert (lazy == 1, lazy == 1, bool(lazy)) == (True, True, True)
    del request.user
    with django_assert_num_queries(0):
        assert unread(request)["unread_notices"] == 0


def boxes(page) -> dict[str, str]:
    """Return name → the rest of the tag of every box on the page."""
    return dict(re.findall(r'<input type="checkbox" name="([^"]+)"([^>]*)>', page.content.decode()))


@pytest.mark.parametrize("count", [0, 3])
def test_the_wishes_take_the_same_queries_however_many_were_chosen(mine, reader, count, django_assert_num_queries):
    for channel in ["email", "sms", "wechat"][:count]:
        Preference.objects.create(user=reader, kind="parcel", channel=channel, wanted=False)
    with django_assert_num_queries(PREFERENCES_QUERIES):
        mine.get("/notices/preferences/")


def test_the_wishes_show_what_holds(mine):
    shown = boxes(mine.get("/notices/preferences/"))
    assert {name: "checked" in rest for name, rest in shown.items()} == {
        "parcel-email": True,
        "parcel-sms": True,
        "parcel-wechat": False,
        "alarm-email": False,
        "alarm-sms": True,
        "alarm-wechat": False,
        "silent-email": False,
        "silent-wechat": False,
        "chat-email": False,
        "chat-wechat": True,
    }
    assert [name for name, rest in shown.items() if "disabled" in rest] == ["alarm-sms"]


def test_every_box_has_a_name_of_its_own(mine):
    page = mine.get("/notices/preferences/").content.decode()
    for kind, channel in (("Parcel", Channel.EMAIL), ("Alarm", Channel.SMS)):
        assert f'<span class="visually-hidden">{kind}: {channel.label}</span>' in page


def test_wishes_are_kept(mine, reader):
    assert mine.post("/notices/preferences/", {"parcel-email": "on", "chat-wechat": "on"}).status_code == 302
    assert list(Preference.objects.values_list("user", "kind", "channel", "wanted")) == [
        (reader.pk, "parcel", "sms", False)
    ]
    assert "checked" not in boxes(mine.get("/notices/preferences/"))["parcel-sms"]
    mine.post("/notices/preferences/", {"parcel-email": "on", "parcel-sms": "on", "chat-wechat": "on"})
    assert Preference.objects.count() == 0


def test_what_may_not_be_switched_off_stays_on(mine):
    mine.post("/notices/preferences/", {"alarm-email": "on"})
    assert list(Preference.objects.filter(kind="alarm").values_list("channel", "wanted")) == [("email", True)]
    assert "checked" in boxes(mine.get("/notices/preferences/"))["alarm-sms"]


def test_wishes_of_a_kind_that_is_gone_stay(mine, reader):
    Preference.objects.create(user=reader, kind="gone", channel="sms", wanted=False)
    mine.post("/notices/preferences/", {"parcel-email": "on", "parcel-sms": "on", "chat-wechat": "on"})
    assert Preference.objects.get().kind == "gone"


def test_where_one_can_be_reached_is_masked(mine):
    page = mine.get("/notices/preferences/").content.decode()
    assert "138****0001" in page
    assert "r***@example.com" in page
    assert "13800000001" not in page


def test_an_unverified_number_is_none(mine, reader):
    reader.phone_verified_at = None
    reader.save()
    page = mine.get("/notices/preferences/").content.decode()
    assert "138****0001" not in page
    assert reverse("account_change_phone") in page


def test_quiet_hours_are_set_changed_and_lifted(mine, reader):
    mine.post("/notices/quiet/", {"begins": "22:00", "ends": "07:00"})
    assert QuietHours.objects.values_list("user", "begins", "ends").get() == (reader.pk, time(22), time(7))
    page = mine.get("/notices/preferences/").content.decode()
    assert 'name="begins" value="22:00"' in page
    mine.post("/notices/quiet/", {"begins": "21:30", "ends": "07:00"})
    assert QuietHours.objects.get().begins == time(21, 30)
    assert mine.post("/notices/quiet/", {"begins": "", "ends": ""}).status_code == 302
    assert QuietHours.objects.count() == 0


@pytest.mark.parametrize(
    "posted",
    [
        {"begins": "22:00", "ends": ""},
        {"begins": "", "ends": "07:00"},
        {"begins": "07:00", "ends": "07:00"},
        {"begins": "25:00", "ends": "07:00"},
        {"begins": "22:00", "ends": "soon"},
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused_and_the_input_stays(mine, posted):
    reply = mine.post("/notices/quiet/", posted)
    page = reply.content.decode()
    assert reply.status_code == 400
    assert QuietHours.objects.count() == 0
    assert "errorlist" in page
    for value in filter(None, posted.values()):
        assert f'value="{value}"' in page
