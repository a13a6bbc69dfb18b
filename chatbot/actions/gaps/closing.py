"""Close gaps that the current index answers; looked at after each version of the index."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chatbot.actions import asking
from chatbot.enums import AnswerKind, GapState
from chatbot.models import Gap, GapSearch, Turn
from chatbot.queries.gaps import LOW, questions_by_gap
from chatbot.rules.normalising import normalise
from kb import retrieval
from kb.queries import live_articles

UNDECIDED = (GapState.OPEN, GapState.DRAFTED)
SHARE = 0.9  # of its questions that must be answered: one odd question keeps no gap open
ANSWERS = (AnswerKind.ANSWER, AnswerKind.DANGER)


def check(*, now: datetime) -> int:
    """Close what a new version of the index answers; return how many. One version is looked at once."""
    snapshot = retrieval.current_snapshot()
    GapSearch.objects.get_or_create(pk=GapSearch.SINGLETON)
    unchecked = GapSearch.objects.filter(pk=GapSearch.SINGLETON)
    if snapshot is None or unchecked.filter(checked_version=snapshot.version).exists():
        return 0
    with retrieval.using(snapshot):
        closed = close_answered(keys=None, now=now)
    unchecked.update(checked_version=snapshot.version)
    return closed


def close_answered(*, keys: Sequence[int] | None, now: datetime) -> int:
    """Close those of the gaps (all without ``keys``) whose questions are answered now; return how many."""
    changed = dict(live_articles().values_list("slug", "last_published_at"))
    closed = [key for key, turns in questions_by_gap(UNDECIDED, keys=keys).items() if _answered(turns, changed)]
    still = Gap.objects.filter(pk__in=closed, state__in=UNDECIDED)
    return still.update(state=GapState.ANSWERED, decided_by=None, decided_at=now)


def _answered(turns: Iterable[Turn], changed: dict[str, datetime | None]) -> bool:
    turns = list(turns)
    answers = {question: asking.answer_to(normalise(question)) for question in {turn.question for turn in turns}}
    good = sum(_is_better(turn, answers[turn.question], changed) for turn in turns)
    return good >= SHARE * len(turns)


def _is_better(turn: Turn, answer, changed: dict[str, datetime | None]) -> bool:
    """Say whether the question is answered now; one that was answered badly, otherwise than it was."""
    if answer.kind not in ANSWERS or (answer.confidence is not None and answer.confidence < LOW):
        return False
    published = changed.get(answer.article)
    is_new = answer.article != turn.article or (published is not None and published > turn.asked_at)
    return is_new or turn.helped is not False
