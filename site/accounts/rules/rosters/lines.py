"""What one line of a roster says about a person, and what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.enums import IdKind
from accounts.rules import identity, names, phones

from . import cells, columns

NOTE = re.compile(r"^(备注|注[:：]|说明|填表|填报|合计|总计|小计|制表|审核|审批|负责人|联系人|单位|日期|共\s*\d+)")
NOTE_LENGTH = 20
DIGITS = 5  # fewer are no number of anybody
KINDS = {
    IdKind.RESIDENT: "身份证 居民身份证 二代身份证 第二代身份证 中华人民共和国居民身份证 大陆身份证 idcard",
    IdKind.RESIDENCE_PERMIT: "居住证 港澳台居民居住证 台湾居民居住证 港澳居民居住证 港澳台居住证",
    IdKind.FOREIGN_PERMANENT: "外国人永久居留身份证 外国人永久居留证 永久居留身份证 永居证 五星卡",
    IdKind.PASSPORT: "护照 外国护照 普通护照 passport",
}
KIND_OF = {spelling: kind for kind, spellings in KINDS.items() for spelling in spellings.split()}


@dataclass
class Line:
    """One person's line; ``number`` is its row in the file, ``cells`` pairs of title and text as they were."""

    number: int
    cells: list[tuple[str, str]]
    name: str = ""
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    job: str = ""
    reasons: list[dict] = field(default_factory=list)
    bad: bool = False

    def refuse(self, code: str, **values: Any) -> None:
        """Mark the line as one that cannot be taken in."""
        self.reasons.append({"code": code, **values})
        self.bad = True

    def remark(self, code: str, **values: Any) -> None:
        """Say something about the line that keeps nobody out."""
        self.reasons.append({"code": code, **values})


def is_line(row: Sequence[Any], header: columns.Header) -> bool:
    """Say whether the row is about a person: no blank row, no title again, no note, no empty numbered row."""
    if not any(value not in (None, "") for value in row):
        return False
    name, number = (cells.text(_at(row, header, column)) for column in (columns.NAME, columns.NUMBER))
    if not (name or number):  # a numbered empty row, or the second row of a merged one
        return False
    if sum(character.isdigit() for character in number) >= DIGITS:
        return True
    return columns.KNOWN.get(columns.plain(number)) != columns.NUMBER and not _is_note(row, name)


def _is_note(row: Sequence[Any], name: str) -> bool:
    """Say whether a row without a number is about the list; a nameless one is judged by how it begins."""
    first, *others = [text for value in row if (text := cells.text(value))]
    named = any(character.isalpha() for character in name)
    return bool(NOTE.match(name if named else first)) or (not others and len(first) > NOTE_LENGTH)


def read(number: int, row: Sequence[Any], header: columns.Header, *, today: date, job: str = "") -> Line:
    """Return what the row says; ``job`` is that of the merged cell it lies under, where its own is empty."""
    line = Line(number, _as_it_was(row, header))
    line.job = (cells.text(_at(row, header, columns.JOB)) or job)[:60]
    _read_name(line, _at(row, header, columns.NAME))
    _read_phone(line, _at(row, header, columns.PHONE))
    _read_number(line, _at(row, header, columns.NUMBER), cells.text(_at(row, header, columns.KIND)), today)
    return line


def _at(row: Sequence[Any], header: columns.Header, column: str) -> Any:
    place = header.places.get(column)
    return row[place] if place is not None and place < len(row) else None


def _as_it_was(row: Sequence[Any], header: columns.Header) -> list[tuple[str, str]]:
    titles = (*header.titles, *[""] * len(row))
    pairs = zip(titles, row, strict=False)
    filled = [(title, cells.shown(value)) for title, value in pairs if title or value is not None]
    return [(title, text) for title, text in filled if title or text]


def _read_name(line: Line, value: Any) -> None:
    line.name = names.normal(cells.text(value))
    if not line.name:
        line.refuse("name_missing")
    elif not names.plausible(line.name):
        line.name = line.name[:80]
        line.refuse("name_characters")


def _read_phone(line: Line, value: Any) -> None:
    try:
        typed = cells.digits(value)
    except cells.Rounded:
        typed = cells.shown(value)
    line.phone = phones.guess(typed)
    if typed and not line.phone:
        line.remark("phone")


def _read_number(line: Line, value: Any, kind_name: str, today: date) -> None:
    kind = KIND_OF.get(columns.plain(kind_name)) if kind_name else None
    if kind_name and kind is None:
        line.refuse("kind_unknown", kind=kind_name[:40])
        return
    try:
        typed = cells.digits(value)
        if not typed:
            line.refuse("number_missing")
            return
        parsed = identity.parse(typed, today=today, kind=kind)
    except cells.Rounded:
        line.refuse("number_rounded")
    except identity.InvalidIdNumber as error:
        line.refuse("number_rounded" if _looks_rounded(typed) else f"number_{error.reason}")
    else:
        line.id_kind, line.id_number = parsed.kind.value, parsed.number


def _looks_rounded(typed: str) -> bool:
    return bool(re.fullmatch(r"\d{15}000", typed))
