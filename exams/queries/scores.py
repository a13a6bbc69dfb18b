"""What attempts score by the keys as they stand: the answers that count, and the marks they get."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import F

from exams.models import Answer, Attempt, LateAnswer
from exams.rules import grading
from exams.rules.grading import Score

from .keys import Parts, keyed_papers


def scores_of(attempts: Sequence[Attempt], *, parts: Parts | None = None) -> dict[UUID, Score]:
    """Return what each attempt scores; ``admission.sitting.rule`` must be loaded (five queries for any number).

    ``parts`` is as in ``keyed_papers``.
    """
    papers = keyed_papers([attempt.paper_id for attempt in attempts], parts=parts)
    answers = counted_answers([attempt.pk for attempt in attempts])
    return {
        attempt.pk: grading.grade(
            slots=papers[attempt.paper_id],
            answers=answers.get(attempt.pk, {}),
            pass_mark=attempt.admission.sitting.rule.theory_pass_mark,
        )
        for attempt in attempts
    }


def counted_answers(attempt_ids: Collection[UUID], *, late: bool | None = None) -> dict[UUID, dict[int, str]]:
    """Return slot → response of what counts: what arrived in time, and late answers that an appeal won (two queries).

    With ``late`` the late answers of all of them count: what an appeal would change before it is confirmed.
    """
    counted: dict[UUID, dict[int, str]] = defaultdict(dict)
    seqs: dict[tuple[UUID, int], int] = {}
    in_time = Answer.objects.filter(attempt__in=attempt_ids, saved_at__lte=F("attempt__accepts_until"))
    for attempt, slot, response, seq in in_time.values_list("attempt_id", "slot", "response", "seq"):
        counted[attempt][slot] = response
        seqs[attempt, slot] = seq
    won = LateAnswer.objects.filter(attempt__in=attempt_ids)
    if not late:
        won = won.filter(attempt__appeals__confirmed_at__isnull=False)
    for attempt, slot, response, seq in won.distinct().values_list("attempt_id", "slot", "response", "seq"):
        if seq > seqs.get((attempt, slot), -1):
            counted[attempt][slot] = response
            seqs[attempt, slot] = seq
    return counted
