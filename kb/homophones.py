"""Typing mistakes of the same sound put right: 煤气谢露 is looked up as 煤气泄漏, where the index has no word for it.

What the index knows as it is written is never changed. A mistake shows as characters that make no word (处|电,
灭火|七) and is taken for a word that people ask by; two dictionary words only for one of the lexicon (工商|认定).
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from . import text

LONGEST_QUESTION = 40  # characters; a longer question has enough right words to be found by
LONGEST_WORD = 4
AS_WRITTEN = frozenset("上下里外前后中内时天年月日号次一二两三四五六七八九十几点快")  # beside another single character
CANTONESE = frozenset("啲喺嘅咗唔冇嚟佢乜嘢咁哋俾攞睇紧埋亲")
FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True)
class Homophones:
    """By sound the words that people ask by, and of them those of the lexicon; ``known`` is all that the index has."""

    known: Collection[str]
    by_sound: Mapping[tuple[str, ...], tuple[str, ...]]
    terms: Mapping[tuple[str, ...], tuple[str, ...]]
    cut: object

    @classmethod
    def of(cls, *, known: Collection[str], asked: Mapping[str, int], terms: Collection[str], cut) -> "Homophones":
        """Return those of ``asked`` (word → how many documents ask by it) and ``terms``; ``cut`` cuts text into words.

        A pair of characters that is no word counts from two documents on.
        """
        words = text.dictionary().FREQ
        own = {word for word in terms if word in known}
        usual = own | {word for word, count in asked.items() if words.get(word) or count > 1}
        frequent = sorted(usual, key=lambda word: (word not in own, -asked.get(word, 0), word))
        return cls({*known, *terms}, _by_sound(frequent), _by_sound(sorted(own)), cut)

    def correct(self, question: str) -> str:
        """Return the folded ``question``, as long as it was, with what sounds like a known word written like it."""
        if len(question) > LONGEST_QUESTION:
            return question
        return text.RUNS.sub(lambda run: self._corrected(run[0]) if len(run[0]) > 1 else run[0], question)

    def _corrected(self, run: str) -> str:
        if not text.has_chinese(run):
            return run
        pieces = list(self.cut(run))
        for count in range(min(LONGEST_WORD, len(pieces)), 1, -1):
            at = 0
            while at + count <= len(pieces):
                if meant := self._meant(pieces[at : at + count]):
                    pieces[at : at + count] = [meant]
                at += 1
        return "".join(pieces)

    def _meant(self, pieces: list[str]) -> str | None:
        """Return the known word that these pieces of a question sound like, if they are none themselves."""
        written = "".join(pieces)
        if not 2 <= len(written) <= LONGEST_WORD or not self._is_strange(written):
            return None
        if all(len(piece) > 1 for piece in pieces):
            return next(iter(self.terms.get(_sounds(written), ())), None) if len(written) == LONGEST_WORD else None
        if any(piece in text.ASKING or piece in CANTONESE for piece in pieces):
            return None
        if max(map(len, pieces)) == 1 and not AS_WRITTEN.isdisjoint(pieces):
            return None
        fitting = [word for word in self.by_sound.get(_sounds(written), ()) if _fits(written, word)]
        return max(fitting, key=lambda word: sum(map(str.__eq__, written, word)), default=None)

    def _is_strange(self, written: str) -> bool:
        """Say whether the index has not seen these characters together."""
        return written not in self.known and any(
            written[at : at + 2] not in self.known for at in range(len(written) - 1)
        )


def _fits(written: str, word: str) -> bool:
    """Say whether ``word`` may be meant: one of the dictionary, or a pair that keeps a character where it is."""
    return bool(text.dictionary().FREQ.get(word)) or any(map(str.__eq__, written, word))


def _by_sound(words: list[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for word in words:
        if 2 <= len(word) <= LONGEST_WORD and all(map(text.has_chinese, word)):
            found.setdefault(_sounds(word), []).append(word)
    return {sounds: tuple(same) for sounds, same in found.items()}


def _sounds(word: str) -> tuple[str, ...]:
    return tuple(map(_sound, word))


@cache
def _sound(sign: str) -> str:
    """Return how ``sign`` is read, without tone and without what half of the country does not tell apart."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 40 MB that single characters do not need
    from pypinyin import lazy_pinyin

    sound = lazy_pinyin(sign)[0]
    for one, other in FUZZY:
        sound = sound.replace(one, other)
    return sound
