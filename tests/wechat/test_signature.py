"""Callback signatures and their freshness."""

import pytest

from wechat.rules import jssdk, signature


def test_sign_gives_the_published_callback_signature():
    assert signature.sign("test", "1410685589", "test") == "f21891de399b4e33a1a93c9a7b8a8fffb5a443ff"


def test_sign_gives_the_published_signature_of_an_encrypted_message(published):
    signed = signature.sign(published.token, published.timestamp, published.nonce, published.encrypted)
    assert signed == "5d197aaffba7e9b25a30732f161a50dee96bd5fa"


def test_matches_does_not_depend_on_the_order_of_the_parts():
    assert signature.matches("f21891de399b4e33a1a93c9a7b8a8fffb5a443ff", "1410685589", "test", "test")


@pytest.mark.parametrize("given", ["", "f21891de", "F21891DE399B4E33A1A93C9A7B8A8FFFB5A443FF", "é" * 40])
def test_matches_says_no_to_anything_else(given):
    assert not signature.matches(given, "test", "1410685589", "test")


def test_a_timestamp_is_fresh_for_300_seconds_on_both_sides(at):
    now = at("10:00")
    second = int(now.timestamp())
    assert [signature.is_fresh(str(second + off), now) for off in (-301, -300, 0, 300, 301)] == [
        False,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("timestamp", ["", "-1", "1e9", "٣", "9" * 400, "1790000000.0"])
def test_a_timestamp_that_is_no_number_is_not_fresh(timestamp, at):
    assert not signature.is_fresh(timestamp, at("10:00"))


def test_jssdk_signature_gives_the_official_example():
    example = {
        "ticket": "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
        "nonce": "Wm3WZYTPz0wzccnW",
        "timestamp": 1414587457,
    }
    expected = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    assert jssdk.signature(**example, url="http://mp.weixin.qq.com?params=value") == expected
    assert jssdk.signature(**example, url="http://mp.weixin.qq.com?params=value#part") == expected
