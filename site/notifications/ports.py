"""What carries a notice to its reader: the faults all carriers share, and the port into WeChat.

``WECHAT_NOTICES`` names the class in use.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .enums import Unsent

WINDOW, QUOTA = timedelta(hours=48), 5  # of customer service messages after a follower wrote (official platform)
TOKEN_LIFE = timedelta(seconds=7200)


class NoAddress(Exception):
    """The user cannot be reached this way at all; ``reason`` says what is missing."""

    def __init__(self, reason: Unsent):
        super().__init__(reason.label)
        self.reason = reason


class Refused(Exception):
    """The carrier will never send this."""


class NotYet(Exception):
    """This message may go through later."""


class Unavailable(NotYet):
    """Nothing goes through now: the carrier is down, overloaded, or does not know us."""


class WechatNotices(Protocol):
    """What carries a notice into a user's WeChat."""

    def send(self, *, user_id: int, title: str, text: str, link: str, key: str) -> str:
        """Send it and return WeChat's reference; the same ``key`` is sent once only. ``link`` is absolute or empty.

        :raises NoAddress: the user has not linked an account that follows ours.
        :raises Refused: out of window (45015) or quota (45047).
        :raises NotYet: to be tried again.
        """


def wechat() -> WechatNotices:
    """Return what ``WECHAT_NOTICES`` names."""
    return import_string(settings.WECHAT_NOTICES)()


class NotConnected:
    """No official account is connected: nobody can be reached."""

    def send(self, *, user_id: int, title: str, text: str, link: str, key: str) -> str:
        raise NoAddress(Unsent.NOT_CONNECTED)


@dataclass
class Follower:
    """What WeChat knows of a follower: when they last wrote to the account, and how often it wrote back since."""

    wrote_at: datetime
    answered: int = 0


@dataclass
class FakeWechat:
    """WeChat for tests: windows close, quotas run out, tokens expire, and it is down ``failures`` times."""

    now: datetime  # its clock, to be moved by tests
    followers: dict[int, Follower] = field(default_factory=dict)
    sent: list[dict] = field(default_factory=list)
    failures: int = 0
    token_until: datetime | None = None

    def link(self, user_id: int) -> None:
        """The user follows the account and writes to it now."""
        self.followers[user_id] = Follower(self.now)

    def send(self, *, user_id: int, title: str, text: str, link: str, key: str) -> str:
        known = next((message for message in self.sent if message["key"] == key), None)
        if known:
            return known["reference"]
        if self.failures:
            self.failures -= 1
            raise Unavailable("errcode -1")
        if self.token_until is None or self.token_until <= self.now:
            expired, self.token_until = self.token_until, self.now + TOKEN_LIFE
            if expired:
                raise Unavailable("errcode 42001")
        follower = self.followers.get(user_id)
        if follower is None:
            raise NoAddress(Unsent.NO_WECHAT)
        if self.now - follower.wrote_at > WINDOW:
            raise Refused("errcode 45015")
        if follower.answered >= QUOTA:
            raise Refused("errcode 45047")
        follower.answered += 1
        reference = f"wechat-{len(self.sent) + 1}"
        self.sent.append(
            {"user_id": user_id, "title": title, "text": text, "link": link, "key": key, "reference": reference}
        )
        return reference
