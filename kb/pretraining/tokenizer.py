"""The encoder's own tokenizer: a Unigram over jieba's dictionary, so that it cuts as jieba does, without jieba.

Only pieces that the training texts hold are taken (a piece that was never seen would mean something random), and those
that no cut by frequency may lose: the safety words and the words of our own articles.
"""

import json
import math
import re
from collections import Counter

from kb import text

SIZE = 32_000
ENGLISH_WORDS = 5_500
RAREST_CHARACTER = 5  # times in the training texts
RAREST_WORD = 3
LONGEST_WORD = 4
FORCED_FREQUENCY = 300
UNKNOWN = "[UNK]"
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
RUNS = r"[㐀-䶿一-鿿]+|[a-z]+|[0-9]+"


def build(texts: list[str], ours: list[str]):
    """Return the tokenizer for the folded training ``texts`` and ``ours``, those of the knowledge base."""
    dictionary = text.dictionary()
    frequency = {word: count for word, count in dictionary.FREQ.items() if count and text.RUNS.fullmatch(word)}
    characters = Counter(character for item in texts for character in item if text.has_chinese(character))
    english = Counter(word for item in texts for word in re.findall("[a-z]+|[0-9]+", item))
    forced = _forced(dictionary, ours)
    latin = {word for word in forced if not text.has_chinese(word)}
    pieces = {each: max(count, 1) for each, count in characters.items() if count >= RAREST_CHARACTER}
    pieces |= {each: frequency.get(each, 1) for each in pieces}
    pieces |= dict.fromkeys(ALPHABET, 1)
    pieces |= dict(english.most_common(ENGLISH_WORDS))
    pieces |= {word: max(english[word], 1) for word in latin}
    pieces |= {word: max(frequency.get(word, 0), FORCED_FREQUENCY) for word in forced - latin}
    seen = _counted(frequency | pieces, texts)
    words = (word for word in frequency if 1 < len(word) <= LONGEST_WORD and seen[word] >= RAREST_WORD)
    for word in sorted(words, key=lambda word: (-frequency[word], word)):
        if len(pieces) >= SIZE - 1:
            break
        pieces.setdefault(word, frequency[word])
    return unigram({piece: pieces[piece] for piece in sorted(pieces)})


def unigram(pieces: dict[str, int]):
    """Return a tokenizer over ``pieces`` (piece → frequency) that folds width and case; piece 0 is the unknown one."""
    total = sum(pieces.values())
    return _scored([(UNKNOWN, -100.0), *((piece, math.log(count / total)) for piece, count in pieces.items())])


def cut_without(tokenizer, pieces: set[str]):
    """Return ``tokenizer`` as it would be had it not these ``pieces``; the numbers of the others change."""
    scores = json.loads(tokenizer.to_str())["model"]["vocab"]
    return _scored([(piece, score) for piece, score in scores if piece not in pieces])


def _scored(scores: list[tuple[str, float]]):
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(scores, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUNS), behavior="removed", invert=True)
    return tokenizer


def _forced(dictionary, ours: list[str]) -> set[str]:
    """Return the safety words and every word that jieba cuts from ``ours``, runs of Latin letters and digits whole."""
    forced = set(text.safety_words())
    for run in re.findall(RUNS, " ".join(ours)):
        forced.update(dictionary.cut(run, HMM=False) if text.has_chinese(run) else [run])
    return forced


def _counted(pieces: dict[str, int], texts: list[str]) -> Counter:
    """Return how often each piece is cut from ``texts`` by the whole dictionary."""
    whole = unigram(pieces)
    counts: Counter = Counter()
    for start in range(0, len(texts), 10_000):
        for encoded in whole.encode_batch_fast(texts[start : start + 10_000], add_special_tokens=False):
            counts.update(encoded.ids)
    return Counter({whole.id_to_token(number): count for number, count in counts.items()})
