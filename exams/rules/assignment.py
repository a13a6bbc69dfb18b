"""Which invigilator watches over which sitting: by lot, never over candidates of their own organisation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random


@dataclass(frozen=True)
class Watch:
    """A sitting with its window, how many invigilators it needs, who trained its candidates, and their own logins."""

    sitting: int
    opens: datetime
    closes: datetime
    wanted: int
    trained_by: frozenset[int] = frozenset()
    candidates: frozenset[int] = frozenset()

    def overlaps(self, other: "Watch") -> bool:
        """Say whether nobody can be in both rooms."""
        return self.opens < other.closes and other.opens < self.closes


@dataclass(frozen=True)
class Invigilator:
    """A user with the organisations they belong to or manage, and windows in which they are taken already."""

    user: int
    organisations: frozenset[int] = frozenset()
    busy: tuple[tuple[datetime, datetime], ...] = ()

    def may_watch(self, watch: Watch) -> bool:
        """Say whether no candidate there was trained by an organisation of theirs, or is themselves."""
        return self.user not in watch.candidates and not self.organisations & watch.trained_by

    def is_free(self, watch: Watch) -> bool:
        """Say whether they are nowhere else in that window."""
        return all(closes <= watch.opens or watch.closes <= opens for opens, closes in self.busy)


@dataclass(frozen=True)
class Lack:
    """A sitting that does not get all its invigilators: how many are missing, and why the others do not count."""

    sitting: int
    wanted: int
    found: int
    own_candidates: int
    busy: int


@dataclass
class Assignment:
    """Sitting → users, and what could not be filled; ``is_whole`` says that nothing is lacking."""

    users: dict[int, list[int]] = field(default_factory=dict)
    lacks: list[Lack] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.lacks


def assign(*, watches: Sequence[Watch], invigilators: Sequence[Invigilator], seed: int) -> Assignment:
    """Draw who watches over what; the same seed, sittings and invigilators give the same assignment.

    A place that finds nobody free makes others move where they can (augmenting paths, Kuhn 1955), so that of sittings
    at one time none stays empty that could be filled. Among equals whoever has fewer duties comes first.
    """
    return _Plan(watches, invigilators, seed).filled()


class _Plan:
    """An assignment in the making: who is where, and whom each place may take."""

    def __init__(self, watches: Sequence[Watch], invigilators: Sequence[Invigilator], seed: int):
        random = Random(seed)
        self.watches = sorted(watches, key=lambda watch: (watch.opens, watch.sitting))
        self.invigilators = sorted(invigilators, key=lambda one: one.user)
        self.lot = {one.user: random.random() for one in self.invigilators}
        self.at: dict[int, list[tuple[int, int]]] = {one.user: [] for one in self.invigilators}  # user → places
        self.of: dict[tuple[int, int], int] = {}  # (index of the watch, number of the place) → user

    def filled(self) -> Assignment:
        """Fill every place that can be filled and report the rest."""
        for index, watch in enumerate(self.watches):
            for number in range(watch.wanted):
                self._fill((index, number), set())
        result = Assignment()
        for index, watch in enumerate(self.watches):
            found = sorted(self.of[index, n] for n in range(watch.wanted) if (index, n) in self.of)
            result.users[watch.sitting] = found
            if len(found) < watch.wanted:
                result.lacks.append(self._lack(watch, len(found)))
        return result

    def _lack(self, watch: Watch, found: int) -> Lack:
        own = [one for one in self.invigilators if not one.may_watch(watch)]
        busy = [one for one in self.invigilators if one.may_watch(watch) and not one.is_free(watch)]
        return Lack(watch.sitting, watch.wanted, found, len(own), len(busy))

    def _fill(self, place: tuple[int, int], tried: set[int]) -> bool:
        """Put somebody into the place, moving others out of their way; ``tried`` are those already asked to move."""
        watch = self.watches[place[0]]
        able = [one for one in self.invigilators if one.may_watch(watch) and one.is_free(watch)]
        for one in sorted(able, key=lambda one: (len(self.at[one.user]), self.lot[one.user])):
            if one.user in tried:
                continue
            in_the_way = [other for other in self.at[one.user] if self.watches[other[0]].overlaps(watch)]
            if any(other[0] == place[0] for other in in_the_way):
                continue  # in this very room already
            tried.add(one.user)
            if self._move_away(one.user, in_the_way, place, tried):
                return True
        return False

    def _move_away(self, user: int, places: list[tuple[int, int]], place: tuple[int, int], tried: set[int]) -> bool:
        kept = self._copy()
        for other in places:
            self._leave(user, other)
        self._take(user, place)
        if all(self._fill(other, tried) for other in places):
            return True
        self.at, self.of = kept
        return False

    def _copy(self):
        return {user: list(places) for user, places in self.at.items()}, dict(self.of)

    def _take(self, user: int, place: tuple[int, int]) -> None:
        self.at[user].append(place)
        self.of[place] = user

    def _leave(self, user: int, place: tuple[int, int]) -> None:
        self.at[user].remove(place)
        del self.of[place]
