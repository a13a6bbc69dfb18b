"""How a user wants to be told."""

from dataclasses import dataclass

from accounts.models import User
from core.telling import Channel, Kind
from notifications.kinds import kinds
from notifications.models import Preference
from notifications.rules import wishes


def chosen_by(*, user_id: int, kind: str) -> dict[Channel, bool]:
    """Return what a user said about one kind, by channel (one query)."""
    return dict(Preference.objects.filter(user=user_id, kind=kind).values_list("channel", "wanted"))


@dataclass(frozen=True)
class Cell:
    """Whether a kind goes out by a channel; ``fixed``: the user has no choice; not ``offered``: it never does."""

    channel: Channel
    wanted: bool
    fixed: bool
    offered: bool


@dataclass(frozen=True)
class Row:
    kind: Kind
    cells: list[Cell]


def matrix(user: User) -> list[Row]:
    """Return every kind with its channels as they hold for the user (one query)."""
    said = {(kind, channel): wanted for kind, channel, wanted in _said(user)}
    return [
        Row(kind, [_cell(kind, channel, said.get((kind.name, channel))) for channel in Channel])
        for kind in kinds().values()
    ]


def _said(user: User):
    return Preference.objects.filter(user=user).values_list("kind", "channel", "wanted")


def _cell(kind: Kind, channel: Channel, chosen: bool | None) -> Cell:
    return Cell(
        channel=channel,
        wanted=wishes.wants(kind, channel, chosen),
        fixed=wishes.is_fixed(kind, channel),
        offered=kind.offers(channel),
    )
