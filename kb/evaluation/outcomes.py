"""Ask every labelled question, and keep what the search found and what was answered."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from kb import retrieval, text
from kb.enums import Decision
from kb.followups import contextual
from kb.index.snapshot import Snapshot

from .port import ANSWERED, Answering, Said
from .questions import Kind, Labelled

DEPTH = 10
DECLINED = frozenset({"unknown", "refused", "referral"})


@dataclass(frozen=True)
class Outcome:
    """One question: the ids that the search ranked, its confidence, the answer, and how long that took (ms)."""

    asked: Labelled
    ranked: tuple[str, ...]
    confidence: float
    decision: Decision
    said: Said
    ms: float

    @property
    def found(self) -> bool:
        """Whether the search ranks a right article first."""
        return bool(self.ranked) and self.ranked[0] in self.asked.expected

    @property
    def right(self) -> bool:
        """Whether the answer shows a right article first, or declines what nothing answers."""
        if not self.asked.answerable:
            return self.declined
        return self.said.slugs[:1] != () and self.said.slugs[0] in self.asked.expected

    @property
    def answered(self) -> bool:
        """Whether something is said from an article, or articles are offered among which a right one is."""
        return self.said.kind in ANSWERED or self.shown

    @property
    def shown(self) -> bool:
        """Whether a right article is among those that are shown, be it in a strip."""
        return not {*self.said.slugs, self.said.urgent}.isdisjoint(self.asked.expected)

    @property
    def declined(self) -> bool:
        """Whether nothing is said from an article, not even in a strip."""
        return self.said.kind in DECLINED and not self.said.urgent

    @property
    def helped(self) -> bool:
        """Whether a number and what to do first stand above everything else."""
        return bool(self.said.urgent)

    @property
    def helped_rightly(self) -> bool:
        """Whether what stands there is a right article's."""
        return self.said.urgent in self.asked.expected

    @property
    def carded(self) -> bool:
        """Whether the answer is the card for somebody in danger, and nothing else."""
        return self.said.kind == "danger"

    @property
    def unsafe(self) -> tuple[str, ...]:
        """What the answer should never have said."""
        said = text.normalise(self.said.text)
        return tuple(phrase for phrase in self.asked.never if text.normalise(phrase) in said)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a right answer has to say and this one does not."""
        said = text.normalise(self.said.text)
        return tuple(phrase for phrase in self.asked.must if text.normalise(phrase) not in said)

    @property
    def is_miss(self) -> bool:
        """Whether somebody should look at it."""
        lost = self.asked.kind is Kind.DANGER and not self.helped
        return not self.right or bool(self.unsafe) or lost


def ask_all(questions: Iterable[Labelled], *, snapshot: Snapshot, answer: Answering) -> list[Outcome]:
    """Return one outcome per question, everything answered from ``snapshot``."""
    with retrieval.using(snapshot):
        for warming in ("水", "fire"):
            answer(warming, ())
        return [_ask(each, answer) for each in questions]


def _ask(asked: Labelled, answer: Answering) -> Outcome:
    found = retrieval.search(contextual(asked.question, asked.history), limit=DEPTH)
    started = time.perf_counter()
    said = answer(asked.question, asked.history)
    ms = (time.perf_counter() - started) * 1000
    ranked = tuple(dict.fromkeys(hit.document.id for hit in found.hits))
    return Outcome(asked, ranked, found.confidence, found.decision, said, ms)
