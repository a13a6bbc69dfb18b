"""Tables of questions as training institutions make them."""

import pytest

from exams.enums import QuestionKind
from exams.exchange.tables.levels import level_of
from exams.exchange.tables.options import split
from exams.rules.items import TRUE_FALSE, Draft
from exams.rules.scoring import Part

from .files import codes, good, reads, sample, verdicts
from .workbooks import TITLES, xlsx


def row(titles, values) -> Draft:
    """Return the draft that one row makes."""
    (draft,) = good(reads(xlsx(("题库", [titles, values]))))
    return draft


def doubts(titles, values) -> list[str]:
    """Return why one row is doubtful or unreadable."""
    (item,) = reads(xlsx(("题库", [titles, values])))
    return codes(item)


def right(draft: Draft) -> list[str]:
    """Return what is right."""
    return [part.text for part in draft.parts if part.is_right]


def test_a_table_of_an_institution_is_read_row_by_row():
    assert verdicts(reads(sample("institution.csv"))) == [
        (4, "read"),
        (5, "read"),
        (6, "read"),
        (7, "read"),
        (8, "read"),
        (9, "read"),
        (10, "unreadable", "not_held"),
        (11, "unreadable", "key_unclear"),
        (12, "doubtful", "one_right"),
    ]
    drafts = good(reads(sample("institution.csv")))
    assert [draft.stem for draft in drafts[:3]] == [
        "停电之后首先应当（ ）。",
        "下列属于安全用具的有（  ）",
        "特种作业人员必须持证上岗。",
    ]
    assert right(drafts[1]) == ["绝缘手套", "验电器", "绝缘靴"]
    assert drafts[2].parts == (Part(0, TRUE_FALSE[0], True), Part(1, TRUE_FALSE[1]))
    assert [(draft.point, draft.difficulty) for draft in drafts] == [
        ("K11", 1),
        ("K11", 4),
        ("K12", 3),
        ("K12", 3),
        ("K11", 5),
        ("K11", 5),
        ("K11", 4),
    ]
    assert drafts[4].stem == "我国工频为____Hz，安全电压上限为____V。"
    assert [(part.text, part.blank) for part in drafts[4].parts] == [("50", 0), ("五十", 0), ("36", 1)]
    assert drafts[5].stem == '题干里有"引号"\n和换行的题'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_every_encoding_and_delimiter_of_offices_is_read(encoding, mark):
    lines = [TITLES, ("单选", "题", "甲", "乙", "丙", "丁", "B"), ("多选", "题二", "甲", "乙", "丙", "丁", "AC")]
    data = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    assert [right(draft) for draft in good(reads(data))] == [["乙"], ["甲", "丙"]]


@pytest.mark.parametrize("stem", ["题干", "题 目", "试题内容", "问题", "*试题", "题干（必填）"])
@pytest.mark.parametrize("answer", ["答案", "正确答案", "标准答案：", "参考答案"])
def test_titles_are_known_in_many_spellings(stem, answer):
    assert row((stem, "选项一", "选项二", "选项三", answer), ("问？", "甲", "乙", "丙", "C")).parts[2].is_right


@pytest.mark.parametrize(
    "titles",
    [
        ("选项A", "选项B", "选项C"),
        ("A", "B", "C"),
        ("Ａ", "Ｂ", "Ｃ"),
        ("A选项", "B选项", "C选项"),
        ("选项（A）", "选项（B）", "选项（C）"),
        ("备选答案1", "备选答案2", "备选答案3"),
        ("option a", "option b", "option c"),
    ],
)
def test_options_stand_in_columns_of_their_own(titles):
    draft = row(("题干", *titles, "答案"), ("问？", "A.甲", "B、乙", "丙", "b"))
    assert [part.text for part in draft.parts] == ["甲", "乙", "丙"]
    assert right(draft) == ["乙"]


@pytest.mark.parametrize(
    "cell",
    [
        "A.甲\nB.乙\nC.丙",
        "A、甲 B、乙 C、丙",
        "A．甲；B．乙；C．丙",
        "A）甲 B）乙 C）丙",
        "(A)甲 (B)乙 (C)丙",
        "（A）甲|（B）乙|（C）丙",
        "A.甲**B.乙**C.丙",
        "甲**乙**丙",
        "甲|乙|丙",
        "甲\n乙\n丙\n",
        "甲；乙；丙；",
        "A 甲\nB 乙\nC 丙",
    ],
)
def test_options_in_one_cell_are_told_apart(cell):
    assert split(cell) == (["甲", "乙", "丙"], True)
    assert right(row(("题干", "选项", "答案"), ("问？", cell, "B"))) == ["乙"]


def test_options_parted_by_a_sign_that_may_belong_to_them_are_doubted():
    assert split("甲/乙/丙") == (["甲", "乙", "丙"], False)
    assert doubts(("题干", "选项", "答案"), ("问？", "甲/乙/丙", "B")) == ["options_unclear"]


