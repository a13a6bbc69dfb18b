"""Messages of the callback as XML: what comes in has no entities, what goes out cannot break out of its CDATA."""

import re
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wechat.enums import MessageKind

MAX_BODY_BYTES = 64 * 1024
MAX_REPLY_BYTES = 2048  # UTF-8; WeChat drops longer text replies
MAX_NAME = 64
MAX_CONTENT = 4000
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ADDRESS = re.compile(r"https?://\S+")


class Unreadable(ValueError):
    """The body is not a message: too large, not XML, with a DOCTYPE or entities, or without what every message has."""


@dataclass(frozen=True)
class InboundMessage:
    """One message or event from a follower. ``dedupe_key`` is the same for every retry of it."""

    account: str
    openid: str
    created: int
    kind: str
    event: str
    content: str
    msg_id: str

    @property
    def dedupe_key(self) -> str:
        """MsgId; events have none and are told apart by sender and second (WeChat's own advice)."""
        return f"msg:{self.msg_id}" if self.msg_id else f"event:{self.openid}:{self.created}"


def read_xml(body: bytes) -> dict[str, str]:
    """Return the texts of the root's children by tag.

    :raises Unreadable: over 64 KB, not XML, or with a DOCTYPE, an entity or an external reference.
    """
    if len(body) > MAX_BODY_BYTES:
        raise Unreadable("too large")
    try:
        root: Element = fromstring(body, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(type(error).__name__) from error
    return {child.tag: child.text or "" for child in root}


def parse(fields: dict[str, str]) -> InboundMessage:
    """Return the message that the fields describe; unknown kinds become ``other``.

    :raises Unreadable: sender, receiver, time or kind is missing or impossible.
    """
    account, openid = fields.get("ToUserName", "").strip(), fields.get("FromUserName", "").strip()
    created, kind = fields.get("CreateTime", "").strip(), fields.get("MsgType", "").strip()
    msg_id = fields.get("MsgId", "").strip()
    if not (0 < len(account) <= MAX_NAME and 0 < len(openid) <= MAX_NAME and kind and len(msg_id) <= MAX_NAME):
        raise Unreadable("sender, receiver or kind")
    if not (created.isascii() and created.isdigit() and len(created) <= 12):
        raise Unreadable("CreateTime")
    return InboundMessage(
        account=account,
        openid=openid,
        created=int(created),
        kind=kind if kind in MessageKind.values else MessageKind.OTHER,
        event=fields.get("Event", "").strip()[:MAX_NAME],
        content=fields.get("Content", "").strip()[:MAX_CONTENT],
        msg_id=msg_id,
    )


def cdata(text: str) -> str:
    """Return the text as CDATA; a ``]]>`` inside is split, characters that XML forbids are dropped."""
    return f"<![CDATA[{NOT_XML.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def text_reply(*, to: str, account: str, content: str, now: datetime) -> str:
    """Return a passive text reply as XML."""
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType>{cdata('text')}</MsgType>"
        f"<Content>{cdata(content)}</Content></xml>"
    )


def text_message(*, openid: str, account: str, content: str, msg_id: str, now: datetime) -> str:
    """Return a follower's text message as WeChat would post it."""
    return (
        f"<xml><ToUserName>{cdata(account)}</ToUserName><FromUserName>{cdata(openid)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType>{cdata('text')}</MsgType>"
        f"<Content>{cdata(content)}</Content><MsgId>{msg_id}</MsgId></xml>"
    )


def sealed_reply(*, encrypted: str, signature: str, timestamp: str, nonce: str) -> str:
    """Return the outer XML of an encrypted reply."""
    return (
        f"<xml><Encrypt>{cdata(encrypted)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    )


def fit(text: str, *, link: str) -> str:
    """Return the text in at most 2048 bytes of UTF-8: cut after a whole line, with the page where the rest is.

    That page is the last address in the text itself, or ``link`` where it names none.
    """
    if len(text.encode()) <= MAX_REPLY_BYTES:
        return text
    found = ADDRESS.findall(text)
    tail = f"\n…\n{found[-1] if found else link}"
    room = MAX_REPLY_BYTES - len(tail.encode())
    head = text.encode()[:room].decode(errors="ignore")
    return (head[: head.rfind("\n")] if "\n" in head else head).rstrip() + tail
