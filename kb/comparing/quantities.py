"""Numbers with their units, and the words around them that say what they measure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb import text
from kb.rules import plain

# Unit as written → what it measures, and how many of the base unit one is.
UNITS = {
    "毫米": ("length", 0.001), "mm": ("length", 0.001), "厘米": ("length", 0.01), "公分": ("length", 0.01),
    "cm": ("length", 0.01), "米": ("length", 1), "m": ("length", 1), "公里": ("length", 1000), "千米": ("length", 1000),
    "秒": ("time", 1), "秒钟": ("time", 1), "分钟": ("time", 60), "小时": ("time", 3600), "个小时": ("time", 3600),
    "天": ("days", 1), "日": ("days", 1), "个工作日": ("workdays", 1), "周": ("days", 7), "个月": ("months", 1),
    "年": ("months", 12), "周岁": ("age", 1), "岁": ("age", 1),
    "伏": ("voltage", 1), "v": ("voltage", 1), "千伏": ("voltage", 1000), "kv": ("voltage", 1000),
    "毫安": ("current", 0.001), "ma": ("current", 0.001), "安": ("current", 1), "欧": ("resistance", 1),
    "摄氏度": ("heat", 1), "℃": ("heat", 1), "°c": ("heat", 1), "度": ("heat", 1),
    "公斤": ("mass", 1), "千克": ("mass", 1), "kg": ("mass", 1), "克": ("mass", 0.001), "吨": ("mass", 1000),
    "毫升": ("volume", 0.001), "升": ("volume", 1), "立方米": ("room", 1), "平方米": ("area", 1),
    "兆帕": ("pressure", 1e6), "mpa": ("pressure", 1e6), "千帕": ("pressure", 1e3), "kpa": ("pressure", 1e3),
    "元": ("money", 1), "万元": ("money", 10_000), "次": ("times", 1), "级": ("grade", 1), "%": ("share", 1),
    "ppm": ("parts", 1), "学时": ("lessons", 1), "分": ("points", 1), "层": ("storeys", 1),
    "下": ("times", 1), "倍": ("fold", 1), "人": ("people", 1), "名": ("people", 1),
}  # fmt: skip
DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2, "半": 0.5}
NUMBER = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九半])"
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?<![\d.年第几数百千万到至/a-z-])({NUMBER})\s*({UNIT})?\s*(?:(?:到|至|~|—|–|-|、|或)\s*({NUMBER})\s*)?({UNIT})(?![a-z\d])"
)
DATE = re.compile(r"\d{2,4}年(?:\d+月)?(?:\d+日)?|\d+月\d+日|第?[一二]次(?!性)|一[层级下分度人名]|(?<=[有了])一天")
CLAUSE = re.compile(r"[。；;！!？?\n]")
PART = re.compile(r"[，,、：:（）()]")
AT_LEAST = re.compile(r"不少于|不小于|不低于|至少|以上|以外|超过(?!.*不)|大于|高于|不早于|满")
AT_MOST = re.compile(r"不超过|不大于|不高于|不得超过|以内|以下|至多|最多|之内|小于|低于|不到|不晚于|内")
# Words that stand beside numbers everywhere and say nothing of what is measured.
EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        不少 不小 不低 不大 不高 不到 不早于 不晚于
        不少于 不小于 不低于 至少 以上 以下 以内 超过 不超过 大于 小于 高于 低于 左右 大约 每次 每个 之间 之内 以外 时间
        需要 必须 应当 不要 不得 没有 如果 马上 立即 一般 通常 最多 最少 一次 每天 其他 它们
        """,
    )
)


@dataclass(frozen=True)
class Quantity:
    """One number in an article: ``low`` to ``high`` of ``measure`` in base units, and the words that say of what.

    ``near`` are the words of its own clause, ``far`` those of its sentence; ``said`` is the sentence.
    """

    low: float
    high: float
    measure: str
    bound: str
    near: frozenset[str]
    far: frozenset[str]
    said: str
    shown: str

    def agrees(self, other: "Quantity") -> bool:
        """Say whether both can be true at once as they are written."""
        if (self.low, self.high) == (other.low, other.high) or {self.bound, other.bound} == {"least", "most"}:
            return True
        ranged = self.low != self.high or other.low != other.high
        return ranged and self.low <= other.high and other.low <= self.high


def quantities(passage: str) -> list[Quantity]:
    """Return the numbers of a passage (Markdown), but no dates and no "once"."""
    return [number for sentence in CLAUSE.split(passage) for number in _in_sentence(plain(sentence))]


def _in_sentence(said: str) -> list[Quantity]:
    sentence = DATE.sub(" ", text.normalise(said))
    found: list[Quantity] = []
    far = words(QUANTITY.sub(" ", sentence))
    for match, first, unit_between, second, unit in _matches(sentence):
        measure, factor = UNITS[unit]
        clause = _clause(sentence, match.start(), match.end())
        values = [_value(first) * (UNITS[unit_between][1] if unit_between and second else factor)]
        values.append(_value(second) * factor if second else values[0])
        found.append(
            Quantity(
                low=min(values),
                high=max(values),
                measure=measure,
                bound=_bound(clause),
                near=words(QUANTITY.sub(" ", clause)),
                far=far,
                said=said,
                shown=match[0] if second or not unit_between else f"{first}{unit_between}",
            )
        )
    return found


def _matches(sentence: str) -> Iterator[tuple]:
    """Yield each number; two that stand side by side in units of different things ("30毫安、0.1秒") are two numbers."""
    place = 0
    while match := QUANTITY.search(sentence, place):
        first, between, second, unit = match.groups()
        place = match.end()
        if between and second and UNITS[between][0] != UNITS[unit][0]:
            place, second, unit = match.end(2), None, between
        yield match, first, between, second, unit


def _clause(sentence: str, start: int, end: int) -> str:
    """Return the part between commas that the number stands in."""
    left = max((mark.end() for mark in PART.finditer(sentence, 0, start)), default=0)
    right = next((mark.start() for mark in PART.finditer(sentence, end)), len(sentence))
    return sentence[left:right]


def _bound(clause: str) -> str:
    if AT_MOST.search(clause):
        return "most"
    return "least" if AT_LEAST.search(clause) else ""


def _value(number: str) -> float:
    if "十" in number:
        tens, _, ones = number.partition("十")
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS[number] if number in DIGITS else float(number)


@cache
def words(sentence: str) -> frozenset[str]:
    """Return the words of a text that say what it is about."""
    cut = text.dictionary().cut(text.normalise(sentence), HMM=False)
    return frozenset(word for word in cut if len(word) > 1 and word not in EMPTY and word not in text.ASKING)
