"""How tables call the kinds of questions."""

import re

from exams.enums import QuestionKind

CHOICE, OPEN = "choice", "open"  # a choice of one or several; a question with a free answer
WORDS = (
    (OPEN, r"简答|问答|论述|名词解释|计算|主观|作文|essay"),
    (QuestionKind.TRUE_FALSE, r"判断|是非|对错|正误|true|judge"),
    (QuestionKind.MULTIPLE_CHOICE, r"多选|多项|不定项|复选|multiple|multi|checkbox"),
    (QuestionKind.SINGLE_CHOICE, r"单选|单项|single|radio"),
    (QuestionKind.FILL_IN, r"填空|fill|blank"),
    (QuestionKind.ORDERING, r"排序|order|sort"),
    (QuestionKind.MATCHING, r"匹配|连线|配对|配伍|match"),
    (CHOICE, r"选择|choice"),
    (OPEN, r"案例|分析|综合"),
)
NUMBERING = r"(?:第?[一二三四五六七八九十\d]+[、.．:：)）\s部分大题]*)?"
SECTION = re.compile(rf"^{NUMBERING}\s*([^，。？?]*?题)(?:型)?\s*(?:[(（:：，,].*)?$", re.DOTALL)


def kind_of(text: str) -> str | None:
    """Return the kind that a text names."""
    folded = text.strip().casefold()
    return next((kind for kind, words in WORDS if folded and re.search(words, folded)), None)


def section_of(texts: list[str]) -> str | None:
    """Return the kind that a row names which is a heading of the questions below, such as 一、单项选择题（共20题）."""
    shown = list(dict.fromkeys(text for text in texts if text))
    if len(shown) != 1 or len(shown[0]) > 80:
        return None
    found = SECTION.match(shown[0])
    return kind_of(found[1]) if found else None
