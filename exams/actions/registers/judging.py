"""Say of each line of a register what is to become of it, by the rules in force and by what is stored."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Person
from accounts.rules import names
from core.encryption import blind_index
from exams.enums import ImportVerdict, ReviewState
from exams.models import Certificate, CertificateImport, CertificateImportLine, Operation, OperationRule, Scheme
from exams.rules import numbers
from exams.rules.certificate_life import review_state
from exams.rules.eligibility import add_months, valid_until
from exams.rules.registers.lines import Line, plain_operation
from exams.rules.registers.reasons import DOUBTS

TAKEN = (ImportVerdict.NEW, ImportVerdict.DOUBTFUL)


@dataclass(frozen=True)
class Rulebook:
    """The schemes and rules, read once for a whole register."""

    schemes: list[Scheme]
    rules: dict[tuple[int, str], OperationRule]
    operations: dict[str, str]

    @classmethod
    def read(cls) -> "Rulebook":
        """Read it (three queries)."""
        rules = OperationRule.objects.select_related("operation", "scheme")
        return cls(
            list(Scheme.objects.order_by("effective_from")),
            {(rule.scheme_id, rule.operation.name): rule for rule in rules},
            {plain_operation(name): name for name in Operation.objects.values_list("name", flat=True)},
        )

    def scheme_on(self, day: date) -> Scheme | None:
        """Return the rules in force on ``day``."""
        return next((scheme for scheme in reversed(self.schemes) if scheme.in_force_on(day)), None)


def judged(batch: CertificateImport, lines: list[Line], book: Rulebook, *, today: date) -> list[CertificateImportLine]:
    """Return the rows of a batch of lines with their verdicts (three queries)."""
    rules = [None if line.bad else _by_the_rules(line, book, today) for line in lines]
    keys = [_key(line, rule) if rule and not line.bad else "" for line, rule in zip(lines, rules, strict=True)]
    earlier = _earlier(batch, set(keys) - {""})
    stored = _stored(lines)
    people = _people(line.id_number for line in lines if line.id_number)
    rows = []
    for line, rule, key in zip(lines, rules, keys, strict=True):
        verdict = _verdict(line, rule, earlier.get(key), stored, people)
        if verdict != ImportVerdict.BAD:
            earlier.setdefault(key, line.number)
        rows.append(_row(batch, line, rule, key, verdict))
    return rows


def _by_the_rules(line: Line, book: Rulebook, today: date) -> OperationRule | None:
    """Complete the dates by the scheme of the first day, and check them."""
    scheme = book.scheme_on(_about(line)) if _about(line) else None
    if _about(line) is None:
        line.refuse("dates_missing")
    elif scheme is None:
        line.refuse("no_scheme")
    if line.bad:
        return None
    _complete(line, scheme)
    if line.begins > today:
        line.refuse("future")
    elif line.until <= line.begins:
        line.refuse("dates_order")
    elif line.until > valid_until(issued_on=line.begins, years=scheme.validity_years) + timedelta(days=1):
        line.remark("span")
    rule = book.rules.get((scheme.pk, line.operation))
    if rule is None:
        line.refuse("no_rule", scheme=scheme.name)
    elif not line.bad:
        _read_reviews(line, scheme, today)
        if line.until < today:
            line.remark("ended")
    return rule


def _about(line: Line) -> date | None:
    """Return the first day, or one near enough to know the rules by."""
    return line.begins or (line.until - timedelta(days=365) if line.until else line.first)


def _complete(line: Line, scheme: Scheme) -> None:
    if line.until and not line.begins:
        line.begins = add_months(line.until + timedelta(days=1), -12 * scheme.validity_years)
        if line.first and abs((line.first - line.begins).days) <= 1:  # a first certificate, counted to the same day
            line.begins = line.first
        else:
            line.remark("begins_computed", day=line.begins.isoformat())
    elif not line.until:
        line.begins = line.begins or line.first
        line.until = valid_until(issued_on=line.begins, years=scheme.validity_years)
        line.remark("until_computed", day=line.until.isoformat())


def _read_reviews(line: Line, scheme: Scheme, today: date) -> None:
    if not scheme.review_every_years:
        line.review_due = line.review_done = None
        return
    if not line.knows_reviews:
        line.remark("reviews_unknown")
        return
    line.review_due = line.review_due or add_months(line.begins, 12 * scheme.review_every_years)
    state = review_state(due_on=line.review_due, done_on=line.review_done, asked_until=scheme.effective_to, day=today)
    if state == ReviewState.MISSED:
        line.remark("review_missed", day=line.review_due.isoformat())


def _key(line: Line, rule: OperationRule) -> str:
    return blind_index(f"{line.certificate_number}|{rule.pk}|{line.begins}")


def _digest(line: Line) -> str:
    return blind_index(numbers.normal(line.certificate_number))


def _earlier(batch: CertificateImport, keys: set[str]) -> dict[str, int]:
    rows = batch.lines.filter(key__in=keys).exclude(verdict=ImportVerdict.REPEATED)
    return dict(rows.values_list("key", "number"))


def _stored(lines: list[Line]) -> dict[tuple[str, int, date], date]:
    """Return the last days of certificates that are stored already, by number, rule and first day."""
    digests = {_digest(line) for line in lines if line.certificate_number}
    rows = Certificate.objects.filter(number_digest__in=digests)
    return {row[:3]: row[3] for row in rows.values_list("number_digest", "rule_id", "issued_on", "valid_until")}


def _people(numbers: Iterable[str]) -> dict[str, str]:
    """Return the names of those who are registered, by their number; of merged ones that of the one kept."""
    by_digest = {blind_index(number): number for number in numbers}
    rows = Person.objects.filter(id_digest__in=by_digest).values_list("id_digest", "name", "merged_into__name")
    return {by_digest[digest]: kept or name for digest, name, kept in rows}


def _verdict(line: Line, rule: OperationRule | None, earlier: int | None, stored: dict, people: dict) -> ImportVerdict:
    registered = people.get(line.id_number)
    if not line.bad and registered is not None and not names.same(registered, line.name):
        line.refuse("other_name")
    if line.bad or rule is None:
        return ImportVerdict.BAD
    if earlier:
        line.remark("repeated", line=earlier)
        return ImportVerdict.REPEATED
    last_day = stored.get((_digest(line), rule.pk, line.begins))
    if last_day and last_day != line.until:
        line.refuse("other_dates")
        return ImportVerdict.BAD
    if last_day:
        return ImportVerdict.KNOWN
    doubtful = any(reason["code"] in DOUBTS for reason in line.reasons)
    return ImportVerdict.DOUBTFUL if doubtful else ImportVerdict.NEW


def _row(
    batch: CertificateImport, line: Line, rule: OperationRule | None, key: str, verdict: ImportVerdict
) -> CertificateImportLine:
    days = {
        name: day.isoformat() if (day := getattr(line, name)) else None
        for name in ("first", "begins", "until", "review_due", "review_done")
    }
    found = days | {
        "name": line.name,
        "id_kind": line.id_kind,
        "id_number": line.id_number,
        "number": line.certificate_number,
        "operation": line.operation,
        "authority": line.authority,
        "rule": rule.pk if rule else None,
    }
    return CertificateImportLine(
        batch=batch,
        number=line.number,
        cells=json.dumps(line.cells, ensure_ascii=False),
        found=json.dumps(found, ensure_ascii=False),
        key=key if verdict != ImportVerdict.BAD else "",
        verdict=verdict,
        reasons=line.reasons,
    )
