"""A score sheet as its examiner fills it in, and all sheets of a session side by side."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from accounts.models import User
from exams.models import (
    ChecklistItem,
    DrawnTask,
    EvidencePhoto,
    ItemMark,
    PracticalSession,
    PracticalTask,
    ScoreSheet,
    VetoItem,
    VetoMark,
)
from exams.rules.practicals import Seen

SEQS_PER_SECOND = 10  # more than anyone can tap


@dataclass(frozen=True)
class SheetItem:
    """A checklist item on a sheet; ``slot`` is what the page calls it."""

    slot: int
    item: ChecklistItem
    marks: int | None
    seq: int

    @property
    def choices(self) -> range:
        """The marks that can be given."""
        return range(self.item.marks + 1)


@dataclass(frozen=True)
class SheetVeto:
    """A veto item on a sheet."""

    slot: int
    veto: VetoItem
    seen: bool
    note: str
    seq: int


@dataclass(frozen=True)
class SheetTask:
    """One drawn task on a sheet, with its subject's full marks and this examiner's photos of it."""

    position: int
    task: PracticalTask
    items: list[SheetItem]
    vetoes: list[SheetVeto]
    photos: list[EvidencePhoto]

    @property
    def full(self) -> int:
        return sum(entry.item.marks for entry in self.items)

    @property
    def marks(self) -> int:
        return sum(entry.marks or 0 for entry in self.items)

    @property
    def open_items(self) -> int:
        """How many items have no mark yet."""
        return sum(entry.marks is None for entry in self.items)


@dataclass(frozen=True)
class Sheet:
    """One examiner's sheet with everything on it."""

    sheet: ScoreSheet
    tasks: list[SheetTask]

    @property
    def total(self) -> int:
        return sum(task.marks for task in self.tasks)

    @property
    def full(self) -> int:
        return sum(task.full for task in self.tasks)

    @property
    def missing(self) -> list[str]:
        """The subjects that have items without a mark."""
        return [task.task.subject for task in self.tasks if task.open_items]

    @property
    def unexplained(self) -> list[str]:
        """The subjects with a veto that says nothing of what happened."""
        return [
            task.task.subject
            for task in self.tasks
            if any(entry.seen and not entry.note.strip() for entry in task.vetoes)
        ]

    @property
    def highest_seq(self) -> int:
        entries = [entry for task in self.tasks for entry in (*task.items, *task.vetoes)]
        return max((entry.seq for entry in entries), default=0)

    def next_seq(self, now: datetime) -> int:
        """Return the first sequence number of a page opened now: above all that is stored, and above whatever a tablet
        that was left offline may still hold, so that its older marks never overwrite newer ones.
        """
        by_time = SEQS_PER_SECOND * max(0, int((now - self.sheet.assigned_at).total_seconds()))
        return max(by_time, self.highest_seq) + 1


def slots_of(session_id) -> dict[int, ChecklistItem | VetoItem]:
    """Return what each slot of a session's sheets stands for: task by task its items, then its vetoes (three queries).

    Neither changes once the tasks are drawn.
    """
    slots: dict[int, ChecklistItem | VetoItem] = {}
    for drawn in _drawn(session_id):
        for entry in (*drawn.task.items.all(), *drawn.task.vetoes.all()):
            slots[len(slots) + 1] = entry
    return slots


def _drawn(session_id) -> QuerySet[DrawnTask]:
    drawn = DrawnTask.objects.filter(session=session_id).select_related("task").order_by("position")
    return drawn.prefetch_related("task__items", "task__vetoes")


def filled(sheet: ScoreSheet) -> Sheet:
    """Return the sheet with its tasks, marks, vetoes and photos (six queries)."""
    marks = {row.item_id: row for row in ItemMark.objects.filter(sheet=sheet)}
    vetoes = {row.veto_id: row for row in VetoMark.objects.filter(sheet=sheet)}
    photos: dict[int, list[EvidencePhoto]] = {}
    for photo in EvidencePhoto.objects.filter(sheet=sheet).order_by("added_at"):
        photos.setdefault(photo.task_id, []).append(photo)
    tasks, slot = [], 0
    for drawn in _drawn(sheet.session_id):
        items, applied = [], []
        for item in drawn.task.items.all():
            slot += 1
            row = marks.get(item.pk)
            items.append(SheetItem(slot, item, row.marks if row else None, row.seq if row else 0))
        for veto in drawn.task.vetoes.all():
            slot += 1
            row = vetoes.get(veto.pk)
            seen = (row.seen, row.note, row.seq) if row else (False, "", 0)
            applied.append(SheetVeto(slot, veto, *seen))
        tasks.append(SheetTask(drawn.position, drawn.task, items, applied, photos.get(drawn.task_id, [])))
    return Sheet(sheet, tasks)


def seen_on(sheet: ScoreSheet) -> Seen:
    """Return what the examiner saw: marks per subject, and the vetoes (two queries)."""
    marks = ItemMark.objects.filter(sheet=sheet).values_list("item__task__subject").order_by("item__task__subject")
    vetoes = VetoMark.objects.filter(sheet=sheet, seen=True).values_list("veto_id", flat=True)
    return Seen(dict(marks.annotate(sum=Sum("marks"))), frozenset(vetoes))


def sheet_of(user: User, sheet_id) -> ScoreSheet | None:
    """Return the user's own sheet, not a withdrawn one, or None (one query)."""
    sheets = ScoreSheet.objects.select_related("session__person", "session__rule__operation", "examiner")
    return sheets.filter(pk=sheet_id, examiner=user, withdrawn_at=None).first()


def handed_in(session: PracticalSession) -> list[Sheet]:
    """Return the sheets handed in, in the order of their places (one query, and six for each)."""
    sheets = session.sheets.exclude(submitted_at=None).select_related("examiner__person").order_by("place")
    return [filled(sheet) for sheet in sheets]
