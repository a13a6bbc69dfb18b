"""Ask for an evaluation, and run those that were asked for."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from kb.enums import RunState
from kb.evaluation import figures, measuring, questions
from kb.index import store
from kb.models import EvaluationRun

log = logging.getLogger(__name__)
GIVEN_UP = timedelta(minutes=30)  # after which a run whose worker died is run again


class NothingToEvaluate(Exception):
    """There is no such version of the index, or no such set of questions."""


def request(*, question_set: str, version: str, against: str, by: User, now: datetime) -> EvaluationRun:
    """Note that a version (with ``against``: two) is to be measured; a worker does it.

    :raises NothingToEvaluate: a version or the set is not there.
    """
    known = store.versions()
    if question_set not in questions.names() or version not in known or (against and against not in known):
        raise NothingToEvaluate
    with transaction.atomic():
        run = EvaluationRun.objects.create(
            question_set=question_set, version=version, against=against, requested_by=by, requested_at=now
        )
        transaction.on_commit(partial(_nudge, run.pk), robust=True)  # a dead broker: the sweep runs it
    return run


def _nudge(pk: int) -> None:
    from kb.tasks import run_evaluation

    run_evaluation.apply_async([pk], retry=False)


def waiting(*, now: datetime) -> list[int]:
    """Return the keys of the runs that nobody has begun, or whose worker died."""
    left = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, started_at__lt=now - GIVEN_UP)
    return list(EvaluationRun.objects.filter(left).values_list("pk", flat=True))


def run(*, pk: int, now: datetime) -> None:
    """Measure what the run asks for; do nothing where another worker is at it or it is done."""
    left = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, started_at__lt=now - GIVEN_UP)
    rows = EvaluationRun.objects.filter(left, pk=pk)
    if not rows.update(state=RunState.RUNNING, started_at=now):  # compare and set: one worker alone goes on
        return
    row = EvaluationRun.objects.get(pk=pk)
    try:
        done = _measured(row)
    except (measuring.CannotMeasure, questions.UnreadableSet) as error:
        done = {"state": RunState.FAILED, "error": str(error)[:200]}
    except Exception:
        log.exception("evaluation %s failed", pk)
        done = {"state": RunState.FAILED, "error": "The log says why."}
    EvaluationRun.objects.filter(pk=pk, started_at=now).update(finished_at=now, **done)


def _measured(row: EvaluationRun) -> dict:
    outcomes = measuring.measure(row.version, row.question_set)
    beside = measuring.measure(row.against, row.question_set) if row.against else None
    return {
        "state": RunState.DONE,
        "figures": figures.figures(outcomes).stored(),
        "figures_against": figures.figures(beside).stored() if beside else {},
        "misses": figures.missed(outcomes),
    }
