"""Who may sit, and who gets a certificate: one predicate each, a reason or None."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.rules.identity import age_on


def too_young(*, born: date | None, minimum_age: int, day: date):
    """Order 30 art. 4 and Order 19: at least 18 full years."""
    if born is None or age_on(born, day) >= minimum_age:
        return None
    return _("A candidate must be at least %(age)s years old.") % {"age": minimum_age}


def training_missing(*, completed: bool, waived: bool):
    """The training of the operation is done, or a skill-level certificate waives it (Order 19)."""
    return None if completed or waived else _("Finish the training course of this operation first.")


def attempts_used_up(*, used: int, allowed: int | None):
    """``allowed`` is None where the scheme sets no limit (theory under Order 19)."""
    return None if allowed is None or used < allowed else _("All attempts allowed by the rules are used.")


def part_expired(*, passed_on: date, months: int, day: date):
    """A passed part counts for ``months`` months (12 in both schemes)."""
    return None if day <= add_months(passed_on, months) else _("The passed part is too old and no longer counts.")


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def valid_until(*, issued_on: date, years: int) -> date:
    """Return the last valid day: the day before the anniversary, or 28 February where 29 February has none.

    A period ends on the last day of its month where the corresponding day is missing (Civil Code art. 202).
    """
    anniversary = add_months(issued_on, years * 12)
    return anniversary if anniversary.day != issued_on.day else date.fromordinal(anniversary.toordinal() - 1)


def already_passed():
    """A passed practical is not taken again."""
    return _("This practical exam has been passed already.")
