"""How a user wants to be told, and when not."""

from collections.abc import Collection
from datetime import time

from django.db import transaction

from accounts.models import User
from core.telling import Channel
from notifications.kinds import kinds
from notifications.models import Preference, QuietHours
from notifications.rules import wishes


class NotQuiet(Exception):
    """Quiet hours begin and end at different times."""


def choose(*, wanted: Collection[tuple[str, Channel]], by: User) -> None:
    """Store that of everything the user may choose, exactly ``wanted`` (kind, channel) is wanted.

    What a kind fixes is left as it is; a row is kept only where the user differs from the kind's own default.
    """
    rows, same = [], []
    for kind in kinds().values():
        for channel in Channel:
            chosen = (kind.name, channel) in wanted
            if wishes.is_fixed(kind, channel) or chosen == (channel in kind.channels):
                same.append((kind.name, channel))
            else:
                rows.append(Preference(user=by, kind=kind.name, channel=channel, wanted=chosen))
    with transaction.atomic():
        for pk, kind, channel in Preference.objects.filter(user=by).values_list("pk", "kind", "channel"):
            if (kind, channel) in same:
                Preference.objects.filter(pk=pk).delete()
        Preference.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["wanted"]
        )


def keep_quiet(*, begins: time | None, ends: time | None, by: User) -> None:
    """Set the user's quiet hours (local times), or lift them with None for both.

    :raises NotQuiet: one is missing, or they are the same.
    """
    if begins is None and ends is None:
        QuietHours.objects.filter(user=by).delete()
    elif begins is None or ends is None or begins == ends:
        raise NotQuiet
    else:
        QuietHours.objects.update_or_create(user=by, defaults={"begins": begins, "ends": ends})
