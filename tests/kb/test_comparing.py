"""Numbers in texts, contradictions, near-duplicates, and pairs that somebody settled."""

import numpy as np
import pytest

from accounts.enums import Role
from kb import upkeep
from kb.actions import comparing
from kb.comparing.contradictions import conflicts
from kb.comparing.likeness import Said, alike
from kb.comparing.quantities import quantities
from kb.enums import PairKind
from kb.models import Article, ArticlePair

FIVE = "1. 氧气瓶和乙炔瓶的间距不少于5米。"
TEN = "2. 乙炔瓶与氧气瓶间距至少10米。"


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch):
    monkeypatch.setattr("kb.retrieval.encoder", lambda: None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("间距不少于5米", [(5, 5, "length", "least")]),
        ("深5到6厘米", [(0.05, 0.06, "length", "")]),
        ("十五分钟以内", [(900, 900, "time", "most")]),
        ("用36V以下的灯", [(36, 36, "voltage", "most")]),
        ("等半小时", [(1800, 1800, "time", "")]),
        ("30毫安、0.1秒", [(0.03, 0.03, "current", ""), (0.1, 0.1, "time", "")]),
        ("2026年6月1日起", []),
        ("每年演练一次", []),
        ("几十秒就烧完", []),
    ],
)
def test_a_number_is_read_with_its_unit_and_bound(text, found):
    some = [(round(each.low, 9), round(each.high, 9), each.measure, each.bound) for each in quantities(text)]
    assert some == found


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        (FIVE, TEN, 1),
        (FIVE, "氧气瓶和乙炔瓶间距不小于500厘米。", 0),
        (FIVE, "氧气瓶离明火不少于10米。", 0),
        (FIVE, f"{FIVE}{TEN}", 0),  # who gives both distinguishes cases
        (FIVE, "氧气瓶和乙炔瓶间距不超过20米。", 0),  # at least five, at most twenty: both can hold
        ("按压每分钟100到120次。", "按压每分钟110次。", 0),
    ],
)
def test_only_different_numbers_for_the_same_thing_contradict(one, two, count):
    assert len(conflicts({1: quantities(one), 2: quantities(two)})) == count


def test_a_contradiction_says_both_sentences_and_numbers():
    [found] = conflicts({1: quantities(FIVE), 2: quantities(TEN)})
    assert (found.first, found.second, found.shown_first, found.shown_second) == (1, 2, "5米", "10米")
    assert found.said_first == "氧气瓶和乙炔瓶的间距不少于5米"


SAID = Said(("油锅起火怎么办", "锅里着火了"), "1. 盖上锅盖。2. 关火。3. 不要泼水。")


def test_the_same_question_makes_a_pair_whatever_the_texts_say():
    other = Said(("厨房着火怎么办", "鍋裡著火了?"), "完全是另一件事，先打电话")
    [pair] = alike({3: SAID, 7: other}, encode=None)
    assert (pair.first, pair.second, pair.likeness, pair.shared) == (3, 7, 0.9, ("锅里着火了",))


@pytest.mark.parametrize("vector", [None, [1.0, 0.0]])
def test_a_copy_is_alike_with_and_without_an_encoder(vector):
    copy = Said(("油锅起火了怎么办", "炒菜着火"), SAID.answered)
    encode = None if vector is None else lambda texts: np.array([vector] * len(texts), dtype=np.float32)
    [pair] = alike({1: SAID, 2: copy}, encode=encode)
    assert pair.likeness > 0.8


def test_another_subject_is_not_alike():
    assert alike({1: SAID, 2: Said(("地震躲哪里",), "蹲下，抓牢桌腿。")}, encode=None) == []
    assert alike({1: SAID}, encode=None) == []


@pytest.fixture
def pair(make_article, at):
    """A stored contradiction of two articles."""
    make_article(slug="a", title="氧气瓶怎么放", body=f"## 一\n{FIVE}", questions=["氧气瓶怎么放"])
    make_article(slug="b", title="气焊前看什么", body=f"## 一\n{TEN}", questions=["气焊检查"])
    assert comparing.compare_if_changed(now=at("08:00")) is True
    return ArticlePair.objects.get()


def test_the_search_stores_what_contradicts(pair):
    assert (pair.first.slug, pair.second.slug, pair.kind) == ("a", "b", PairKind.CONTRADICTION)
    assert [(fact["a"], fact["b"]) for fact in pair.facts] == [("5米", "10米")]


def test_nothing_is_compared_again_until_something_changes(pair, at):
    assert comparing.compare_if_changed(now=at("08:01")) is False
    Article.objects.get(slug="a").save_revision()
    assert comparing.compare_if_changed(now=at("08:02")) is True


def test_a_settled_pair_stays_settled_while_the_sentences_are_the_same(pair, staff, at):
    comparing.settle(pair_id=pair.pk, fine=True, by=staff(Role.KNOWLEDGE_EXPERT), now=at("09:00"))
    article = Article.objects.get(slug="a")
    article.body += "\n\n## 为什么\n瓶会爆炸。"
    article.save()
    comparing.compare(now=at("09:01"))
    assert list(upkeep.open_pairs()) == []
    assert [each.settled_at for each in upkeep.settled_pairs()] == [at("09:00")]


def test_a_settled_pair_opens_again_when_a_number_changes(pair, staff, at):
    comparing.settle(pair_id=pair.pk, fine=True, by=staff(Role.KNOWLEDGE_EDITOR), now=at("09:00"))
    article = Article.objects.get(slug="b")
    article.body = article.body.replace("10米", "8米")
    article.save()
    comparing.compare(now=at("09:01"))
    assert [(each.pk, each.settled_by) for each in upkeep.open_pairs()] == [(pair.pk, None)]


def test_a_pair_that_was_put_right_is_gone(pair, at):
    article = Article.objects.get(slug="b")
    article.body = article.body.replace("10米", "5米")
    article.save()
    assert comparing.compare(now=at("09:00")) == 0
    assert ArticlePair.objects.count() == 0


def test_a_draft_is_compared_before_it_is_approved(pair, make_article, at):
    article = Article.objects.get(slug="b")
    article.body = article.body.replace("10米", "7米")
    article.save_revision()
    comparing.compare(now=at("09:00"))
    assert ArticlePair.objects.get().facts[0]["b"] == "7米"


def test_only_who_looks_after_articles_settles(pair, staff, at):
    with pytest.raises(comparing.NotYourTask):
        comparing.settle(pair_id=pair.pk, fine=True, by=staff(Role.EDITOR), now=at("09:00"))
    assert ArticlePair.objects.get().settled_at is None
