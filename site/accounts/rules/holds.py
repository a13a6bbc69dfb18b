"""What law makes us keep of somebody who wants to be forgotten."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hold:
    """``what`` is kept because of ``law`` until ``until`` (the day itself included)."""

    what: str
    reason: str
    law: str
    until: date

    def stands_on(self, day: date) -> bool:
        return day <= self.until


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
