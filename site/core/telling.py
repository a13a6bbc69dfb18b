"""Telling a user something, from any room: what kinds of notices are made of, and the seam to what delivers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Channel(TextChoices):
    """Ways to reach a person, beside the inbox."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", pgettext_lazy("channel", "Text message")
    WECHAT = "wechat", _("WeChat")


@dataclass(frozen=True)
class Kind:
    """One kind of notice, as a room declares it in the ``KINDS`` of a module that ``NOTICE_KINDS`` names.

    ``subject`` and ``body`` are filled (%) with the context, which holds what ``example`` holds. ``sms`` is sent as it
    stands: carriers want fixed texts, and nothing personal belongs on a lock screen; a kind without one is never a text
    message. ``channels`` are used unless the user chose otherwise; an ``urgent`` notice does not wait for morning.
    """

    name: str
    title: Text
    subject: Text
    body: Text
    example: Mapping[str, Text]
    sms: Text = ""
    channels: frozenset[Channel] = frozenset()
    urgent: bool = False
    may_switch_off: bool = True

    def offers(self, channel: Channel) -> bool:
        """Say whether this kind can go out by that channel at all."""
        return channel != Channel.SMS or bool(self.sms)


def tell(*, user, kind: str, key: str, context: Mapping[str, Any], link: str = "", by=None, now: datetime) -> None:
    """Tell ``user`` what happened; for rooms that may not import the notices. Arguments as ``notify`` takes them."""
    import_string(settings.NOTIFIER)(user=user, kind=kind, key=key, context=context, link=link, by=by, now=now)


def moment(now: datetime) -> str:
    """Return a moment as notices write it: local, to the minute."""
    return f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
