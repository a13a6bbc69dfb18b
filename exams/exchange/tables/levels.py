"""Difficulty as tables say it: in words, from 1 to 5, or as the share of people who get it right."""

import unicodedata

from exams.exchange.weights import number

WORDS = {
    1: "易 容易 简单 很易 很容易 低 easy 一级 入门 最易",
    2: "较易 较容易 较简单 较低 偏易 二级",
    3: "中 中等 一般 适中 普通 medium normal 三级 中等难度",
    4: "较难 较高 偏难 四级",
    5: "难 困难 很难 高 hard difficult 五级 最难",
}
LEVELS = {word: level for level, words in WORDS.items() for word in words.split()}
SHARES = ((0.8, 1), (0.6, 2), (0.4, 3), (0.2, 4))  # who gets it right: many, it is easy
STARS = "★☆⭐*"


def level_of(text: str, *, is_facility: bool = False) -> int | None:
    """Return the difficulty from 1 to 5; None where the text says none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = plain.removesuffix("级") if plain[:1].isdigit() else plain
    if plain in LEVELS:
        return LEVELS[plain]
    if plain and not plain.strip("★⭐*☆"):
        return min(5, max(1, sum(sign != "☆" for sign in plain)))
    value = number(plain.removesuffix("%"))
    if value is None:
        return None
    share = float(value) / 100 if plain.endswith("%") else float(value)
    if is_facility or plain.endswith("%") or (0 <= share < 1):
        return next((level for least, level in SHARES if share >= least), 5) if 0 <= share <= 1 else None
    return int(value) if value in range(1, 6) else None
