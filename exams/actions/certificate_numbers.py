"""Give a certificate its number by the pattern of its scheme; running numbers have no gaps and no doubles."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Person
from exams.models import CertificateSeries, OperationRule
from exams.rules import numbers


@dataclass(frozen=True)
class Numbered:
    """A number, and where it stands in its series if its pattern has a running number."""

    number: str
    series: CertificateSeries | None = None
    serial: int | None = None


def next_number(*, rule: OperationRule, person: Person, day: date) -> Numbered:
    """Return the number of a certificate issued on ``day``, in the caller's transaction.

    The row of the series is locked until that transaction ends: who comes next waits, and what is rolled back leaves
    no gap.
    """
    pattern = rule.scheme.number_pattern
    if not numbers.needs_serial(pattern):
        return Numbered(_filled(pattern, rule, person, day.year, None))
    CertificateSeries.objects.get_or_create(operation=rule.operation, year=day.year)
    series = CertificateSeries.objects.select_for_update().get(operation=rule.operation, year=day.year)
    series.last += 1
    CertificateSeries.objects.filter(pk=series.pk).update(last=series.last)
    return Numbered(_filled(pattern, rule, person, day.year, series.last), series, series.last)


def same_number(*, rule: OperationRule, person: Person, of) -> str:
    """Return the number of what takes the place of certificate ``of``: anew for an id number, its old running number.

    An imported one without a series keeps the number that it came with, unless that is made of the id number alone.
    """
    pattern = rule.scheme.number_pattern
    if not numbers.needs_serial(pattern):
        return _filled(pattern, rule, person, of.issued_on.year, None)
    if of.series is None:
        return of.number
    return _filled(pattern, rule, person, of.series.year, of.serial)


def _filled(pattern: str, rule: OperationRule, person: Person, year: int, serial: int | None) -> str:
    return numbers.fill(pattern, id_number=person.id_number, year=year, operation=rule.operation.digits, serial=serial)
