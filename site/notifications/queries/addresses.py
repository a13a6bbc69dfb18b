"""Where a user can be reached."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from core.telling import Channel
from notifications.rules import masking


@dataclass(frozen=True)
class Address:
    """A channel and the user's masked address there, empty where there is none; ``connected``: the house has it."""

    channel: Channel
    shown: str
    connected: bool = True


def addresses_of(user: User) -> list[Address]:
    """Return each channel with the user's address (no query)."""
    phone = user.phone if user.phone_verified_at else ""
    return [
        Address(Channel.EMAIL, masking.mask_email(user.email) if user.email else ""),
        Address(Channel.SMS, masking.mask_phone(phone) if phone else ""),
        Address(Channel.WECHAT, "", connected=not settings.WECHAT_NOTICES.endswith(".NotConnected")),
    ]
