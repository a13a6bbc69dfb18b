"""True and false, as the many people write them who make questions."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from exams.enums import QuestionKind
from exams.rules.items import TRUE_FALSE
from exams.rules.scoring import Part

TRUES = {"对", "正确", "是", "真", "是的", "对的", "√", "✓", "✔", "☑", "∨", "v", "t", "true", "y", "yes", "1", "right"}
FALSES = {"错", "错误", "否", "非", "假", "误", "不对", "不是", "不正确", "错的", "×", "✗", "✘", "☒", "╳", "x"}
FALSES |= {"f", "false", "n", "no", "0", "wrong"}


def truth_of(text: str) -> bool | None:
    """Return whether a text says true or false; None where it says neither."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("。.！!\ufe0f ").casefold()
    if folded in TRUES:
        return True
    return False if folded in FALSES else None


def as_true_false(parts: Sequence[Part], kind: str) -> tuple[tuple[Part, ...], str]:
    """Return a choice between true and false as such a question, right stays right; any other as it is."""
    said = {part.position: truth_of(part.text) for part in parts}
    if kind != QuestionKind.SINGLE_CHOICE or sorted(map(str, said.values())) != ["False", "True"]:
        return tuple(parts), kind
    if any(part.weight is not None for part in parts):
        return tuple(parts), kind
    ordered = sorted(parts, key=lambda part: said[part.position] is False)
    named = enumerate(zip(ordered, TRUE_FALSE, strict=True))
    return tuple(replace(part, position=place, text=text) for place, (part, text) in named), QuestionKind.TRUE_FALSE
