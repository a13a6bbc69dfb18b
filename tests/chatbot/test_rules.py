"""Folding, addresses, pieces of a stream."""

import pytest

from chatbot.rules.normalising import normalise, visible
from chatbot.rules.streaming import pieces
from core.rules.addresses import client_address


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  油鍋著火　怎麼辦？ ", "油锅着火怎么办?"),
        ("ＡＥＤ 怎么用", "aed 怎么用"),
        ("火\u200b\u202e灾", "火灾"),
        ("着 火 了", "着火了"),
        ("a\x00b\ud800c", "abc"),
        ("第一行\n第二行", "第一行第二行"),
    ],
)
def test_normalise_folds_what_means_the_same(text, folded):
    assert normalise(text) == folded


def test_visible_keeps_the_persons_own_signs():
    assert visible("油鍋\x00 A\n\n１１９") == "油鍋 A 119"


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("1.2.3.4", 0, "10.0.0.1"),
        ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.1"),
        ("nonsense", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_client_address_believes_only_our_own_proxies(forwarded, proxies, address):
    assert client_address(peer="10.0.0.1", forwarded=forwarded, proxies=proxies) == address


@pytest.mark.parametrize("text", ["", "一句。两句！\n\n- 三\n- 四", "no stop", "。。。", "\n\n头"])
def test_pieces_put_together_are_the_text(text):
    assert "".join(pieces(text)) == text


def test_pieces_end_with_a_sentence_or_a_line():
    assert pieces("**先打119**\n\n1. 关火。\n2. 盖上锅盖。离开") == [
        "**先打119**\n\n",
        "1. 关火。\n",
        "2. 盖上锅盖。",
        "离开",
    ]
