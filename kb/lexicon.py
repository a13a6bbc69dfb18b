"""The words of one index beyond the dictionary: terms that are never cut apart, and groups of words that mean the same.

An index keeps the lexicon that it was built with, so that its texts and what is asked of it are folded alike.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from . import text

LONGEST_PHRASE = 5  # English words
MOST_PASSES = 5
GROUP = "="  # what a group's search term begins with: no text holds it


@dataclass(frozen=True)
class Lexicon:
    """``terms`` are domain words; the first word of each group stands for the others. All are folded."""

    terms: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, terms: list[str], groups: list[list[str]]) -> "Lexicon":
        """Return the lexicon of words as editors write them, in a fixed order."""
        folded = {tuple(dict.fromkeys(text.normalise(word) for word in group if word.strip())) for group in groups}
        return cls(
            terms=tuple(sorted({text.normalise(term) for term in terms} - {""})),
            groups=tuple(sorted(group for group in folded if len(group) > 1)),
        )

    def fold(self, said: str) -> str:
        """Return ``said`` normalised, each word of a group replaced by the one that stands for it.

        Words are replaced as jieba cuts them, so that 充电车位 does not lose an 电车. What a replacement makes of its
        neighbours is looked at again, so that folding twice changes nothing.
        """
        folded = text.normalise(said)
        for _ in range(MOST_PASSES if self._standing else 0):
            before = folded
            folded = " ".join("".join(self._standing.get(word, word) for word in self._pieces(folded)).split())
            if folded == before:
                break
        return folded

    def tokens(self, said: str) -> list[str]:
        """Return the search terms of ``said``, and one more for each group that a word of it belongs to."""
        folded = text.normalise(said)
        found = text.tokens(folded, self.words)
        if self._standing:
            found += [GROUP + self._standing[word] for word in self._pieces(folded) if word in self._standing]
        return found

    def content_words(self, folded: str) -> list[tuple[str, ...]]:
        """Return the words of ``folded`` that do more than ask, each as the search terms that it may be found by."""
        found = []
        for piece in self._pieces(folded):
            if not text.RUNS.match(piece) or piece in text.ASKING or piece in text.ENGLISH_ASKING:
                continue
            own = piece if text.has_chinese(piece) or " " in piece else text.stem(piece)
            stands = self._standing.get(own)
            found.append((own, GROUP + stands) if stands else (own,))
        return found

    @property
    def digest(self) -> str:
        """SHA-256 (hex): equal means that texts are folded alike."""
        return hashlib.sha256(json.dumps([self.terms, self.groups], ensure_ascii=False).encode()).hexdigest()

    def stored(self) -> dict:
        """Return it as JSON."""
        return {"terms": self.terms, "groups": self.groups}

    @classmethod
    def from_stored(cls, stored: dict) -> "Lexicon":
        """Return what ``stored`` gave."""
        return cls(tuple(stored["terms"]), tuple(tuple(group) for group in stored["groups"]))

    @cached_property
    def words(self):
        """The jieba tokenizer that knows this lexicon's Chinese words too."""
        return _with_words(self.chinese) if self.chinese else text.dictionary()

    @cached_property
    def chinese(self) -> tuple[str, ...]:
        """Its Chinese words of two characters or more."""
        own = [*self.terms, *(word for group in self.groups for word in group)]
        return tuple(word for word in own if len(word) > 1 and text.RUNS.fullmatch(word) and text.has_chinese(word))

    @cached_property
    def _standing(self) -> dict[str, str]:
        """Each word of a group (English stemmed) and what stands for it; a word in two groups is the first's."""
        standing: dict[str, str] = {}
        for group in self.groups:
            for word in group:
                standing.setdefault(
                    word if text.has_chinese(word) else _stemmed(word), standing.get(group[0], group[0])
                )
        return {word: standing.get(stands, stands) for word, stands in standing.items()}

    def _pieces(self, folded: str) -> Iterator[str]:
        """Yield ``folded`` in pieces: joined it is the same text, but for English phrases of a group, now stemmed."""
        at = 0
        for run in text.RUNS.finditer(folded):
            if run.start() < at:  # inside a phrase that was found already
                continue
            yield folded[at : run.start()]
            at = run.end()
            if text.has_chinese(run[0]):
                yield from self.words.cut(run[0], HMM=False)
            elif phrase := self._phrase(folded, run.start()):
                known, at = phrase
                yield known
            else:
                yield run[0]
        yield folded[at:]

    def _phrase(self, folded: str, start: int) -> tuple[str, int] | None:
        """Return the longest phrase of a group that begins at ``start``, and where it ends."""
        found, words, end = None, [], start
        for run in text.LATIN.finditer(folded, start):
            if (words and folded[end : run.start()] not in (" ", "-")) or len(words) == LONGEST_PHRASE:
                break
            words.append(text.stem(run[0]))
            end = run.end()
            if (phrase := " ".join(words)) in self._standing:
                found = phrase, end
        return found


EMPTY = Lexicon()


def _stemmed(phrase: str) -> str:
    return " ".join(text.stem(word) for word in text.LATIN.findall(phrase))


def _with_words(own: tuple[str, ...]):
    """Return a jieba tokenizer with ``own`` over the words of ``text.dictionary()``, which stay as they are."""
    import jieba

    base = text.dictionary()
    words = jieba.Tokenizer()
    added: dict[str, int] = {}
    for word in own:
        added[word] = max(base.suggest_freq(word), base.FREQ.get(word, 0))
        for end in range(1, len(word)):
            if word[:end] not in base.FREQ:
                added.setdefault(word[:end], 0)
    words.FREQ, words.total, words.initialized = _Layered(added, base.FREQ), base.total, True
    return words


class _Layered:
    """What jieba asks of its frequencies: first one table, then another."""

    def __init__(self, above: dict[str, int], below: dict[str, int]):
        self.above, self.below = above, below

    def __contains__(self, word):
        return word in self.above or word in self.below

    def __getitem__(self, word):
        return self.above[word] if word in self.above else self.below[word]

    def get(self, word, default=None):
        found = self.above.get(word)
        return self.below.get(word, default) if found is None else found
