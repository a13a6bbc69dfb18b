"""The bot as editors try it: one question, and each step that led to its answer; nothing is noted."""

from dataclasses import dataclass

from django.utils import timezone

from chatbot import answering
from chatbot.queries import curated, triage_rules
from chatbot.rules import normalising, refusals
from chatbot.rules.answers import Answer
from chatbot.rules.triage import Case, asks_for_help, triage
from kb import retrieval

CANDIDATES = 20


@dataclass(frozen=True)
class Trial:
    """What the bot does with one question.

    ``searches`` are those that the answer came from, in order, none where it came without one; ``candidates`` is what
    the index has to say to the question in any case. ``answer_from`` and ``offer_from`` are the confidences from which
    it answers and offers titles.
    """

    version: str
    normalised: str
    understood: str
    case: Case | None
    asks_for_help: bool
    refusal: refusals.Refusal | None
    chosen: curated.Chosen | None
    searches: tuple[retrieval.Found, ...]
    candidates: retrieval.Found
    answer_from: float | None
    offer_from: float | None
    answer: Answer


def ask(question: str, *, version: str = "") -> Trial:
    """Ask the bot as the public would, from a ``version`` of the index or from the current one.

    :raises LookupError: there is no such version any more, or it cannot be read.
    """
    snapshot = retrieval.version(version) if version else retrieval.current_snapshot()
    text = normalising.normalise(question)
    with retrieval.using(snapshot):
        with retrieval.watching() as searches:
            answer = answering.reply(normalising.visible(question), now=timezone.now())
        calibration = snapshot.calibration if snapshot else None
        return Trial(
            version=snapshot.version if snapshot else "",
            normalised=text,
            understood=retrieval.understood(text),
            case=triage(text, triage_rules.in_use()),
            asks_for_help=asks_for_help(text),
            refusal=refusals.check(text),
            chosen=curated.chosen_for(text, day=timezone.localdate()),
            searches=tuple(searches),
            candidates=retrieval.search(text, limit=CANDIDATES),
            answer_from=calibration.answer_from if calibration else None,
            offer_from=calibration.offer_from if calibration else None,
            answer=answer,
        )
