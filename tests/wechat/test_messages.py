"""Messages as XML, both ways."""

import pytest

from wechat.rules import messages

from .conftest import event_xml, text_xml

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><xml><Content>&b;&b;</Content></xml>'


def test_parse_reads_a_text_message():
    assert messages.parse(messages.read_xml(text_xml(" 触电怎么办 ").encode())) == messages.InboundMessage(
        account="gh_account",
        openid="o-follower",
        created=1790000000,
        kind="text",
        event="",
        content="触电怎么办",
        msg_id="1001",
    )


def test_a_text_is_told_apart_by_its_id_and_an_event_by_sender_and_second():
    text = messages.parse(messages.read_xml(text_xml().encode()))
    event = messages.parse(messages.read_xml(event_xml("subscribe").encode()))
    assert (text.dedupe_key, event.dedupe_key) == ("msg:1001", "event:o-follower:1790000000")


def test_an_unknown_kind_becomes_other():
    body = text_xml().replace("<MsgType>text<", "<MsgType>hologram<")
    assert messages.parse(messages.read_xml(body.encode())).kind == "other"


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        "<!DOCTYPE xml><xml/>",
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/evil.dtd"><xml/>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><xml/>',
        "<xml><Content>&undefined;</Content></xml>",
        "<xml>",
        "",
        '{"json": true}',
        '<?xml version="1.0" encoding="no-such-thing"?><xml/>',
    ],
)
def test_read_xml_refuses_doctypes_entities_and_what_is_no_xml(body):
    with pytest.raises(messages.Unreadable):
        messages.read_xml(body.encode())


def test_read_xml_takes_64_kilobytes_and_not_one_byte_more():
    frame = "<xml><Content></Content></xml>"
    room = messages.MAX_BODY_BYTES - len(frame)
    whole = f"<xml><Content>{'a' * room}</Content></xml>".encode()
    assert len(messages.read_xml(whole)["Content"]) == room
    with pytest.raises(messages.Unreadable):
        messages.read_xml(whole + b" ")


@pytest.mark.parametrize(
    "change",
    [
        {"FromUserName": ""},
        {"FromUserName": "o" * 65},
        {"ToUserName": ""},
        {"CreateTime": "soon"},
        {"CreateTime": "-5"},
        {"MsgType": ""},
        {"MsgId": "9" * 65},
    ],
)
def test_parse_refuses_a_message_without_what_every_message_has(change):
    with pytest.raises(messages.Unreadable):
        messages.parse(messages.read_xml(text_xml().encode()) | change)


@pytest.mark.parametrize(
    "content",
    [
        "]]></Content><MsgType><![CDATA[news]]></MsgType><Content><![CDATA[",
        "]]]]>>",
        "<a href='http://x'>&amp;</a>",
        "a]]>b]]>c",
    ],
)
def test_a_reply_reads_back_as_the_same_text_and_nothing_else(content, at):
    reply = messages.text_reply(to="o", account="gh", content=content, now=at("10:00"))
    assert messages.read_xml(reply.encode()) == {
        "ToUserName": "o",
        "FromUserName": "gh",
        "CreateTime": str(int(at("10:00").timestamp())),
        "MsgType": "text",
        "Content": content,
    }


def test_a_reply_drops_characters_that_xml_forbids(at):
    reply = messages.text_reply(to="o", account="gh", content="a\x00\x0b\ufffeb\n", now=at("10:00"))
    assert messages.read_xml(reply.encode())["Content"] == "ab\n"


def test_fit_leaves_a_text_of_2048_bytes_alone():
    text = "火" * 682 + "ab"
    assert messages.fit(text, link="http://x/") == text


def test_fit_cuts_after_a_whole_line_and_adds_the_link():
    text = "\n".join(["关火，盖上锅盖，离开。"] * 100)
    fitted = messages.fit(text, link="http://x/chat/")
    assert fitted == "\n".join(["关火，盖上锅盖，离开。"] * 59) + "\n…\nhttp://x/chat/"
    assert len(fitted.encode()) <= messages.MAX_REPLY_BYTES


def test_fit_keeps_the_address_that_the_text_itself_names():
    text = "\n".join(["关火，盖上锅盖，离开。"] * 100) + "\n来源 http://x/kb/oil-pan-fire/"
    assert messages.fit(text, link="http://x/chat/").endswith("\n…\nhttp://x/kb/oil-pan-fire/")


def test_fit_cuts_one_endless_line_between_characters():
    fitted = messages.fit("火" * 2000, link="http://x/")
    assert fitted == "火" * 678 + "\n…\nhttp://x/"
