"""What a paper is drawn from: the blueprint's rows and switches, and the bank as it stands. Pure, with a digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from exams.enums import Scoring


@dataclass(frozen=True)
class Row:
    """``count`` questions of ``kind`` from ``points`` (None: any), each with ``marks``; or so many whole cases.

    A case fits if its own point does and each of its questions is of the kind ("": any) and difficulty.
    """

    kind: str
    count: int
    points: frozenset[int] | None = None
    cases: bool = False
    easiest: int = 1
    hardest: int = 5
    marks: Decimal = Decimal(1)
    scoring: str = Scoring.ALL_OR_NOTHING


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn: ``shown`` are the bank positions on paper, ``width`` the places of an answer."""

    question: int
    version: int
    kind: str
    point: int
    difficulty: int = 3
    shown: tuple[int, ...] = ()
    width: int = 1
    case: int | None = None


@dataclass(frozen=True)
class Plan:
    """A blueprint: its rows, the points of which each must have a question (``covers``), and its switches."""

    rows: tuple[Row, ...]
    covers: frozenset[int] = frozenset()
    no_near_duplicates: bool = True
    evens_exposure: bool = True
    shuffles_questions: bool = True
    shuffles_options: bool = True


@dataclass(frozen=True)
class Bank:
    """Every question that may be drawn, in the bank's order, those of one case in the case's order.

    ``near`` holds pairs of question numbers, ``case_points`` each case's own point.
    """

    candidates: tuple[Candidate, ...]
    near: frozenset[tuple[int, int]] = frozenset()
    case_points: Mapping[int, int] = field(default_factory=dict)


def content(plan: Plan, bank: Bank) -> bytes:
    """Return plan and bank as canonical JSON: the same bytes for the same blueprint and bank, on every machine."""
    said = {
        "rows": [
            [
                row.kind,
                row.count,
                None if row.points is None else sorted(row.points),
                row.cases,
                row.easiest,
                row.hardest,
                f"{row.marks:.2f}",
                row.scoring,
            ]
            for row in plan.rows
        ],
        "covers": sorted(plan.covers),
        "switches": [plan.no_near_duplicates, plan.evens_exposure, plan.shuffles_questions, plan.shuffles_options],
        "candidates": [
            [one.question, one.version, one.kind, one.point, one.difficulty, list(one.shown), one.width, one.case]
            for one in bank.candidates
        ],
        "near": sorted(bank.near),
        "case_points": sorted(bank.case_points.items()),
    }
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()


def read(stored: bytes) -> tuple[Plan, Bank]:
    """Return what ``content`` wrote."""
    said = json.loads(stored)
    rows = tuple(
        Row(
            kind, count, None if points is None else frozenset(points), cases, easiest, hardest, Decimal(marks), scoring
        )
        for kind, count, points, cases, easiest, hardest, marks, scoring in said["rows"]
    )
    candidates = tuple(
        Candidate(question, version, kind, point, difficulty, tuple(shown), width, case)
        for question, version, kind, point, difficulty, shown, width, case in said["candidates"]
    )
    near = frozenset((first, second) for first, second in said["near"])
    return Plan(rows, frozenset(said["covers"]), *said["switches"]), Bank(candidates, near, dict(said["case_points"]))


def digest(stored: bytes) -> str:
    """Return the SHA-256 (hex) of what ``content`` wrote."""
    return hashlib.sha256(stored).hexdigest()
