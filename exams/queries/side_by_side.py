"""All sheets of a practical exam side by side: for who may compare them, and for the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from exams.models import Practical, PracticalSession, PracticalTask

from .examiners import shown_name
from .score_sheets import Sheet


@dataclass(frozen=True)
class Photo:
    """A photo: ``digest`` is the SHA-256 of the picture as it came."""

    id: UUID
    task: str
    digest: str


@dataclass(frozen=True)
class Examined:
    """One examiner's sheet as a column."""

    sheet_id: UUID
    name: str
    place: int
    total: int
    started_at: datetime
    finished_at: datetime
    submitted_at: datetime
    signed_as: str
    signed_name: str
    signature: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class ItemLine:
    """One checklist item and the marks of each examiner."""

    text: str
    full: int
    marks: tuple[int | None, ...]


@dataclass(frozen=True)
class VetoLine:
    """One veto item, and who saw it and what they wrote."""

    text: str
    seen: tuple[bool, ...]
    notes: tuple[str, ...]
    counts: bool

    @property
    def by_examiner(self) -> list[tuple[bool, str]]:
        return list(zip(self.seen, self.notes, strict=True))


@dataclass(frozen=True)
class TaskBlock:
    """One task with its lines, and the sums of each examiner."""

    task: PracticalTask
    full: int
    items: tuple[ItemLine, ...]
    vetoes: tuple[VetoLine, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True)
class Compared:
    """The whole exam."""

    session: PracticalSession
    examiners: tuple[Examined, ...]
    blocks: tuple[TaskBlock, ...]
    outcome: Practical | None


def compare(session: PracticalSession, sheets: Sequence[Sheet]) -> Compared:
    """Return the sheets handed in side by side (the outcome may cost one query)."""
    outcome = session.practical if session.practical_id else None
    enough = min(2, len(sheets))
    blocks = [_block([sheet.tasks[place] for sheet in sheets], enough) for place in range(len(sheets[0].tasks))]
    return Compared(session, tuple(_examined(sheet) for sheet in sheets), tuple(blocks), outcome)


def _examined(sheet: Sheet) -> Examined:
    row = sheet.sheet
    return Examined(
        sheet_id=row.pk,
        name=shown_name(row.examiner),
        place=row.place,
        total=row.total,
        started_at=row.started_at,
        finished_at=row.finished_at,
        submitted_at=row.submitted_at,
        signed_as=row.signed_as,
        signed_name=row.signed_name,
        signature=row.signature.name,
        photos=tuple(Photo(photo.pk, task.task.code, photo.digest) for task in sheet.tasks for photo in task.photos),
    )


def _block(columns, enough: int) -> TaskBlock:
    first = columns[0]
    items = [
        ItemLine(entry.item.text, entry.item.marks, tuple(column.items[place].marks for column in columns))
        for place, entry in enumerate(first.items)
    ]
    vetoes = [_veto([column.vetoes[place] for column in columns], enough) for place in range(len(first.vetoes))]
    sums = tuple(column.marks for column in columns)
    return TaskBlock(first.task, first.full, tuple(items), tuple(vetoes), sums)


def _veto(entries, enough: int) -> VetoLine:
    seen = tuple(entry.seen for entry in entries)
    return VetoLine(entries[0].veto.text, seen, tuple(entry.note for entry in entries), sum(seen) >= enough)
