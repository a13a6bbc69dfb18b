"""Read a list of certificates to be verified, and write the answer beside it."""

import warnings
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from accounts.rosters.reading import HEADER_WITHIN
from accounts.rules.rosters import cells
from accounts.rules.rosters.columns import plain
from core.sheets import tables, texts
from core.sheets.faults import Unreadable
from core.spreadsheets import workbook
from exams.queries.certificates import Verification, Wanted, normal_code
from exams.rules.registers import columns

MAX_BYTES, MAX_LINES = 2_000_000, 2_000
MAX_CELLS = 20
CODES = frozenset(["核验码", "验证码", "查询码", "证书核验码", "verificationcode", "code"])


@dataclass(frozen=True)
class Listed:
    """A list to be verified: its titles, and each line with what is wanted of it; None where it names nothing."""

    titles: list[str]
    lines: list[tuple[list[str], Wanted | None]]


def read(data: bytes) -> Listed:
    """Return what is to be verified; nothing is kept.

    :raises Unreadable: it is no table, a bomb, too long, or has no column with a code, or with number and name.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    with tables.opened(data) as found, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for table in found or [_one_column(data)]:
            rows = list(islice(table.rows(), HEADER_WITHIN + MAX_LINES + 1))
            for place, (_number, row) in enumerate(rows[:HEADER_WITHIN]):
                titles = _shown(row)
                if where := _places(titles):
                    return _listed(titles, where, rows[place + 1 :])
    raise Unreadable("no_header")


def _one_column(data: bytes) -> tables.Table:
    """Return a text in which nothing divides one column from the next: codes, one a line."""
    lines = texts.decoded(data).splitlines()
    return tables.Table("", lambda: enumerate(([line] for line in lines), 1), len(lines))


def _places(titles: list[str]) -> dict[str, int] | None:
    found = columns.places(titles)
    codes = [place for place, title in enumerate(titles) if plain(title) in CODES]
    if codes:
        found["code"] = codes[0]
    has_number = {columns.NUMBER, columns.ID_NUMBER} & found.keys()
    return found if "code" in found or (columns.NAME in found and has_number) else None


def _shown(row) -> list[str]:
    """Return the cells as text, without the empty ones at the end."""
    shown = [cells.shown(value) for value in row[:MAX_CELLS]]
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _listed(titles: list[str], where: dict[str, int], rows) -> Listed:
    lines = []
    for _number, row in rows:
        if shown := _shown(row):
            lines.append((shown, _wanted(row, where)))
    if not lines:
        raise Unreadable("no_lines")
    if len(lines) > MAX_LINES:
        raise Unreadable("too_long")
    return Listed(titles, lines)


def _wanted(row, where: dict[str, int]) -> Wanted | None:
    def text(column: str) -> str:
        place = where.get(column)
        try:
            return cells.digits(row[place]) if place is not None and place < len(row) else ""
        except cells.Rounded:  # its last digits are lost
            return ""

    if code := normal_code(text("code")):
        return Wanted(code=code)
    number, name = text(columns.NUMBER) or text(columns.ID_NUMBER), text(columns.NAME)
    return Wanted(number=number, name=name) if number and name else None


def answered(listed: Listed, found: list[list[Verification]]) -> bytes:
    """Return the list as XLSX with the answer beside each line; ``found`` is in the order of the lines."""
    width = max(len(listed.titles), *(len(shown) for shown, _item in listed.lines))
    header = [*_padded(listed.titles, width), _("Result"), _("Operation"), _("Valid until")]
    rows = [
        [*_padded(shown, width), *_answer(wanted, verifications)]
        for (shown, wanted), verifications in zip(listed.lines, found, strict=True)
    ]
    return workbook(header, rows)


def _padded(shown: list[str], width: int) -> list[str]:
    return shown + [""] * (width - len(shown))


def _answer(wanted: Wanted | None, found: list[Verification]) -> list[str]:
    if wanted is None:
        return [_("cannot be read: a code, or number and name, is needed"), "", ""]
    if not found:
        return [_("No such certificate"), "", ""]
    return [
        "；".join(str(item.status.label) for item in found),
        "；".join(item.operation for item in found),
        "；".join(item.valid_until.isoformat() for item in found),
    ]
