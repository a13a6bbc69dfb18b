"""Which questions to offer today. Pure."""

from collections.abc import Iterable, Sequence

MONTHS = range(1, 13)
OFFERED = 6


def pick(questions: Sequence, *, month: int, warnings: Iterable[str] = ()) -> list[str]:
    """Return the texts to offer: those of a warning in force, then of the month, then of the whole year.

    Each question has ``text``, ``months`` and ``warning``; one that belongs to a warning is offered by the calendar
    only where it has months too.
    """
    told = list(warnings)
    urgent = [one for one in questions if one.warning and any(one.warning in title for title in told)]
    seasonal = [one for one in questions if month in one.months]
    always = [one for one in questions if not one.months and not one.warning]
    return list(dict.fromkeys(one.text for one in (*urgent, *seasonal, *always)))[:OFFERED]
