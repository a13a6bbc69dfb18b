"""What a sitting's answers say about pairs of candidates and about speed; the hints there are."""

from collections import defaultdict
from uuid import UUID

import numpy as np
from django.db.models import F, QuerySet

from exams.models import AnomalyHint, Answer
from exams.rules.anomalies import RUN, rush, similar_pairs
from exams.rules.breakdown import unpack
from exams.rules.statistics import gather

from .statistics import results_of


def hints() -> QuerySet[AnomalyHint]:
    """Return all hints, those nobody looked at first (one query)."""
    return AnomalyHint.objects.select_related(
        "sitting", "attempt__person", "attempt__admission", "other__person", "other__admission", "looked_at_by"
    ).order_by(F("looked_at").asc(nulls_first=True), "-found_at", "pk")


def similar(sitting_id: int) -> list[tuple[UUID, UUID, dict]]:
    """Return the pairs with improbably many identical wrong answers, and the figures that say so (one query)."""
    rows = list(results_of([sitting_id]).order_by("attempt_id").values_list("attempt_id", "breakdown"))
    marks = gather([bytes(breakdown) for _, breakdown in rows])
    versions, column = np.unique(marks.version, return_inverse=True)
    wrong = np.zeros((marks.attempts, len(versions)), dtype=np.int64)
    wrong[marks.attempt, column] = np.where(marks.awarded == 0, marks.chosen, 0)
    return [
        (
            rows[pair.one][0],
            rows[pair.other][0],
            {
                "common": pair.common,
                "same": pair.same,
                "expected": round(pair.expected, 2),
                "chance": float(f"{pair.chance:.2g}"),
            },
        )
        for pair in similar_pairs(wrong)
    ]


def rushed(sitting_id: int) -> list[tuple[UUID, dict]]:
    """Return the attempts answered faster than anybody reads (two queries)."""
    rows = results_of([sitting_id]).order_by("attempt_id").values_list("attempt_id", "breakdown")
    saved: dict[UUID, dict] = defaultdict(dict)
    answers = Answer.objects.filter(attempt__admission__sitting=sitting_id).exclude(response="")
    for attempt, slot, moment in answers.values_list("attempt_id", "slot", "saved_at"):
        saved[attempt][slot] = moment
    found = []
    for attempt, breakdown in rows:
        right = {one.slot: one.awarded == one.marks for one in unpack(breakdown)}
        fastest = rush(saved[attempt], right)
        if fastest:
            figures = {"answers": RUN, "seconds": round(fastest.seconds, 1), "right": round(fastest.right, 2)}
            found.append((attempt, figures))
    return found
