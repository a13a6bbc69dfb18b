"""When somebody sits at the desk. Pure: local times come in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

SATURDAY = 5
LOOK_AHEAD_DAYS = 30


@dataclass(frozen=True)
class Hours:
    """``closed`` are holidays, ``staffed`` weekend days on which the house works (调休)."""

    opens: time
    closes: time
    weekends: bool = False
    closed: frozenset[date] = frozenset()
    staffed: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Say whether the desk is staffed at all that day."""
        if day in self.closed:
            return False
        return self.weekends or day.weekday() < SATURDAY or day in self.staffed

    def is_open(self, local: datetime) -> bool:
        """Say whether somebody is there at the local time."""
        return self.works_on(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, local: datetime) -> datetime | None:
        """Return the next local time at which the desk opens; None where that is over a month away."""
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            day = local.date() + timedelta(days=ahead)
            opening = datetime.combine(day, self.opens, tzinfo=local.tzinfo)
            if self.works_on(day) and opening > local:
                return opening
        return None
