"""Each week has one report: its figures, who is told, and no question in it."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.enums import Role
from accounts.models import User
from chatbot import tasks
from chatbot.actions import reporting
from chatbot.models import Conversation, Gap, GapMember, Turn, WeeklyReport
from chatbot.queries import reports
from chatbot.rules import weeks
from notifications.models import Notice

HERE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)  # the week before the tests' own day, which is a Monday
PAGE = "/admin/weekly-reports/"


def local(day: int, clock: str) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 11, day, hours, minutes, tzinfo=HERE)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (local(23, "08:00"), date(2026, 11, 16)),
        (local(23, "07:59"), date(2026, 11, 9)),
        (local(24, "00:10"), date(2026, 11, 16)),
        (local(29, "23:59"), date(2026, 11, 16)),
    ],
)
def test_a_week_is_due_on_the_next_monday_at_eight(moment, monday):
    assert weeks.due_week(moment) == monday


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.5, None), ([7], 0.99, 7), ([1, 2, 3, 4], 0.5, 2), (list(range(1, 101)), 0.95, 95)],
)
def test_percentiles_are_by_nearest_rank(values, share, found):
    assert weeks.percentile(values, share) == found


@pytest.fixture
def week(make_turn):
    """A week's questions, and one on either side of it."""
    first = make_turn("着火", kind="danger", article="fire", confidence=None, asked_at=local(16, "00:00"), ms=1)
    make_turn(
        "梯子", kind="answer", article="ladder", confidence=0.9, asked_at=local(22, "23:59"), ms=3,
        helped=False, complaint="wrong", conversation=first.conversation,
    )  # fmt: skip
    make_turn("宠物能坐电梯吗", channel="wechat", asked_at=local(18, "12:00"), ms=2, helped=True)
    make_turn("早了", asked_at=local(15, "23:59"))
    make_turn("晚了", asked_at=local(23, "00:00"))


def test_the_figures_are_those_of_the_week(week, django_assert_num_queries):
    with django_assert_num_queries(6):
        figures = reports.figures(MONDAY)
    assert {name: figures[name] for name in ("questions", "conversations", "helped", "not_helped")} == {
        "questions": 3,
        "conversations": 2,
        "helped": 1,
        "not_helped": 1,
    }
    assert figures["kinds"] == {"answer": 1, "danger": 1, "choice": 0, "unknown": 1, "referral": 0, "refused": 0}
    assert figures["channels"] == {"page": {"answer": 1, "danger": 1}, "wechat": {"unknown": 1}}
    assert figures["days"] == [1, 0, 1, 0, 0, 0, 1]
    assert figures["articles"] == [["fire", 1], ["ladder", 1]]
    assert (figures["badly"], figures["danger"], figures["complaints"]["wrong"]) == ([["ladder", 1]], [["fire", 1]], 1)
    assert figures["ms"] == {"50": 2, "95": 3, "99": 3}
    assert "宠物" not in json.dumps(figures, ensure_ascii=False)


def test_gaps_are_by_growth(week, make_turn):
    turns = list(Turn.objects.filter(kind="unknown").order_by("asked_at"))
    grown, shrunk = Gap.objects.create(central=turns[1]), Gap.objects.create(central=turns[0])
    GapMember.objects.create(gap=grown, turn=turns[1])
    GapMember.objects.create(gap=shrunk, turn=turns[0])
    assert reports.figures(MONDAY)["gaps"] == [[grown.pk, 1, 0]]


def test_a_report_is_made_once_and_told_to_who_looks_after_the_articles(week, staff):
    editor, publisher, _officer = (staff(role) for role in (Role.KNOWLEDGE_EDITOR, Role.PUBLISHER, Role.EXAM_OFFICER))
    left = User.objects.create_user("left", is_active=False)
    left.groups.set(editor.groups.all())
    report = reporting.make_due(now=local(23, "08:00"))
    assert (report.monday, report.figures["questions"], report.made_at) == (MONDAY, 3, local(23, "08:00"))
    assert reporting.make_due(now=local(23, "09:00")) is None
    assert reporting.make(monday=MONDAY, now=local(23, "09:00")) is None
    told = Notice.objects.filter(kind="weekly_bot_report")
    assert {notice.user for notice in told} == {editor, publisher}
    assert (told[0].link, "3" in told[0].body) == (f"{PAGE}{report.pk}/", True)
    assert WeeklyReport.objects.count() == 1


def test_a_missed_monday_is_made_up_for(week, monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: local(26, "14:00"))
    tasks.make_weekly_report()
    tasks.make_weekly_report()
    assert list(WeeklyReport.objects.values_list("monday", flat=True)) == [MONDAY]


def test_the_page_shows_the_week_beside_the_one_before(browser, week, make_article):
    make_article("ladder", title="梯子怎么放")
    turn = Turn.objects.get(question="宠物能坐电梯吗")
    GapMember.objects.create(gap=Gap.objects.create(central=turn), turn=turn)
    last = reporting.make(monday=MONDAY - timedelta(days=7), now=local(16, "08:00"))
    report = reporting.make(monday=MONDAY, now=local(23, "08:00"))
    assert "2026-11-16" in browser.get(PAGE).content.decode()
    reply = browser.get(f"{PAGE}{report.pk}/")
    text = reply.content.decode()
    assert ("梯子怎么放" in text, "宠物能坐电梯吗" in text, text.count('<svg viewBox="-4')) == (True, True, 1)
    assert [row[1:] for row in reply.context["complaints"]][:2] == [(1, 100), (0, 0)]
    assert [row[1:] for row in reply.context["totals"][:2]] == [(3, 1), (2, 1)]
    assert browser.get(f"{PAGE}{last.pk}/").context["totals"][0][2] is None
    Conversation.objects.all().delete()
    Gap.objects.all().delete()
    assert "宠物" not in browser.get(f"{PAGE}{report.pk}/").content.decode()
