"""Imports of questions as their pages and reports show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.enums import ImportState, ItemFate, ItemVerdict
from exams.exchange import reasons
from exams.exchange.packing import unpack
from exams.models import ImportItem, QuestionImport
from exams.rules.items import Draft, problems

WORKING = (ImportState.UPLOADED, ImportState.CONFIRMED)
GOOD = (ItemVerdict.READ, ItemVerdict.DOUBTFUL)
TABS = {
    "good": Q(verdict=ItemVerdict.READ, fate__in=(ItemFate.NEW, ItemFate.CHANGED)),
    "doubtful": Q(verdict=ItemVerdict.DOUBTFUL, fate__in=(ItemFate.NEW, ItemFate.CHANGED)),
    "alike": Q(verdict__in=GOOD, fate__in=(ItemFate.NEW, ItemFate.CHANGED)) & ~Q(likes=[]),
    "known": Q(verdict__in=GOOD, fate__in=(ItemFate.SAME, ItemFate.REPEATED)),
    "conflict": Q(verdict__in=GOOD, fate=ItemFate.CONFLICT),
    "unreadable": Q(verdict=ItemVerdict.UNREADABLE),
    "skipped": Q(verdict=ItemVerdict.SKIPPED),
    "refused": ~Q(refused=[]),
    "taken": Q(is_new=True),
}


@dataclass(frozen=True)
class Tab:
    """Items that belong together on the preview; ``name`` is a key of ``TABS``."""

    name: str
    count: int


@dataclass(frozen=True)
class Shown:
    """An item as a page shows it: what it says, why it is as it is, and what becomes of it."""

    item: ImportItem
    draft: Draft | None
    reasons: list[str]
    point: str

    @property
    def place(self) -> str:
        """Where it stands in the file."""
        lines = str(self.item.first) if self.item.first == self.item.last else f"{self.item.first}–{self.item.last}"
        return f"{self.item.where} {lines}".strip()

    @property
    def media(self) -> int:
        """How many pictures and films it has."""
        return len((self.item.draft or {}).get("media", ()))


def imports_for(user: User) -> QuerySet[QuestionImport]:
    """Return the imports that a user may see, the newest first: officers all, authors their own (one query)."""
    imports = QuestionImport.objects.select_related("operation", "point", "uploaded_by")
    return imports if has_role(user, Role.EXAM_OFFICER) else imports.filter(uploaded_by=user)


def tabs(batch: QuestionImport) -> list[Tab]:
    """Return how many items are of each kind, without zeros (one query)."""
    counts = batch.items.aggregate(**{name: Count("pk", filter=condition) for name, condition in TABS.items()})
    return [Tab(name, counts[name]) for name in TABS if counts[name]]


def items_of(batch: QuestionImport, tab: str) -> QuerySet[ImportItem]:
    """Return the items of a tab in the order of the file (one query)."""
    return batch.items.filter(TABS[tab]).select_related("point", "version__question").order_by("number")


def without_point(batch: QuestionImport) -> int:
    """Return how many items would be taken in, yet name no knowledge point (one query)."""
    return batch.items.filter(verdict__in=GOOD, left_out=False, settled_at=None, point=None).count()


def shown(item: ImportItem) -> Shown:
    """Return an item as a page shows it; its files are only counted."""
    draft = unpack({**item.draft, "media": []}, {}) if item.draft else None
    return Shown(item, draft, reasons_of(item, draft), str(item.point) if item.point else "")


def reasons_of(item: ImportItem, draft: Draft | None) -> list[str]:
    """Return, in words, why an item is doubtful, unreadable or refused."""
    found = [reasons.of_item(one["code"], one) for one in item.why]
    if draft and item.verdict == ItemVerdict.UNREADABLE:
        stem_is_there = bool(draft.stem.strip() or item.draft.get("media"))
        found += [str(problem) for problem in problems(draft)] if stem_is_there else [_("The stem is empty.")]
    if item.verdict == ItemVerdict.UNREADABLE and not found:
        found = [_("The bank cannot hold it: a character or a picture in it is of no kind that can be stored.")]
    return found + [_refusal(one) for one in item.refused]


def _refusal(reason: dict) -> str:
    words = {"no_point": _("It names no knowledge point."), **{fate.value: str(fate.label) for fate in ItemFate}}
    return reason.get("text") or words.get(reason["code"], reason["code"])


def report_rows(batch: QuestionImport) -> Iterator[list]:
    """Yield a row for each item: where it stood, the verdict, what became of it, and why (one query)."""
    for item in batch.items.select_related("version__question", "point").order_by("number").iterator(chunk_size=1000):
        draft = unpack({**item.draft, "media": []}, {}) if item.draft else None
        yield [
            item.number,
            item.where,
            item.first,
            item.last,
            item.get_verdict_display(),
            item.get_fate_display() if item.fate else "",
            str(item.version) if item.version else item.code,
            outcome(item, batch),
            "；".join(reasons_of(item, draft)),
            "；".join(_like(like) for like in item.likes),
            (draft.stem if draft else item.raw)[:300],
        ]


def outcome(item: ImportItem, batch: QuestionImport) -> str:
    """Return, in words, what has been done with an item."""
    if item.is_new:
        return _("Taken in")
    if item.refused:
        return _("Refused")
    if item.version_id:
        return _("In the bank already")
    if item.left_out:
        return _("Left out")
    return "" if item.verdict in GOOD and batch.state != ImportState.DONE else _("Not taken in")


def _like(like: dict) -> str:
    place = like.get("code") or _("item %(number)s") % {"number": like.get("number")}
    return f"{place} ({like['likeness']:.0%})"


def unread_text(batch: QuestionImport) -> Iterator[str]:
    """Yield what could not be read, as it was, each with its place and why, for a text file (one query)."""
    unread = batch.items.filter(verdict=ItemVerdict.UNREADABLE).select_related("point").order_by("number")
    for item in unread.iterator(chunk_size=500):
        row = shown(item)
        yield f"==== {row.place} ==== {' '.join(row.reasons)}\n{item.raw}\n\n"
