"""The statutory retirement age, rising month by month from 2025 on. Pure.

Source: the Standing Committee's decision of 2024-09-13 on raising the statutory retirement age gradually, with the
State Council's measures: men from 60 to 63 by a month every four months; women from 55 to 58 by a month every four,
from 50 to 55 by a month every two. The first month that counts is January 2025.
"""

from dataclasses import dataclass
from datetime import date

from accounts.enums import IdKind
from exams.enums import Post

from .calendar import add_months

FIRST_YEAR = 2025
MALE, FEMALE = "male", "female"


@dataclass(frozen=True)
class Track:
    """From ``years``, a month later for every ``every`` months, at most ``most`` months later."""

    years: int
    every: int
    most: int


MEN = Track(years=60, every=4, most=36)
WOMEN_STAFF = Track(years=55, every=4, most=36)
WOMEN_WORKERS = Track(years=50, every=2, most=60)


def sex_of(number: str, *, kind: str) -> str | None:
    """Return the sex that an identity number of 18 characters tells (GB 11643: odd is male); None for a passport."""
    if kind == IdKind.PASSPORT or len(number) != 18 or not number[16].isdigit():
        return None
    return MALE if int(number[16]) % 2 else FEMALE


def track_of(*, sex: str, post: str) -> Track:
    """Return which of the three rises applies."""
    if sex == MALE:
        return MEN
    return WOMEN_STAFF if post == Post.STAFF else WOMEN_WORKERS


def months_later(*, born: date, track: Track) -> int:
    """Return how many months after the old age somebody born then retires."""
    past = (born.year + track.years - FIRST_YEAR) * 12 + born.month - 1
    return 0 if past < 0 else min(past // track.every + 1, track.most)


def retires_on(*, born: date, sex: str, post: str) -> date:
    """Return the day on which the statutory age is reached; where the month lacks the day, its last."""
    track = track_of(sex=sex, post=post)
    return add_months(born, track.years * 12 + months_later(born=born, track=track))


def statutory_age(*, born: date, sex: str, post: str) -> tuple[int, int]:
    """Return the age as years and months."""
    track = track_of(sex=sex, post=post)
    return divmod(track.years * 12 + months_later(born=born, track=track), 12)
