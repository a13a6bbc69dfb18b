"""Which column of an old register holds what."""

from collections.abc import Sequence

from accounts.rules.rosters.columns import Header, joined, plain

NAME, ID_NUMBER, NUMBER, OPERATION, CATEGORY = "name", "id_number", "number", "operation", "category"
FIRST, BEGINS, UNTIL, PERIOD = "first", "begins", "until", "period"
REVIEW_DUE, REVIEW_DONE, AUTHORITY = "review_due", "review_done", "authority"
SPELLINGS = {
    NAME: "姓名 持证人 持证人姓名 人员姓名 学员姓名 名字 name",
    ID_NUMBER: "身份证 身份证号 身份证号码 证件号 证件号码 身份证件号码 公民身份号码 居民身份证号码 证件编号 idnumber",
    NUMBER: "证号 证书号 证书号码 证书编号 操作证号 操作证号码 操作证编号 特种作业操作证号 特种作业证号 "
    "发证编号 certificatenumber",
    OPERATION: "操作项目 准操项目 作业项目 准操作项目 准操项目名称 操作项目名称 工种 operation",
    CATEGORY: "作业类别 类别 操作类别 作业种类 category",
    FIRST: "初领日期 初次领证日期 初次发证日期 首次领证日期 初领证日期 初次取证日期 首次发证日期",
    BEGINS: "发证日期 有效期起 有效期开始 有效期开始日期 有效期起始日期 有效期自 起始日期 签发日期 "
    "有效开始日期 换证日期 issuedon",
    UNTIL: "有效期至 有效期止 有效期截止 有效期截止日期 有效期结束日期 截止日期 到期日期 到期日 "
    "有效日期至 有效截止日期 失效日期 validuntil",
    PERIOD: "有效期 有效期限 有效期间 有效日期 证书有效期 有效期起止 有效期起止日期",
    REVIEW_DUE: "应复审日期 复审日期 下次复审日期 复审期限 应复审时间 复审时间 下次复审时间 复审到期日期 复审有效期",
    REVIEW_DONE: "实际复审日期 已复审日期 复审完成日期 复审通过日期 完成复审日期 实际复审时间",
    AUTHORITY: "发证机关 签发机关 发证单位 发证部门 核发机关 authority",
}
KNOWN = {spelling: column for column, spellings in SPELLINGS.items() for spelling in spellings.split()}
DATES = frozenset({FIRST, BEGINS, UNTIL, PERIOD})
DOWNWARD = (CATEGORY, OPERATION, BEGINS, UNTIL, PERIOD, AUTHORITY)  # one cell, merged, often stands for many lines


def places(titles: Sequence[str]) -> dict[str, int]:
    """Return where the known columns are; of two with one meaning the first counts."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        if column := KNOWN.get(plain(title)):
            found.setdefault(column, place)
    return found


def is_register(found: dict[str, int]) -> bool:
    """Say whether lines can be read with these columns."""
    return {NAME, OPERATION} <= found.keys() and bool(DATES & found.keys()) and bool({ID_NUMBER, NUMBER} & found.keys())


def header_of(row: Sequence[str], below: Sequence[str] = ()) -> Header | None:
    """Return the header that ``row`` is, alone or together with the row ``below``; None when it is none.

    Below 有效期 there may stand 起 and 止, or 有效期起 and 有效期止: then the upper title names no column of its own.
    """
    alone, titles = places(row), joined(row, below) if below else tuple(row)
    lower = {name: place for name, place in (places(titles) | places(below)).items() if _at(below, place)}
    both = {
        name: place for name, place in alone.items() if name != PERIOD or not {BEGINS, UNTIL} & lower.keys()
    } | lower
    if lower and is_register(both):
        return Header(both, titles, rows=2)
    return Header(alone, tuple(row)) if is_register(alone) else None


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
