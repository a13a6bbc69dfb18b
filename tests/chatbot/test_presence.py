"""How sure it is that somebody is in danger now: what search found, how it is put, and the two chances."""

import pytest

from chatbot.enums import Decides
from chatbot.rules import cues, presence, wording
from chatbot.rules.normalising import normalise
from chatbot.rules.presence import Presence, Strength
from chatbot.rules.triage import Rule, best_danger, triage, weigh
from kb.retrieval import NOTHING, Found, Hit

from .conftest import LADDER, OIL, SHOCK


def found(*documents, decision="choice", confidence=0.5, cosine=0.6, scores=(0.9, 0.6, 0.4)):
    hits = tuple(Hit(each, None, score, 9.0, cosine) for each, score in zip(documents, scores, strict=False))
    return Found(decision, confidence, hits)


def strength(question, *documents, **options):
    text = normalise(question)
    return weigh(text, found(*documents, **options), triage(text)).strength


def test_what_was_fitted_knows_every_sign_and_no_other():
    given = presence.signs("水", found(OIL).hits, confidence=0.5, ruled=False)
    assert presence.fitted().coefficients.keys() == given.keys()
    assert 0 < presence.fitted().possible < presence.fitted().sure < 1


def test_the_two_chances_tell_the_card_from_the_strip():
    model = Presence({"constant": 1.0}, sure=0.6, possible=0.1)
    assert [model.strength(chance) for chance in (0.6, 0.59, 0.1, 0.09)] == ["sure", "possible", "possible", "none"]
    doubtful = [model.strength(chance, doubtful=True) for chance in (0.6, 0.3, 0.29)]
    assert doubtful == ["possible", "possible", "none"]
    assert model.chance({"constant": 0.0}) == 0.5


@pytest.mark.parametrize(
    "question",
    [
        "有人在水里扑腾，我够不着他",
        "我爸刚才突然说不出话了！",
        "快来人，工友的手卷进去了",
        "my friend is stuck and can't get out",
    ],
)
def test_a_cry_about_an_article_on_danger_is_sure(question):
    assert strength(question, SHOCK, OIL, LADDER) == Strength.SURE


@pytest.mark.parametrize(
    "question", ["可不可以用湿布", "要是家里出了这种事该怎么做", "这个东西是什么原理", "上周的事已经处理好了吗"]
)
def test_a_question_about_an_article_on_danger_is_less_than_sure(question):
    assert strength(question, SHOCK, LADDER) != Strength.SURE


@pytest.mark.parametrize("question", ["梯子要多长才合适", "角度标准是多少", "为什么要检查梯子"])
def test_a_question_about_no_danger_is_none(question):
    assert strength(question, LADDER, scores=(0.9,)) == Strength.NONE


def test_a_rule_s_danger_that_is_only_told_is_sure_and_one_that_is_asked_about_possible_at_least():
    assert strength("触电了", LADDER, cosine=0.1, confidence=0.05) == Strength.SURE
    assert strength("触电了能不能拉", LADDER, cosine=0.1, confidence=0.05) == Strength.POSSIBLE
    assert strength("为什么会触电", LADDER, cosine=0.1, confidence=0.05) == Strength.NONE


def test_what_was_said_last_counts_not_the_question_before_it():
    text, case = "油锅着火了怎么弄 那以后怎么预防呢", None
    assert weigh(text, found(OIL), case, own="那以后怎么预防呢").chance < weigh(text, found(OIL), case).chance


def test_an_article_far_behind_the_best_is_not_taken_for_the_danger():
    assert best_danger(found(LADDER, OIL, scores=(0.9, 0.4))) == OIL
    assert best_danger(found(LADDER, OIL, scores=(0.9, 0.3))) is None
    assert best_danger(NOTHING) is None


def test_cues_tell_a_cry_from_a_question():
    assert [cues.cries(text) for text in ("他不动了", "他为什么不动了", "要是他不动了", "灭火器")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_rule_needs_a_word_of_each_group():
    rule = Rule((("电梯", "升降机"), ("困", "卡")), Decides.PRESENT, "lift-trapped", "119")
    assert [rule.is_in(text) for text in ("升降机卡住了", "电梯停了", "")] == [True, False, False]
    assert Rule((), Decides.ABSENT).is_in("电梯") is False
    assert triage("升降机卡住了", (rule,)).slug == "lift-trapped"


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("電梯、升降機\n困", None),
        ("電梯，升降機\n困住|卡住", (("电梯", "升降机"), ("困住", "卡住"))),
        ("", None),
        ("，", None),
    ],
)
def test_words_are_folded_as_questions_are(written, groups):
    assert wording.are_groups(written) is (groups is not None)
    assert groups is None or wording.groups(written) == groups
