"""Rosters: what became of the lines."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.enums import RosterState, Verdict
from accounts.models import Organisation, RosterImport, RosterLine, User
from accounts.rules.identity import mask_name, mask_number
from accounts.rules.rosters import reasons

from .organisations import managed_by

WORKING = (RosterState.UPLOADED, RosterState.CONFIRMED)
ORDER = (Verdict.BAD, Verdict.REPEATED, Verdict.NEW, Verdict.KNOWN, Verdict.MEMBER)


@dataclass(frozen=True)
class Tally:
    """How many lines have a verdict."""

    verdict: Verdict
    count: int


@dataclass(frozen=True)
class Shown:
    """A line as a page shows it: masked."""

    number: int
    name: str
    id_number: str
    job: str
    verdict: Verdict
    reasons: list[str]


def rosters_of(organisation: Organisation) -> QuerySet[RosterImport]:
    """Return the organisation's rosters, newest first (one query)."""
    return RosterImport.objects.filter(organisation=organisation)


def rosters_for(user: User) -> QuerySet[RosterImport]:
    """Return the rosters of all that the user manages."""
    return RosterImport.objects.filter(organisation__in=managed_by(user)).select_related("organisation")


def tallies(roster: RosterImport) -> list[Tally]:
    """Return how many lines have each verdict, the bad ones first, without zeros (one query)."""
    counts = dict(roster.lines.order_by().values_list("verdict").annotate(Count("pk")))
    return [Tally(verdict, counts[verdict.value]) for verdict in ORDER if counts.get(verdict.value)]


def lines_of(roster: RosterImport, verdict: str) -> QuerySet[RosterLine]:
    """Return the lines with a verdict in the order of the file."""
    return roster.lines.filter(verdict=verdict).order_by("number")


def shown(line: RosterLine) -> Shown:
    """Return a line as a page shows it."""
    texts = [reasons.of_line(reason) for reason in line.reasons]
    number = mask_number(line.id_number) if line.id_number else ""
    return Shown(line.number, mask_name(line.name) if line.name else "", number, line.job, Verdict(line.verdict), texts)


def percent(roster: RosterImport) -> int:
    """Return how much of the work at hand is done, 0 to 100."""
    done = roster.done if roster.state == RosterState.CONFIRMED else roster.read
    return min(100, 100 * done // roster.total) if roster.total else 0
