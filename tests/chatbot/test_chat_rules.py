"""Hours of the desk, origins that may frame, questions of the season."""

from datetime import date, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from chatbot.rules import origins, seasons
from chatbot.rules.office_hours import Hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = Hours(
    time(9), time(17), closed=frozenset({date(2026, 10, 1)}), staffed=frozenset({date(2026, 10, 10)})
)  # 10 October 2026 is a Saturday


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-09-30T09:00", True),
        ("2026-09-30T08:59", False),
        ("2026-09-30T17:00", False),
        ("2026-10-01T10:00", False),
        ("2026-10-03T10:00", False),
        ("2026-10-10T10:00", True),
    ],
)
def test_the_desk_is_open_on_working_days_within_its_hours(moment, expected):
    assert HOURS.is_open(local(moment)) is expected


def test_the_next_opening_passes_over_holidays_and_weekends():
    assert HOURS.next_opening(local("2026-09-30T18:00")) == local("2026-10-02T09:00")
    assert HOURS.next_opening(local("2026-10-02T09:00")) == local("2026-10-05T09:00")
    assert HOURS.next_opening(local("2026-10-02T08:00")) == local("2026-10-02T09:00")
    always_closed = Hours(time(9), time(17), closed=frozenset(date(2026, 10, day) for day in range(1, 32)))
    assert always_closed.next_opening(local("2026-10-01T08:00")) is None


@pytest.mark.parametrize("text", ["https://www.example.cn", "http://localhost:8000", "https://a.b-c.cn:8443"])
def test_an_origin_is_one(text):
    assert origins.is_origin(text)


@pytest.mark.parametrize(
    "text", ["*", "https:", "https://*.example.cn", "https://example.cn/", "https://a; script-src *", "'self'", "a.cn"]
)
def test_what_would_open_more_than_one_origin_is_none(text):
    assert not origins.is_origin(text)


def question(text, months=(), warning=""):
    return SimpleNamespace(text=text, months=list(months), warning=warning)


def test_a_warning_comes_before_the_season_and_the_season_before_the_year():
    asked = [question("常年"), question("夏天", [6, 7]), question("台风", [9], "台风"), question("寒潮", (), "寒潮")]
    assert seasons.pick(asked, month=7) == ["夏天", "常年"]
    assert seasons.pick(asked, month=9) == ["台风", "常年"]
    assert seasons.pick(asked, month=7, warnings=["台风黄色预警"]) == ["台风", "夏天", "常年"]
    assert seasons.pick(asked, month=1, warnings=["寒潮蓝色预警"]) == ["寒潮", "常年"]
    assert len(seasons.pick([question(str(n)) for n in range(20)], month=1)) == seasons.OFFERED
