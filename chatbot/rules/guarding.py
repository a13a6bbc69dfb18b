"""What a model made of an approved text, sentence by sentence: kept where the text says it too, dropped otherwise."""

import re

from kb import text as texts

COVERED = 0.75  # of the sentence's character pairs stand in the approved text
ALIKE = 0.35  # of a clause's pairs: below that no clause of the text is the one it comes from
LEAST_KEPT = 0.6  # of the sentences; fewer, and what is left may be half a thought
SENTENCE = re.compile(r"[^\n。！？!?；;]+[。！？!?；;]?")
CLAUSE = re.compile(r"[，,：:、。！？!?；;\n]+")
NUMBER = re.compile(
    r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万半]+"
    r"(?=[个米秒天年月日岁次度倍层步遍片克升人条楼成]|分钟|小时|厘米|毫米|公斤|公里)"
)
NEGATION = re.compile(r"不|别|勿|莫|禁|没|无|非|未|避免|切忌|\b(?:not|never|no|don't|do not|avoid)\b")
FOREIGN = re.compile(r"https?:|www\.|[<>\[\]{}`]|\b(?:system|prompt|assistant)\b|提示词|指令")


def supported(said: str, approved: str) -> str:
    """Return the sentences of ``said`` that ``approved`` supports; an empty text where too few are, or too many come.

    A number, a negation or a word of the trade that the approved text does not have at that place drops a sentence.
    """
    sentences = [sentence.strip() for sentence in SENTENCE.findall(said) if sentence.strip()]
    if not sentences or len(said) > 2 * len(approved):
        return ""
    source = texts.normalise(approved)
    kept = [sentence for sentence in sentences if is_supported(texts.normalise(sentence), source)]
    return "\n".join(kept) if len(kept) >= LEAST_KEPT * len(sentences) else ""


def is_supported(sentence: str, source: str) -> bool:
    """Say whether the folded ``source`` says what the folded ``sentence`` does."""
    if FOREIGN.search(sentence) or texts.has_chinese(sentence) != texts.has_chinese(source):
        return False
    named = [word for word in texts.safety_words() if word in sentence]
    named += NUMBER.findall(sentence) + [word for word in texts.LATIN.findall(sentence) if not word.isdigit()]
    whole = set(NUMBER.findall(source))
    if any(word not in (whole if NUMBER.fullmatch(word) else source) for word in named):
        return False
    return _cover(sentence, source) >= COVERED and all(
        _same_sense(clause, source) for clause in CLAUSE.split(sentence) if len(clause) > 1
    )


def _same_sense(clause: str, source: str) -> bool:
    """Say whether the clause of ``source`` that is most like ``clause`` is as negative, or positive, as it is."""
    others = [other for other in CLAUSE.split(source) if len(other) > 1]
    likeness = [_cover(NEGATION.sub("", clause), NEGATION.sub("", other)) for other in others]
    best = max(likeness, default=0.0)
    if best < ALIKE:
        return not NEGATION.search(clause)
    alike = [other for other, like in zip(others, likeness, strict=True) if like >= best - 1e-9]
    return any(bool(NEGATION.search(other)) == bool(NEGATION.search(clause)) for other in alike)


def _cover(part: str, whole: str) -> float:
    """Return the share of the character pairs (words in English) of ``part`` that are in ``whole``."""
    pairs = _pairs(part)
    return sum(pair in whole for pair in pairs) / len(pairs) if pairs else 1.0


def _pairs(written: str) -> list[str]:
    found: list[str] = []
    for run in texts.RUNS.findall(written):
        if texts.has_chinese(run):
            found += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        else:
            found.append(run)
    return found
