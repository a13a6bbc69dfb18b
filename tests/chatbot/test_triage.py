"""Someone in danger is recognised, by the words people use, and not where there is nobody in danger."""

import re
from pathlib import Path

import pytest

from chatbot.rules.hazards import HAZARDS
from chatbot.rules.normalising import normalise
from chatbot.rules.triage import asks_for_help, triage

CONTENT = Path(__file__).parents[2] / "kb" / "content"

IN_DANGER = [
    ("锅里油着火怎么办", "oil-pan-fire"),
    ("炒菜油锅突然起火了", "oil-pan-fire"),
    ("炸丸子的油烧起来了咋整", "oil-pan-fire"),
    ("鍋裡的油著火了", "oil-pan-fire"),
    ("my frying pan is on fire", "oil-pan-fire"),
    ("厨房有股煤气味", "gas-smell"),
    ("天然气泄漏了", "gas-smell"),
    ("家里燃气报警器一直在响", "gas-smell"),
    ("I smell gas in the kitchen", "gas-smell"),
    ("爷爷煤气中毒了", "co-poisoning"),
    ("洗澡的时候头晕想吐", "co-poisoning"),
    ("屋里烧炭，我头疼恶心", "co-poisoning"),
    ("全家人都头晕恶心", "co-poisoning"),
    ("carbon monoxide alarm is ringing", "co-poisoning"),
    ("有人触电了", "electric-shock-rescue"),
    ("我爸被电倒了", "electric-shock-rescue"),
    ("同事被电着了松不开手", "electric-shock-rescue"),
    ("小孩摸插座被电了", "electric-shock-rescue"),
    ("my dad got an electric shock", "electric-shock-rescue"),
    ("有人掉河里了", "drowning-rescue"),
    ("孩子溺水了没反应", "drowning-rescue"),
    ("弟弟滑进水库里了", "drowning-rescue"),
    ("a boy is drowning", "drowning-rescue"),
    ("我的车掉进河里了", "car-in-water"),
    ("有人掉进冰窟窿了", "fall-through-ice"),
    ("地震把房子震塌了我被压在下面", "trapped"),
    ("我妈被埋在废墟里", "trapped"),
    ("地震了", "earthquake-indoor"),
    ("我家着火了", "smoke-escape"),
    ("楼下着火了我在六楼", "smoke-escape"),
    ("火灾被困在房间里出不去", "smoke-escape"),
    ("走廊全是烟", "smoke-escape"),
    ("there is a fire in my apartment", "smoke-escape"),
    ("路边汽车着火了", "how-to-call-119"),
    ("着火了！！！", "how-to-call-119"),
    ("着火怎么办", "how-to-call-119"),
    ("他腿上大出血", "heavy-bleeding"),
    ("手被机器割了血止不住", "heavy-bleeding"),
    ("my friend is bleeding heavily", "heavy-bleeding"),
    ("我妈突然晕倒了", "cpr"),
    ("有人昏迷叫不醒", "cpr"),
    ("老人没有呼吸了", "cpr"),
    ("he is unconscious and not breathing", "cpr"),
    ("工友在污水池里晕倒了", "rescue-do-not-enter"),
    ("井下有人昏倒", "rescue-do-not-enter"),
    ("有两个人掉进化粪池了", "rescue-do-not-enter"),
    ("有限空间里有人中毒倒了", "rescue-do-not-enter"),
    ("电动车在楼道里冒烟了", "ebike-battery-fire"),
    ("充电宝冒烟", "lithium-powerbank-fire"),
    ("插座冒火花了", "electrical-fire"),
    ("煤气罐着火了", "lpg-cylinder-fire"),
    ("他衣服着火了", "clothes-on-fire"),
    ("高压线断了掉在地上", "fallen-power-line"),
    ("孩子被糖卡住喉咙了", "heimlich"),
    ("工地有人热晕了", "heatstroke"),
    ("着 火 了，我 家", "how-to-call-119"),
    ("触\u200b电了", "electric-shock-rescue"),
]

TO_LEARN = [
    "为什么油锅着火不能泼水",
    "触电的原因有哪些",
    "怎么预防溺水",
    "燃气泄漏的危害是什么",
    "一氧化碳中毒的原理",
    "如何防止电动车起火",
    "地震了为什么不能坐电梯",
]

NOT_IN_DANGER = [
    "灭火器多久检查一次",
    "特种作业考试多少分及格",
    "手机掉水里怎么办",
    "停电到几点",
    "油锅用什么牌子好",
    "燃气费在哪里缴",
    "火锅店推荐一家",
    "电动车上牌要什么材料",
    "冰箱里的冰怎么除",
    "被电动车撞了找谁",
    "煤气灶怎么清洗油污",
    "安全带怎么用",
    "电池能用多久",
    "王者荣耀怎么上分",
    "",
]


@pytest.mark.parametrize(("question", "slug"), IN_DANGER)
def test_someone_in_danger_gets_the_article_that_says_what_to_do(question, slug):
    case = triage(normalise(question))
    assert (case.slug, case.ongoing) == (slug, True)


@pytest.mark.parametrize("question", TO_LEARN)
def test_a_question_to_learn_from_is_not_an_emergency(question):
    assert triage(normalise(question)).ongoing is False


@pytest.mark.parametrize("question", ["我家着火了为什么打不通119", "有人触电了，原因不知道，怎么救"])
def test_in_doubt_it_is_an_emergency(question):
    assert triage(normalise(question)).ongoing is True


@pytest.mark.parametrize("question", NOT_IN_DANGER)
def test_other_questions_are_left_to_retrieval(question):
    assert triage(normalise(question)) is None


@pytest.mark.parametrize(
    ("question", "asks"),
    [("被狗咬了怎么办", True), ("孩子被烫着了", True), ("灭火器压力表看哪里", False), ("为什么会中暑", False)],
)
def test_asks_for_help_tells_a_cry_from_a_question(question, asks):
    assert asks_for_help(normalise(question)) is asks


def _articles():
    for path in sorted(CONTENT.glob("*/*.md")):
        yield path.stem, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.slug)
def test_every_hazard_has_an_article_with_a_number_and_three_steps(hazard):
    text = dict(_articles())[hazard.slug]
    calls = re.search(r"^calls: \[(.+)\]$", text, re.MULTILINE)[1]
    first_section = text.split("\n## ")[1]
    assert re.search("^danger: true$", text, re.MULTILINE)
    assert f'"{hazard.call}"' in calls
    assert len(re.findall(r"^\d+\. ", first_section, re.MULTILINE)) >= 3
