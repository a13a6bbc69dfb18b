"""The row of titles: which column holds what, in the many spellings that tables have."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from exams.rules.responses import LETTERS

STEM, KIND, ANSWER, OPTIONS, EXPLANATION = "stem", "kind", "answer", "options", "explanation"
DIFFICULTY, FACILITY, POINT, MARKS, SOURCE = "difficulty", "facility", "point", "marks", "source"
PICTURE, CODE, NUMBER, TITLE, MORE = "picture", "code", "number", "title", "more"
CASE, CASE_STEM, CASE_PLACE = "case", "case_stem", "case_position"

SPELLINGS = {
    STEM: "题干 题目 试题 试题内容 题目内容 试题题干 题干内容 试题题目 问题 问题内容 考题 题面 题目描述 stem question",
    KIND: "题型 类型 试题类型 题目类型 题类 试题题型 考题类型 题型名称 type kind",
    ANSWER: "答案 正确答案 标准答案 参考答案 试题答案 正确选项 答案选项 题目答案 正确项 answer key",
    OPTIONS: "选项 备选项 备选答案 候选项 候选答案 选项内容 试题选项 选择项 可选项 题目选项 options choices",
    EXPLANATION: "解析 答案解析 试题解析 题目解析 试题分析 答案分析 解释 答案说明 详解 explanation analysis",
    DIFFICULTY: "难度 难易度 难易程度 试题难度 难度等级 题目难度 难度级别 difficulty level",
    FACILITY: "难度系数 facility",
    POINT: "知识点 章节 所属章节 知识点编码 知识点名称 考点 所属知识点 章 章节名称 知识模块 point chapter topic",
    MARKS: "分值 分数 本题分值 试题分数 题目分值 marks score",
    SOURCE: "依据 来源 出处 法规依据 试题来源 题目来源 标准依据 法律依据 参考依据 命题依据 source reference",
    PICTURE: "图片 附图 题图 图 插图 试题图片 题目图片 image picture",
    CODE: "编码 试题编码 题目编码 代码 试题编号 题目编号 试题id 题目id 题库编号 code",
    NUMBER: "序号 编号 题号 no 号 id number",
    TITLE: "标题 试题名称 题目名称 title name",
    CASE: "案例编码 案例代码 case",
    CASE_STEM: "案例题干 案例内容 背景材料 材料 共用题干 case_stem",
    CASE_PLACE: "案例中的序号 case_position",
    MORE: "附加数据 more",
}
FIELD_OF = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings.split()}
CALLED = "选项|备选项|备选答案|候选项|候选答案|答案选项|选择项|可选项|试题选项|答案|option|choice|answer"
LETTER = re.compile(rf"^(?:{CALLED})?[(\[_-]?([a-l])[)\]]?(?:选项|项|答案)?$")
NUMBERED = re.compile(rf"^(?:{CALLED})[(\[_-]?([1-9]|1[0-2]|[一二三四五六七八九十])[)\]]?$")
CHINESE = "一二三四五六七八九十"
ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
NOISE = re.compile(r"[\s*:'\"“”]+")


@dataclass(frozen=True)
class Header:
    """Where a table's columns are; ``rows`` is how many rows the titles take, ``others`` the titles not known."""

    places: dict[str, int]
    options: dict[int, int]  # letter's number → column
    others: dict[int, str] = field(default_factory=dict)
    rows: int = 1
    titles: tuple[str, ...] = ()


def header_of(row: Sequence[str], below: Sequence[str] = ()) -> Header | None:
    """Return the header that a row of titles is, perhaps with the row below, where the options stand under one cell."""
    header = _header(row)
    if header and OPTIONS in header.places and not header.options:
        lower = {letter: column for column, text in enumerate(below) if (letter := letter_of(text)) is not None}
        known = [text for text in below if text.strip()]
        if len(lower) > 1 and len(lower) == len(known):
            places = {name: column for name, column in header.places.items() if name != OPTIONS}
            return Header(places, lower, header.others, 2, header.titles)
    return header


def _header(row: Sequence[str]) -> Header | None:
    places: dict[str, int] = {}
    options: dict[int, int] = {}
    others: dict[int, str] = {}
    for column, text in enumerate(row):
        name = field_of(text)
        letter = letter_of(text)
        if letter is not None and name != ANSWER:
            options.setdefault(letter, column)
        elif name and name not in places:
            places[name] = column
        elif text.strip():
            others[column] = text.strip()
    if STEM not in places or ANSWER not in places:
        return None
    return Header(places, options, others, titles=tuple(row))


def folded(text: str) -> str:
    """Return a title as titles are compared."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def field_of(text: str) -> str | None:
    """Return what a column of this title holds."""
    plain = folded(text)
    return FIELD_OF.get(plain) or FIELD_OF.get(ASIDE.sub("", plain))


def letter_of(text: str) -> int | None:
    """Return the number of the option that a column of this title holds, A as 0."""
    plain = folded(text)
    if found := LETTER.match(plain):
        return LETTERS.index(found[1].upper())
    if found := NUMBERED.match(plain):
        return CHINESE.index(found[1]) if found[1] in CHINESE else int(found[1]) - 1
    return None
