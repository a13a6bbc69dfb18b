"""By which ways a kind of notice goes to a user. Pure."""

from collections.abc import Mapping

from core.telling import Channel, Kind


def is_fixed(kind: Kind, channel: Channel) -> bool:
    """Say whether the user has no choice: it always goes out this way, or never can."""
    return not kind.offers(channel) or (channel in kind.channels and not kind.may_switch_off)


def wanted(kind: Kind, chosen: Mapping[Channel, bool]) -> list[Channel]:
    """Return the channels to use, in their own order; ``chosen`` holds what the user said about some of them."""
    return [channel for channel in Channel if wants(kind, channel, chosen.get(channel))]


def wants(kind: Kind, channel: Channel, chosen: bool | None) -> bool:
    """Say whether the kind goes out by the channel, where the user said ``chosen`` (None: nothing)."""
    if chosen is None or is_fixed(kind, channel):
        return kind.offers(channel) and channel in kind.channels
    return chosen
