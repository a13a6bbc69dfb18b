"""GIFT: the whole grammar of Moodle, and what is no question."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exams.enums import QuestionKind
from exams.exchange import gift
from exams.rules.items import TRUE_FALSE, Draft
from exams.rules.scoring import Part

from .files import codes, good, reads, sample, verdicts

BASIC, NASTY = "basic.gift.txt", "nasty.gift.txt"


def one(text: str):
    """Return the only item of a text."""
    (item,) = [item for item in gift.read(text.encode()) if item.verdict != "skipped"]
    return item


def test_a_file_of_moodles_manual_is_read_line_by_line():
    assert verdicts(reads(sample(BASIC))) == [
        (1, "skipped", "comment"),
        (5, "read"),
        (13, "read"),
        (22, "read"),
        (24, "read"),
        (26, "doubtful", "partly_right"),
        (28, "read"),
        (30, "read"),
        (36, "read"),
        (43, "read"),
        (45, "read"),
        (52, "unreadable", "essay"),
        (54, "unreadable", "description"),
    ]


def test_a_choice_has_title_feedback_explanation_and_point():
    draft = good(reads(sample(BASIC)))[0]
    assert (draft.kind, draft.title, draft.point) == (QuestionKind.SINGLE_CHOICE, "停电步骤", "K11")
    assert draft.stem == "停电检修时，停电之后首先应当"
    assert draft.explanation == "先停电，再验电。"
    assert [(part.text, part.is_right, part.feedback) for part in draft.parts] == [
        ("挂标示牌", False, "还没有验电。"),
        ("验电", True, "对，先确认无电。"),
        ("接地", False, "还没有验电。"),
    ]


def test_weights_of_the_usual_kind_need_none_and_id_and_tags_are_read():
    draft = good(reads(sample(BASIC)))[1]
    assert draft.kind == QuestionKind.MULTIPLE_CHOICE
    assert [part.is_right for part in draft.parts] == [True, True, False, True]
    assert [part.weight for part in draft.parts] == [None] * 4
    assert (draft.code, draft.extras["tags"]) == ("lv-0002", ["安全用具"])
    assert draft.stem == "下列属于安全用具的有"
    assert draft.extras["html"]["stem"] == "<p>下列属于<b>安全用具</b>的有</p>"


def test_other_weights_are_kept():
    draft = one("多选 {~%50%甲 ~%50%乙 ~丙 ~%-25%丁}").draft
    assert [(part.weight, part.is_right) for part in draft.parts] == [
        (Decimal(50), True),
        (Decimal(50), True),
        (Decimal(0), False),
        (Decimal(-25), False),
    ]


def test_true_and_false_have_the_word_for_the_wrong_answer_first():
    draft = one("题 {FALSE#答错了#答对了####因为}").draft
    assert draft.parts == (
        Part(0, TRUE_FALSE[0], False, feedback="答错了"),
        Part(1, TRUE_FALSE[1], True, feedback="答对了"),
    )
    assert draft.explanation == "因为"


@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        ("#5:0.5", [("5", "0.5", None)]),
        ("#1..5", [("3", "2", None)]),
        ("#3.14", [("3.14", "0", None)]),
        ("#=10:1 =%50%12:2", [("10", "1", None), ("12", "2", "50")]),
        ("#-1.5..-0.5", [("-1", "0.5", None)]),
    ],
)
def test_numbers_have_their_tolerance(answers, parts):
    draft = one(f"几？{{{answers}}}").draft
    assert draft.kind == QuestionKind.FILL_IN
    assert [(part.text, part.tolerance, part.weight) for part in draft.parts] == [
        (text, Decimal(tolerance), weight and Decimal(weight)) for text, tolerance, weight in parts
    ]
    assert {part.blank for part in draft.parts} == {0}


@pytest.mark.parametrize("answers", ["#", "#五", "#5:x", "#5:-1", "#3..1"])
def test_what_is_no_number_is_kept_unread(answers):
    item = one(f"几？{{{answers}}}")
    assert (item.verdict, codes(item), item.draft) == ("unreadable", ["no_number"], None)
    assert item.raw == f"几？{{{answers}}}"


def test_missing_words_become_a_gap():
    draft = one("雷雨天{=不应 ~可以 ~必须}靠近避雷针。").draft
    assert draft.stem == "雷雨天_____靠近避雷针。"
    assert [part.text for part in draft.parts if part.is_right] == ["不应"]


def test_several_blanks_stand_in_one_answer():
    draft = one("工频____Hz，上限____V。{=50；36 =五十；36}").draft
    assert [(part.text, part.blank) for part in draft.parts] == [("50", 0), ("五十", 0), ("36", 1)]


def test_escapes_newlines_and_signs():
    draft = good(reads(sample(NASTY)))[0]
    assert draft.title == "a::b {1}"
    assert draft.stem == "集合 {x \\| x=1} 与 C:\\temp\\new 中 # 和 ~ 的含义\n第二行是？"
    assert [part.text for part in draft.parts] == [
        "等号 = 与 ~ 都是",
        "第一行\n第二行",
        "<b>不是粗体</b>",
        "斜体 & 正常",
    ]
    assert draft.parts[0].feedback == "反馈里有 # 号和 } 号"
    assert (draft.point, draft.extras["category"]) == ("一级/二级", "$course$/top/电工//电气/一级//二级")


def test_a_missing_brace_costs_one_question_alone():
    items = {item.first: item for item in reads(sample(NASTY))}
    assert (items[21].verdict, codes(items[21])) == ("unreadable", ["braces"])
    assert items[21].raw == "缺右括号的题 {=a ~b ~c"
    assert items[23].draft.title == "下一题"


def test_blank_lines_inside_of_braces_end_nothing():
    item = next(item for item in reads(sample(NASTY)) if item.first == 10)
    assert (item.last, item.verdict, item.draft.kind) == (17, "read", QuestionKind.TRUE_FALSE)


def test_doubts_are_said():
    said = {item.draft.stem: codes(item) for item in reads(sample(NASTY)) if item.draft and item.why}
    assert said == {"多个正确": ["several_right"], "通配": ["wildcard"]}


def test_pictures_written_into_the_text_are_media():
    draft = next(draft for draft in good(reads(sample(NASTY))) if draft.title == "图")
    assert (draft.stem, len(draft.media)) == ("看图。", 1)
    assert (draft.media[0].content_type, draft.media[0].alt) == ("image/png", "红")
    assert draft.media[0].content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", [BASIC, NASTY])
def test_what_is_read_and_written_says_the_same(name):
    items = reads(sample(name))
    written = gift.write(good(items))
    assert good(reads(written)) == good(items)
    assert b"[draft:" not in written  # GIFT itself says all of it


def test_the_text_of_the_file_itself_is_given_back():
    written = gift.write(good(reads(sample(BASIC)))).decode()
    assert "$CATEGORY: $course$/top/低压电工/K11\n" in written
    assert "// [id:lv-0002] [tag:安全用具]\n" in written
    assert "[html]<p>下列属于<b>安全用具</b>的有</p>{" in written
    assert "\t~%-100%毛巾\n" in written.replace("[plain]", "").replace("[html]", "")
    assert "::持证上岗::[plain]特种作业人员必须持证上岗。{TRUE#错了：《安全生产法》第三十条。#对。}" in written.replace(
        "\\:", ":"
    )
    assert "\t= -> 提示\n" in written
    assert "{>4 ALL VERTICAL ALL_OR_NOTHING\n" in written
    assert "\t=%50%30:1#直流。\n\t~#都不对。\n" in written


NICE = Draft(
    kind=QuestionKind.SINGLE_CHOICE,
    stem="停电后先做什么？\n选一项。",
    parts=(Part(0, "断电", feedback="已经断了"), Part(1, "验电", True), Part(2, "{挂牌}=~#")),
    explanation="先验电：确认无电。",
    code="lv-k41-1",
    title="步骤::一",
    point="K41",
)


def test_what_gift_can_say_needs_no_line_of_ours():
    assert b"[draft:" not in gift.write([NICE, replace(NICE, kind=QuestionKind.MULTIPLE_CHOICE)])


def test_an_edit_in_the_file_counts_and_the_rest_comes_back():
    draft = replace(NICE, source="GB 26860-2011", difficulty=5, title=" 标题 ")
    written = gift.write([draft]).decode().replace("断电", "拉闸")
    (again,) = good(reads(written.encode()))
    assert again.parts[0].text == "拉闸"
    assert (again.source, again.difficulty) == ("GB 26860-2011", 5)
    assert again.title == "标题"  # said by the file itself, without the space around


@pytest.mark.parametrize(
    "line", ["{", '{"v":1}', '{"v":1,"of":"","set":{"stem":5}}', '{"v":1,"of":"x","set":[]}', "[[["]
)
def test_a_line_that_nobody_understands_counts_for_nothing(line):
    item = one(f"// [draft:{line}]\n题 {{=甲 ~乙 ~丙}}")
    assert (item.draft.stem, item.verdict) == ("题", "read")
