"""Public warnings come first where they have to do with the question, and never above what saves somebody."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import gettext as _

from chatbot import alerts, answering
from chatbot.models import QuickQuestion
from chatbot.queries import offering
from chatbot.rules import composing

from .conftest import LADDER, OIL, article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RAIN = alerts.Warning(
    title="暴雨橙色预警",
    level="orange",
    area="全市",
    hazard="暴雨",
    starts=datetime(2026, 11, 23, 8, tzinfo=UTC),
    until=datetime(2026, 11, 23, 14, tzinfo=UTC),
    url="/warnings/1/",
)
FIRE = alerts.Warning("森林火险红色预警", "red", "山区", "fire", RAIN.starts, RAIN.until)
OVER = alerts.Warning("大风蓝色预警", "blue", "全市", "暴雨", RAIN.starts, datetime(2026, 11, 23, 9, tzinfo=UTC))


def issued(now):
    return [RAIN, FIRE, OVER]


@pytest.fixture(autouse=True)
def source(settings):
    settings.WARNINGS = f"{__name__}.issued"


def line(warning):
    shown = {"title": warning.title, "area": warning.area, "until": f"{warning.until:%m-%d %H:%M}"}
    return "**" + _("Warning in force: %(title)s (%(area)s, until %(until)s)") % shown + "**"


def said(question, now=NOW):
    return answering.reply(question, [], now=now).text


def test_a_warning_that_the_question_is_about_comes_first_with_its_page(knowledge):
    knowledge.finds("answer", LADDER)
    text = said("暴雨天能不能爬梯子")
    assert text.startswith(f"- {line(RAIN)} [{_('Details')}](/warnings/1/)\n\n")
    assert text.endswith(composing.answer(LADDER, LADDER.passages[0]).text)


def test_a_warning_about_the_topic_of_the_article_shown_comes_first(knowledge):
    knowledge.documents["forest"] = forest = article("forest", danger=False, title="进山前看什么")
    knowledge.finds("answer", forest)
    assert said("进山前看什么").startswith(f"- {line(FIRE)}\n\n")


def test_below_a_card_the_warning_comes_last(knowledge):
    assert said("油锅着火了") == f"{composing.danger(OIL).text}\n\n---\n\n- {line(FIRE)}"


def test_a_warning_about_something_else_or_that_is_over_is_not_shown(knowledge):
    knowledge.finds("answer", LADDER)
    assert "预警" not in said("梯子怎么放")
    assert "预警" not in said("暴雨天梯子怎么放", now=datetime(2026, 11, 23, 15, tzinfo=UTC))


def test_without_a_source_there_are_none(knowledge, settings):
    settings.WARNINGS = ""
    knowledge.finds("answer", LADDER)
    assert "预警" not in said("暴雨天梯子怎么放")


def test_what_a_warning_in_force_is_about_is_offered_first_and_what_is_over_is_not():
    for text, word in (("怎么预防火灾", ""), ("暴雨来了怎么办", "暴雨"), ("大风天要注意什么", "大风")):
        QuickQuestion.objects.create(text=text, warning=word)
    assert offering.quick_questions(NOW) == ["暴雨来了怎么办", "怎么预防火灾"]
