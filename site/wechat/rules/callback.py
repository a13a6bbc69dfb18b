"""One callback request opened: its signature checked, its body decrypted and parsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from . import messages, signature
from .crypto import Envelope


class Refused(Exception):
    """The request is not WeChat's: wrong signature or an old timestamp."""


@dataclass(frozen=True)
class Opened:
    """A genuine message; ``stamp`` is what may be used once, ``sealed`` whether the reply must be encrypted."""

    message: messages.InboundMessage
    stamp: str
    sealed: bool


def greet(query: Mapping[str, str], *, token: str, envelope: Envelope, now: datetime) -> str:
    """Return what WeChat wants to hear back when the address is entered in its console: echostr, opened in AES mode.

    :raises Refused: wrong signature or an old timestamp.
    :raises wechat.rules.crypto.CryptoError: the echostr cannot be opened.
    """
    echo = query.get("echostr", "")
    if query.get("encrypt_type") == "aes":
        _verify(query, "msg_signature", token, now, echo)
        return envelope.open(echo)
    _verify(query, "signature", token, now)
    return echo


def open_message(query: Mapping[str, str], body: bytes, *, token: str, envelope: Envelope, now: datetime) -> Opened:
    """Return the message of a genuine POST.

    :raises Refused: wrong signature or an old timestamp.
    :raises wechat.rules.crypto.CryptoError: the ciphertext cannot be opened, or is for another account.
    :raises wechat.rules.messages.Unreadable: the body is not a message.
    """
    sealed = query.get("encrypt_type") == "aes"
    if not sealed:
        _verify(query, "signature", token, now)
    fields = messages.read_xml(body)
    if sealed:
        _verify(query, "msg_signature", token, now, fields.get("Encrypt", ""))
        fields = messages.read_xml(envelope.open(fields["Encrypt"]).encode())
    return Opened(messages.parse(fields), f"{query['timestamp']}:{query['nonce']}", sealed)


def seal(reply: str, *, token: str, envelope: Envelope, nonce: str, now: datetime) -> str:
    """Return an encrypted and signed reply as XML."""
    encrypted, timestamp = envelope.seal(reply), str(int(now.timestamp()))
    return messages.sealed_reply(
        encrypted=encrypted,
        signature=signature.sign(token, timestamp, nonce, encrypted),
        timestamp=timestamp,
        nonce=nonce,
    )


def _verify(query: Mapping[str, str], name: str, token: str, now: datetime, *signed: str) -> None:
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not nonce or len(nonce) > messages.MAX_NAME or (name == "msg_signature" and not all(signed)):
        raise Refused("nothing signed")
    if not signature.matches(query.get(name, ""), token, timestamp, nonce, *signed):
        raise Refused("wrong signature")
    if not signature.is_fresh(timestamp, now):
        raise Refused("old timestamp")