def test_options_at_the_end_of_the_stem_are_found():
    draft = row(("题干", "答案"), ("停电后先（ ）。\nA、挂牌 B、验电 C、接地", "B"))
    assert (draft.stem, right(draft)) == ("停电后先（ ）。", ["验电"])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("ABD", ["甲", "乙", "丁"]),
        ("A,B,D", ["甲", "乙", "丁"]),
        ("A、B、D", ["甲", "乙", "丁"]),
        ("d b a", ["甲", "乙", "丁"]),
        ("ＡＢ", ["甲", "乙"]),
        ("甲；丁", ["甲", "丁"]),
        ("1,4", ["甲", "丁"]),
        ("B.乙", ["乙"]),
        ("丙", ["丙"]),
    ],
)
def test_answers_are_letters_texts_or_numbers(answer, expected):
    draft = row(("题干", "A", "B", "C", "D", "答案"), ("问？", "甲", "乙", "丙", "丁", answer))
    assert right(draft) == expected
    assert draft.kind == (QuestionKind.MULTIPLE_CHOICE if len(expected) > 1 else QuestionKind.SINGLE_CHOICE)


@pytest.mark.parametrize("answer", ["对", "√", "✓", "正确", "是", "T", "true", True, 1, "对。"])
def test_true_in_every_spelling(answer):
    assert row(("题型", "题干", "答案"), ("判断题", "句子。", answer)).parts[0].is_right


@pytest.mark.parametrize("answer", ["错", "×", "✗", "错误", "否", "非", "F", "FALSE", False, 0, "x"])
def test_false_in_every_spelling(answer):
    assert row(("题型", "题干", "答案"), ("判断题", "句子。", answer)).parts[1].is_right


def test_true_and_false_as_a_choice_of_two_or_a_bare_letter():
    choice = row(("题干", "A", "B", "答案"), ("句子。", "错误", "正确", "B"))
    assert (choice.kind, choice.parts[0].is_right) == (QuestionKind.TRUE_FALSE, True)
    assert doubts(("题型", "题干", "答案"), ("判断", "句子。", "B")) == ["letter_for_truth"]


@pytest.mark.parametrize(
    ("stem", "answer", "expected", "said"),
    [
        ("有____和____。", "10|十；5", [("10", 0), ("十", 0), ("5", 1)], []),
        ("有（ ）和（　）。", "10、5", [("10", 0), ("5", 1)], ["blanks_unclear"]),
        ("有【 】。", "10", [("10", 0)], []),
        ("有____。", "10；十", [("10", 0), ("十", 0)], ["blanks_unclear"]),
        ("有____和____。", "10", [("10", 0)], []),
    ],
)
def test_blanks_have_their_words(stem, answer, expected, said):
    (item,) = reads(xlsx(("题库", [("题型", "题干", "答案"), ("填空题", stem, answer)])))
    assert [(part.text, part.blank) for part in item.draft.parts] == expected
    assert codes(item) == said
    assert item.verdict == ("unreadable" if len({b for _, b in expected}) < stem.count("____") else item.verdict)


def test_steps_and_pairs():
    titles = ("题型", "题干", "A", "B", "C", "答案")
    assert [part.text for part in row(titles, ("排序题", "排列", "验电", "停电", "接地", "BAC")).parts] == [
        "停电",
        "验电",
        "接地",
    ]
    pairs = row(titles, ("匹配题", "对应", "红 → 禁止", "黄->警告", "→ 指令", ""))
    assert [(part.text, part.match) for part in pairs.parts] == [("红", "禁止"), ("黄", "警告"), ("", "指令")]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *[("易", 1), ("较易", 2), ("中等", 3), ("较难", 4), ("难", 5), ("2", 2), ("0.3", 4), ("0.95", 1), ("30%", 4)],
        *[("★★★", 3), ("三级", 3), ("4级", 4), ("", None), ("6", None), ("不明", None)],
    ],
)
def test_difficulty_in_words_levels_and_shares(text, level):
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("单选", "题", "甲", "乙", "丙", "", ""), "no_answer"),
        (("单选", "", "甲", "乙", "丙", "", "A"), "no_stem"),
        (("单选", "题", "", "", "", "", "A"), "no_options"),
        (("单选", "题", "甲", "乙", "丙", "", "AB"), "several_right"),
        (("", "今天几号？", "", "", "", "", "三号"), "kind_guessed"),
        (("论述题", "谈谈", "", "", "", "", "略"), "not_held"),
    ],
)
def test_what_is_amiss_is_said(values, said):
    assert said in doubts(TITLES, values)


def test_a_row_that_cannot_be_read_is_kept_as_it_was():
    (item,) = reads(xlsx(("题库", [TITLES, ("单选", "题", "甲", "乙", "丙", "", "Z")])))
    assert (item.draft, item.raw) == (None, "单选\t题\t甲\t乙\t丙\t\tZ")


def test_bare_numbers_are_no_codes_and_marks_are_kept():
    titles = ("编码", "题干", "A", "B", "C", "答案", "分值")
    assert row(titles, ("17", "题", "甲", "乙", "丙", "A", 2)).code == ""
    draft = row(titles, ("lv-k11-1", "题", "甲", "乙", "丙", "A", 2))
    assert (draft.code, draft.extras) == ("lv-k11-1", {"marks": "2"})
