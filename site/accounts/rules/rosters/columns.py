"""Which column of a roster holds what, in the many spellings that offices use."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.rules.names import visible

NAME, NUMBER, KIND, PHONE, JOB = "name", "number", "kind", "phone", "job"
SPELLINGS = {
    NAME: "姓名 名字 人员姓名 员工姓名 职工姓名 学员姓名 学生姓名 考生姓名 参训人员姓名 工人姓名 从业人员姓名 "
    "name fullname",
    NUMBER: "身份证 身份证号 身份证号码 证件号 证件号码 身份证件号 身份证件号码 公民身份号码 公民身份证号 "
    "公民身份证号码 "
    "居民身份证号 居民身份证号码 有效证件号 有效证件号码 身份号码 身份证编号 二代身份证号 证件编号 身份证明号码 "
    "idnumber idno id idcard idcardnumber documentnumber",
    KIND: "证件类型 证件类别 证件种类 证件名称 身份证件类型 身份证件种类 有效证件类型 documenttype idtype",
    PHONE: "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 本人电话 本人手机 联系手机 手机电话 联系号码 "
    "phone mobile telephone tel phonenumber mobilephone",
    JOB: "工种 岗位 职务 职位 岗位工种 工种岗位 岗位名称 工作岗位 作业岗位 从事岗位 从事工种 作业工种 职业 岗位职务 "
    "职务岗位 作业类别 作业项目 job position title jobtitle",
}
KNOWN = {spelling: column for column, spellings in SPELLINGS.items() for spelling in spellings.split()}
NEEDED = frozenset({NAME, NUMBER})
BRACKETS = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]?")
NOISE = re.compile(r"[\s*#:：、/\\_\-.。,，;；\"'“”‘’]+")


@dataclass(frozen=True)
class Header:
    """The recognised columns by their place, and how many rows the header takes."""

    places: dict[str, int]
    titles: tuple[str, ...]
    rows: int = 1


def plain(title: str) -> str:
    """Return a column's title without brackets, marks and spaces: ``* 姓 名（必填）`` is ``姓名``."""
    text = unicodedata.normalize("NFKC", visible(title)).casefold()
    return NOISE.sub("", BRACKETS.sub("", text))


def places(titles: Sequence[str]) -> dict[str, int]:
    """Return where the recognised columns are; of two with one meaning the first counts."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        column = KNOWN.get(plain(title))
        if column:
            found.setdefault(column, place)
    return found


def header_of(row: Sequence[str], below: Sequence[str] | None = None) -> Header | None:
    """Return the header that ``row`` is, alone or together with the row ``below``; None when it is no header."""
    alone = places(row)
    if alone.keys() >= NEEDED:
        return Header(alone, tuple(row))
    titles = joined(row, below) if below else ()
    both = places(titles)
    if alone.keys() & NEEDED and both.keys() >= NEEDED:
        return Header(both, titles, rows=2)
    return None


def joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return the titles of a header of two rows: a merged upper title goes on over the empty cells to its right."""
    titles, upper = [], ""
    for place in range(max(len(above), len(below))):
        own = above[place] if place < len(above) else ""
        lower = below[place] if place < len(below) else ""
        upper = own or (upper if lower else "")
        titles.append(upper + lower)
    return tuple(titles)
