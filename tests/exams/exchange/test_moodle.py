"""Moodle XML: every type, what comes back on export, and files that break."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from exams.enums import QuestionKind
from exams.exchange import Malformed, moodle
from exams.exchange.xml import Node, tree
from exams.rules.items import Draft
from exams.rules.scoring import Part

from .files import codes, good, reads, sample, verdicts

NUMBER = re.compile(r"-?\d+(\.\d+)?")
TYPES, NASTY, BROKEN = "moodle_types.xml", "moodle_nasty.xml", "moodle_broken.xml"


def by_title(name: str) -> dict[str, Draft]:
    """Return the drafts of a file by their titles."""
    return {draft.title: draft for draft in good(reads(sample(name)))}


def test_every_type_is_read_or_said_why_not():
    assert verdicts(reads(sample(TYPES))) == [
        (8, "read"),
        (29, "read"),
        (39, "read"),
        (47, "doubtful", "partly_right"),
        (56, "read"),
        (63, "read"),
        (72, "read"),
        (81, "read"),
        (86, "unreadable", "cloze_not_simple"),
        (90, "unreadable", "essay"),
        (91, "unreadable", "description"),
        (92, "unreadable", "kind_not_held"),
    ]


def test_a_choice_keeps_all_that_moodle_says():
    draft = by_title(TYPES)["停电步骤"]
    assert (draft.kind, draft.code, draft.point) == (QuestionKind.SINGLE_CHOICE, "lv-0001", "K11")
    assert [(part.text, part.is_right, part.weight) for part in draft.parts] == [
        ("挂标示牌", False, None),
        ("验电", True, None),
        ("接地", False, None),
    ]
    assert draft.extras["tags"] == ["用电安全", "检修"]
    assert draft.extras["moodle"]["values"] == {
        "defaultgrade": "2.0000000",
        "shuffleanswers": "false",
        "answernumbering": "abc",
        "showstandardinstruction": "0",
    }
    assert '<correctfeedback format="html"><text>回答正确</text></correctfeedback>' in draft.extras["moodle"]["more"]


def test_fractions_numbers_pairs_steps_and_blanks():
    drafts = by_title(TYPES)
    assert [part.weight for part in drafts["安全用具"].parts] == [Decimal(50), Decimal(50), Decimal(-50)]
    assert drafts["持证"].parts[0].is_right
    assert drafts["安全电压"].stem == "安全电压的上限是____V。"
    assert drafts["安全电压"].extras["wrong"] == [["*", "0", "不对", None]]
    assert drafts["频率"].parts == (Part(0, "50", blank=0, tolerance=Decimal("0.5"), feedback="对"),)
    assert [(part.text, part.match) for part in drafts["安全色"].parts] == [
        ("红色", "禁止"),
        ("黄色", "警告"),
        ("", "提示"),
    ]
    assert [part.text for part in drafts["步骤"].parts] == ["停电", "验电", "挂接地线"]
    assert [(part.text, part.blank, part.tolerance) for part in drafts["两个空"].parts] == [
        ("36", 0, None),
        ("三十六", 0, None),
        ("24", 1, Decimal("0.5")),
    ]


def test_html_becomes_text_and_pictures_become_media():
    draft = by_title(NASTY)["图"]
    assert draft.stem == "看图，H₂O 与 10 m²，x^{y}："
    assert [(one.name, one.content_type, one.alt) for one in draft.media] == [("图 1.png", "image/png", "红 & 白")]
    assert draft.explanation == "一\n二 <b>"
    assert [part.text for part in draft.parts] == ["a < b && c]]> d", "<p>甲</p>", "1 | 2"]


def test_pictures_in_options_and_missing_ones_are_said():
    items = reads(sample(NASTY))
    assert [(item.draft.title, item.verdict.value, codes(item)) for item in items] == [
        ("图", "doubtful", ["markup_lost"]),
        ("选项里有图", "unreadable", ["picture_outside_stem"]),
        ("图不在", "doubtful", ["markup_lost", "picture_missing"]),
    ]


def test_scripts_are_never_given_on():
    draft = by_title(NASTY)["图不在"]
    assert b"alert(1)" not in moodle.write([draft])


def test_a_broken_question_is_kept_and_reading_goes_on():
    items = reads(sample(BROKEN))
    assert [(item.first, item.last, item.verdict.value) for item in items] == [
        (3, 4, "read"),
        (5, 7, "unreadable"),
        (8, 9, "read"),
        (10, 10, "unreadable"),
    ]
    assert items[1].why[0].params == {"line": 6}
    assert "a < b 没有转义" in items[1].raw


def leaves(node: Node, path: str = "") -> list[tuple[str, str]]:
    """Return each text of an element with the way to it; numbers as numbers, formats and order aside."""
    fraction = node.attrs.get("fraction")
    share = f"[{float(fraction):.5f}]" if fraction and node.tag == "answer" else ""
    here = f"{path}/{node.tag}{share}"
    text = "".join(node.own_text().split())
    text = f"{float(text):.5f}" if NUMBER.fullmatch(text) else text
    found = [(here, text)] if text else []
    for child in (item for item in node.items if isinstance(item, Node)):
        found += leaves(child, here)
    return found


@pytest.mark.parametrize("name", [TYPES, NASTY])
def test_all_that_a_file_says_is_in_what_is_written_of_it(name):
    items = reads(sample(name))
    written = tree(moodle.write(good(items)))
    titles = {draft.title for draft in good(items)}
    wanted = {q.first("name").text().strip(): q for q in tree(sample(name)).all("question") if q.first("name")}
    given = {q.first("name").text().strip(): q for q in written.all("question") if q.first("name")}
    for title in titles - {"图不在"}:  # whose script is left out on purpose
        missing = [leaf for leaf in leaves(wanted[title]) if leaf not in leaves(given[title])]
        assert missing == [], title
        assert given[title].attrs["type"] == wanted[title].attrs["type"]
    assert good(reads(moodle.write(good(items)))) == good(items)


def test_an_edited_text_is_written_anew_and_an_unchanged_one_as_it_came():
    draft = by_title(TYPES)["停电步骤"]
    assert "<![CDATA[" not in moodle.write([draft]).decode()
    assert "&lt;b&gt;首先&lt;/b&gt;" in moodle.write([draft]).decode()
    changed = moodle.write([replace(draft, stem="改过的题干？")]).decode()
    assert '<questiontext format="plain_text"><text>改过的题干？</text></questiontext>' in changed
    assert "&lt;p&gt;先停电，再验电。&lt;/p&gt;" in changed


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY x "y">]>\n<quiz><question/></quiz>', "xml_dtd", 2),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz></quiz>', "xml_dtd", 1),
        (b"<quiz><oops></quiz>", "xml", 1),
        (b"<quiz>\n" + b"<question>" + b"<a>" * 200 + b"</a>" * 200 + b"</question>", None, None),
    ],
)
def test_hostile_xml_is_refused_with_its_line(data, code, line):
    if code is None:
        assert [codes(item) for item in reads(data, "moodle")] == [["xml_deep"]]
        return
    with pytest.raises(Malformed) as refused:
        reads(data, "moodle")
    assert (refused.value.code, refused.value.line) == (code, line)


def test_other_encodings_are_read():
    text = sample(TYPES).decode().replace("UTF-8", "GB2312")
    assert len(good(reads(text.encode("gb18030")))) == 8
    assert len(good(reads(text.replace("GB2312", "UTF-16").encode("utf-16")))) == 8


NICE = Draft(
    kind=QuestionKind.MULTIPLE_CHOICE,
    stem="哪些是安全用具？\n选两项。",
    parts=(Part(0, "绝缘手套", True), Part(1, "毛巾", feedback="不绝缘"), Part(2, "验电器", True), Part(3, "<扫帚>")),
    explanation="绝缘 & 验电",
    code="lv-1",
    title="用具",
    point="K11",
)


def test_what_moodle_can_say_needs_no_line_of_ours_and_ticking_everything_earns_nothing():
    written = moodle.write([NICE]).decode()
    assert "question-draft" not in written
    assert written.count('<answer fraction="50"') == 2
    assert written.count('<answer fraction="-100"') == 2
