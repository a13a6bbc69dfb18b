"""Who may sit, and who gets a certificate: one predicate each, a reason or None."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.rules.identity import age_on
from exams.enums import ApplicationKind, Education

from . import retirement
from .calendar import add_months

SCHOOLING = tuple(Education)  # from none upwards


def too_young(*, born: date | None, minimum_age: int, day: date):
    """Order 30 art. 4 and Order 19: at least 18 full years."""
    if born is None or age_on(born, day) >= minimum_age:
        return None
    return _("A candidate must be at least %(age)s years old.") % {"age": minimum_age}


def too_old(*, born: date | None, sex: str | None, post: str, day: date):
    """Order 30 art. 4 and Order 19: not over the statutory retirement age; the day it is reached still counts.

    A passport tells neither sex nor date of birth; there staff look at the document.
    """
    if born is None or sex is None:
        return None
    last = retirement.retires_on(born=born, sex=sex, post=post)
    if day <= last:
        return None
    return _("The statutory retirement age was reached on %(day)s.") % {"day": f"{last:%Y-%m-%d}"}


def training_missing(*, completed: bool, waived: bool):
    """The training of the operation is done, or a skill-level certificate waives it (Order 19)."""
    return None if completed or waived else _("Finish the training course of this operation first.")


def schooling_too_low(*, has: str, needs: str):
    """Order 30: junior secondary school, for hazardous chemicals senior; Order 19 as the catalogue says."""
    if SCHOOLING.index(Education(has or Education.NONE)) >= SCHOOLING.index(Education(needs)):
        return None
    return _("This operation asks for: %(education)s.") % {"education": Education(needs).label}


def attempts_used_up(*, used: int, allowed: int | None):
    """``allowed`` is None where the scheme sets no limit (theory under Order 19)."""
    return None if allowed is None or used < allowed else _("All attempts allowed by the rules are used.")


def part_expired(*, passed_on: date, months: int, day: date):
    """A passed part counts for ``months`` months (12 in both schemes)."""
    return None if day <= add_months(passed_on, months) else _("The passed part is too old and no longer counts.")


def part_still_counts(*, until: date | None):
    """Nobody sits a part again that is passed and still counts; ``until`` is its last day, or None."""
    if until is None:
        return None
    return _("The theory you passed counts until %(day)s. The practical exam is next.") % {"day": f"{until:%Y-%m-%d}"}


def already_running(*, running: bool):
    """One application for an operation at a time."""
    return _("You have an application for this operation already.") if running else None


def certificate_in_the_way(*, kind: str, held_until: date | None, holds_another: bool):
    """A first certificate is for who holds none, a renewal for who holds this, an addition for who holds another."""
    if kind == ApplicationKind.RENEWAL:
        return None if held_until else _("You hold no valid certificate of this operation that could be renewed.")
    if held_until:
        return _("You hold this certificate; it is valid until %(day)s.") % {"day": f"{held_until:%Y-%m-%d}"}
    if kind == ApplicationKind.ADDED_OPERATION and not holds_another:
        return _("You hold no valid certificate of another operation.")
    return None


def renewal_too_early(*, kind: str, held_until: date | None, opens_days: int | None, day: date):
    """A renewal opens ``opens_days`` days before the last valid day; None where the rules set no such day."""
    if kind != ApplicationKind.RENEWAL or held_until is None or opens_days is None:
        return None
    opens = date.fromordinal(held_until.toordinal() - opens_days)
    return None if day >= opens else _("The renewal opens on %(day)s.") % {"day": f"{opens:%Y-%m-%d}"}


def valid_until(*, issued_on: date, years: int) -> date:
    """Return the last valid day: the day before the anniversary, or 28 February where 29 February has none.

    A period ends on the last day of its month where the corresponding day is missing (Civil Code art. 202).
    """
    anniversary = add_months(issued_on, years * 12)
    return anniversary if anniversary.day != issued_on.day else date.fromordinal(anniversary.toordinal() - 1)


def already_passed():
    """A passed practical is not taken again."""
    return _("This practical exam has been passed already.")
