"""What one line of an old register says, before anybody asks the database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.rules import identity, names
from accounts.rules.rosters import cells
from accounts.rules.rosters.columns import Header, plain

from . import columns, dates

PIECES = re.compile(r"[/()（）|：:→>—-]+")
PREFIX = re.compile(r"^T(?=[0-9A-Z])")


@dataclass
class Line:
    """One certificate as the register has it; ``number`` is its row in the file, ``cells`` titles and texts in it."""

    number: int
    cells: list[tuple[str, str]]
    name: str = ""
    id_kind: str = ""
    id_number: str = ""
    certificate_number: str = ""
    operation: str = ""
    authority: str = ""
    first: date | None = None
    begins: date | None = None
    until: date | None = None
    review_due: date | None = None
    review_done: date | None = None
    knows_reviews: bool = False
    reasons: list[dict] = field(default_factory=list)
    bad: bool = False

    def refuse(self, code: str, **values: Any) -> None:
        """Mark the line as one that cannot be taken over."""
        self.reasons.append({"code": code, **values})
        self.bad = True

    def remark(self, code: str, **values: Any) -> None:
        """Say something about the line that keeps it from nothing."""
        self.reasons.append({"code": code, **values})


def is_line(row: Sequence[Any], header: Header) -> bool:
    """Say whether the row is about a certificate: somebody's name with a number or an operation beside it."""
    name, *others = (
        cells.text(_at(row, header, column)) for column in (columns.NAME, columns.ID_NUMBER, columns.NUMBER)
    )
    if columns.KNOWN.get(plain(name)) == columns.NAME:  # the titles again, on a new page
        return False
    return any(sum(sign.isdigit() for sign in text) >= 5 for text in others) or (
        names.plausible(names.normal(name)) and bool(cells.text(_at(row, header, columns.OPERATION)))
    )


def read(
    number: int,
    row: Sequence[Any],
    header: Header,
    *,
    above: Mapping[str, Any],
    today: date,
    operations: Mapping[str, str],
) -> Line:
    """Return what the row says; ``above`` holds the values of the merged cells it lies under, ``operations`` the
    catalogue's names by their plain form (``plain_operation``)."""
    line = Line(number, _as_it_was(row, header))

    def value(column: str) -> Any:
        own = _at(row, header, column)
        return own if own not in (None, "") else above.get(column)

    line.authority = cells.text(value(columns.AUTHORITY))[:120]
    _read_name(line, value(columns.NAME))
    _read_numbers(line, value(columns.ID_NUMBER), value(columns.NUMBER), today)
    _read_operation(line, cells.text(value(columns.OPERATION)), operations)
    _read_dates(line, value)
    line.knows_reviews = bool({columns.REVIEW_DUE, columns.REVIEW_DONE} & header.places.keys())
    return line


def plain_operation(name: str) -> str:
    """Return an operation's name as registers are compared by: 低压电工作业 is 低压电工."""
    return plain(name).removesuffix("作业")


def _at(row: Sequence[Any], header: Header, column: str) -> Any:
    place = header.places.get(column)
    return row[place] if place is not None and place < len(row) else None


def _as_it_was(row: Sequence[Any], header: Header) -> list[tuple[str, str]]:
    titles = (*header.titles, *[""] * len(row))
    pairs = [(title, cells.shown(value)) for title, value in zip(titles, row, strict=False)]
    return [(title, text) for title, text in pairs if title or text]


def _read_name(line: Line, value: Any) -> None:
    line.name = names.normal(cells.text(value))
    if not line.name:
        line.refuse("name_missing")
    elif not names.plausible(line.name):
        line.name = line.name[:80]
        line.refuse("name_characters")


def _read_numbers(line: Line, id_value: Any, number_value: Any, today: date) -> None:
    """Read both numbers; each stands in for the other where it is missing or was rounded."""
    known, rounded = {}, False
    for what, value in (("id", id_value), ("number", number_value)):
        try:
            known[what] = cells.digits(value).replace(" ", "").upper()
        except cells.Rounded:
            known[what], rounded = "", True
    inside = PREFIX.sub("", known["number"])
    try:
        parsed = identity.parse(known["id"] or inside, today=today)
    except identity.InvalidIdNumber as error:
        missing = not known["id"] and not inside
        looks_rounded = rounded or re.fullmatch(r"\d{15}000", known["id"] or inside)
        reason = "number_missing" if missing else f"number_{error.reason}"
        line.refuse("number_rounded" if looks_rounded else reason)
        return
    line.id_kind, line.id_number = parsed.kind.value, parsed.number
    line.certificate_number = known["number"][:40] or f"T{parsed.number}"
    if not known["number"]:
        line.remark("number_from_id")
    elif parsed.number not in line.certificate_number:
        line.remark("number_differs")


def _read_operation(line: Line, text: str, operations: Mapping[str, str]) -> None:
    if not text:
        line.refuse("operation_missing")
        return
    wanted = [plain_operation(text), *(plain_operation(piece) for piece in PIECES.split(text))]
    line.operation = next((operations[name] for name in wanted if name in operations), "")
    if not line.operation:
        line.refuse("operation_unknown", operation=text[:60])


def _read_dates(line: Line, value) -> None:
    period = _date(line, value(columns.PERIOD), several=True)
    first, begins, until = (_date(line, value(name)) for name in (columns.FIRST, columns.BEGINS, columns.UNTIL))
    if len(period) == 2:
        begins, until = begins or period[:1], until or period[1:]
    else:  # one date under 有效期 is the last one
        until = until or period
    due, done = (_date(line, value(name)) for name in (columns.REVIEW_DUE, columns.REVIEW_DONE))
    line.first = _day(line, first, remark=False)
    line.begins = _day(line, begins)
    line.until = _day(line, [found.at_the_end() for found in until])
    line.review_due = _day(line, [found.at_the_end() for found in due], remark=False)
    line.review_done = _day(line, done, remark=False)


def _date(line: Line, value: Any, *, several: bool = False) -> list[dates.Read]:
    try:
        found = dates.read_all(value)
    except dates.NoDate:
        found = None
    if found is None or len(found) > (2 if several else 1):
        line.refuse("no_date", text=cells.shown(value)[:40])
        return []
    return found


def _day(line: Line, found: list[dates.Read], *, remark: bool = True) -> date | None:
    if not found:
        return None
    if remark and not found[0].whole:
        line.remark("day_missing", day=found[0].day.isoformat())
    return found[0].day
