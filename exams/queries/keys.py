"""The keys of papers, with what was changed about them since: what grading, regrading and the review read."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q

from exams.models import KeyChange, Option, PaperSlot, QuestionVersion
from exams.rules.grading import KeyedSlot
from exams.rules.rekeying import Rekeying, rekeyed
from exams.rules.scoring import Key, Part

PARTS = ("position", "text", "is_right", "match", "blank", "tolerance", "weight")
Parts = dict[int, tuple[Part, ...]]


def keyed_papers(paper_ids: Collection[int], *, parts: Parts | None = None) -> dict[int, list[KeyedSlot]]:
    """Return the slots of each paper with their keys (three queries).

    ``parts`` keeps the options of versions between calls: they never change, so each is read once.
    """
    parts = {} if parts is None else parts
    rows = list(
        PaperSlot.objects.filter(paper__in=paper_ids)
        .order_by("paper", "number")
        .values_list("paper_id", "number", "version_id", "kind", "order", "marks", "scoring")
    )
    versions = {row[2] for row in rows}
    parts.update(parts_of_versions(versions - parts.keys()))
    changes = changes_of(versions)
    papers: dict[int, list[KeyedSlot]] = {paper: [] for paper in paper_ids}
    for paper, number, version, kind, order, marks, scoring in rows:
        slot = KeyedSlot(number, version, marks, Key(kind, parts[version], order, scoring))
        papers[paper].append(rekeyed(slot, changes[version]) if version in changes else slot)
    return papers


def parts_of_versions(versions: Collection[int]) -> Parts:
    """Return the options of each version (one query)."""
    parts = defaultdict(list)
    if versions:
        rows = Option.objects.filter(version__in=versions).order_by("version", "position")
        for version, *values in rows.values_list("version_id", *PARTS):
            parts[version].append(Part(**dict(zip(PARTS, values, strict=True))))
    return {version: tuple(parts.get(version, ())) for version in versions}


def changes_of(versions: Collection[int], *, also: KeyChange | None = None) -> dict[int, Sequence[Rekeying]]:
    """Return the approved changes of these versions, the oldest approval first (one query, two where there are any).

    ``also`` is one more, not yet approved, that comes after them.
    """
    approved = KeyChange.objects.filter(
        Q(version__in=versions) | Q(version=None, question__versions__in=versions), approved_at__isnull=False
    )
    found = [*approved.distinct().order_by("approved_at", "pk"), *([also] if also else [])]
    every = _versions_of([change.question_id for change in found if change.version_id is None])
    changes = defaultdict(list)
    for change in found:
        for version in [change.version_id] if change.version_id else every[change.question_id]:
            changes[version].append(Rekeying(change.kind, change.detail))
    return dict(changes)


def _versions_of(questions: Collection[int]) -> dict[int, list[int]]:
    versions = defaultdict(list)
    if questions:
        for question, version in QuestionVersion.objects.filter(question__in=questions).values_list("question", "pk"):
            versions[question].append(version)
    return versions
