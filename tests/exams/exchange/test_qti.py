"""QTI 2.1, 2.2 and 3.0: items, packages, and what they cannot be."""

import io
import zipfile
from decimal import Decimal

import pytest

from exams.enums import QuestionKind
from exams.exchange import Malformed, qti
from exams.exchange.archives import packed
from exams.exchange.xml import tree
from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part

from .drafts import png
from .files import codes, good, reads, sample

SIGN = png(200)
CHOICE, WEIGHTS, MATCH, ORDER = "qti21_choice.xml", "qti22_weights.xml", "qti21_match.xml", "qti21_order.xml"
BLANKS, HOTSPOT = "qti30_blanks.xml", "qti22_hotspot.xml"
MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><resources>
<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"/>
<resource identifier="a" type="imsqti_item_xmlv2p1" href="items/choice.xml"><file href="items/choice.xml"/></resource>
<resource identifier="b" type="imsqti_item_xmlv2p1" href="items/broken.xml"/>
<resource identifier="c" type="imsqti_item_xmlv2p1" href="items/gone.xml"/>
<resource identifier="d" type="webcontent" href="items/images/sign.png"/>
</resources></manifest>"""


def package() -> bytes:
    """Return a package with an item, a broken one, one that is missing, a test and a picture."""
    return packed(
        {
            "pkg/imsmanifest.xml": MANIFEST.encode(),
            "pkg/test.xml": b"<assessmentTest/>",
            "pkg/items/choice.xml": sample(CHOICE),
            "pkg/items/broken.xml": b"<assessmentItem>\n<itemBody>\n</assessmentItem>",
            "pkg/items/images/sign.png": SIGN,
        }
    )


def only(name: str) -> Draft:
    """Return the draft of a sample with one item."""
    (draft,) = good(reads(sample(name)))
    return draft


def test_a_package_gives_its_items_with_their_pictures_and_says_what_is_amiss():
    items = reads(package())
    assert [(item.where, item.verdict.value, codes(item)) for item in items] == [
        ("pkg/test.xml", "skipped", ["no_item"]),
        ("pkg/items/choice.xml", "read", []),
        ("pkg/items/broken.xml", "unreadable", ["xml"]),
        ("pkg/items/gone.xml", "unreadable", ["file_missing"]),
    ]
    assert items[2].why[0].params == {"line": 3}
    draft = items[1].draft
    assert (draft.stem, draft.explanation) == ("看图：\n停电之后首先应当", "先停电，再验电。")
    assert draft.media == (Medium("sign.png", "image/png", SIGN, "标志"),)
    assert [(part.text, part.is_right, part.feedback) for part in draft.parts] == [
        ("挂标示牌", False, "还没有验电"),
        ("验电", True, ""),
        ("接地", False, ""),
    ]


def test_mapped_values_are_shares_of_what_can_be_earned():
    assert [(part.is_right, part.weight) for part in only(WEIGHTS).parts] == [
        (True, Decimal(50)),
        (True, Decimal(50)),
        (False, Decimal(-50)),
        (False, Decimal(-100)),
    ]


def test_pairs_and_orders_follow_what_is_declared_right():
    assert [(part.text, part.match) for part in only(MATCH).parts] == [("红", "禁止"), ("黄", "警告"), ("", "提示")]
    assert [part.text for part in only(ORDER).parts] == ["停电", "验电", "接地"]


def test_version_three_has_several_blanks_with_tolerance():
    draft = only(BLANKS)
    assert (draft.kind, draft.stem) == (QuestionKind.FILL_IN, "安全电压有____V、____V等。")
    assert draft.explanation == "GB/T 3805-2008。"
    assert [(part.text, part.blank, part.tolerance, part.weight) for part in draft.parts] == [
        ("36", 0, None, None),
        ("三十六", 0, None, Decimal(50)),
        ("24", 1, Decimal("0.5"), None),
    ]


def test_what_the_bank_has_no_kind_for_is_kept():
    (item,) = reads(sample(HOTSPOT))
    assert (item.verdict, codes(item), item.draft) == ("unreadable", ["kind_not_held"], None)
    assert "hotspotInteraction" in item.raw


@pytest.mark.parametrize("version", ["2.1", "2.2", "3.0"])
@pytest.mark.parametrize("name", [CHOICE, WEIGHTS, MATCH, ORDER, BLANKS])
def test_what_is_read_and_written_is_the_same_in_any_version(name, version):
    drafts = good(reads(package())) if name == CHOICE else [only(name)]
    assert good(reads(qti.write(drafts, version))) == drafts


def test_identifiers_settings_and_markup_come_back():
    (draft,) = good(reads(package()))
    with zipfile.ZipFile(io.BytesIO(qti.write([draft], "2.1"))) as archive:
        item = tree(archive.read("items/item-00001.xml"))
    interaction = next(item.within("choiceInteraction"))
    assert item.attrs["identifier"] == "choice"
    assert interaction.attrs["shuffle"] == "false"
    assert [choice.attrs["identifier"] for choice in interaction.all("simpleChoice")] == [
        "ChoiceA",
        "ChoiceB",
        "ChoiceC",
    ]
    assert next(item.within("value")).text() == "ChoiceB"
    assert next(item.within("strong")).text() == "首先"
    assert item.first("responseProcessing").attrs["template"].endswith("/match_correct")


def test_a_package_is_the_same_every_time_and_names_all_its_files():
    draft = Draft(
        QuestionKind.ORDERING,
        "按顺序",
        (Part(0, "一"), Part(1, "二"), Part(2, "三")),
        code="q-1",
        media=(Medium("a.png", "image/png", SIGN, "图"),),
    )
    data = qti.write([draft], "3.0")
    assert data == qti.write([draft], "3.0")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = tree(archive.read("imsmanifest.xml"))
        files = {file.attrs["href"] for file in manifest.within("file")}
        item = tree(archive.read("items/item-00001.xml"))
        assert files == set(archive.namelist()) - {"imsmanifest.xml"}
    assert next(manifest.within("resource")).attrs["type"] == "imsqti_item_xmlv3p0"
    assert item.tag == "qti-assessment-item"
    assert item.attrs["identifier"] == "xhyj.q-1"
    assert next(item.within("qti-order-interaction")).attrs["response-identifier"] == "RESPONSE"
    assert not item.notes  # all of it is said by QTI itself


NICE = Draft(
    kind=QuestionKind.FILL_IN,
    stem="上限____V，工频____Hz。",
    parts=(Part(0, "36", blank=0), Part(1, "三十六", blank=0), Part(2, "50", blank=1, tolerance=Decimal("0.5"))),
    explanation="GB & 标准",
    code="lv-9",
    title="两个空",
)


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_what_qti_can_say_needs_no_line_of_ours(version):
    with zipfile.ZipFile(io.BytesIO(qti.write([NICE], version))) as archive:
        assert b"question-draft" not in archive.read("items/item-00001.xml")


def test_a_file_without_a_manifest_is_searched_for_items():
    data = packed({"a.xml": sample(MATCH), "notes.xml": b"<notes/>"})
    assert [(item.where, item.verdict.value) for item in reads(data)] == [
        ("a.xml", "read"),
        ("notes.xml", "unreadable"),
    ]


def bomb() -> bytes:
    """Return a small archive that claims to become large."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", b"<manifest/>")
        archive.writestr("item.xml", b" " * 26_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(), "unpacked"),
        (b"PK\x03\x04nothing", "damaged"),
        (b'<?xml version="1.0"?>\n<questestinterop/>', "qti_old"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><assessmentItem>&a;</assessmentItem>', "xml_dtd"),
    ],
)
def test_hostile_packages_are_refused(data, code):
    with pytest.raises(Malformed) as refused:
        reads(data)
    assert refused.value.code == code


def test_paths_that_lead_out_of_the_package_lead_nowhere():
    item = sample(CHOICE).replace(b"images/sign.png", b"../../../../etc/passwd")
    (read,) = reads(packed({"item.xml": item}))
    assert (codes(read), read.draft.media) == (["picture_missing"], ())


def test_processing_that_says_more_is_doubted():
    text = (
        sample(ORDER)
        .decode()
        .replace(
            '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>',
            "<responseProcessing><customOperator/></responseProcessing>",
        )
    )
    (read,) = reads(text.encode())
    assert (read.verdict, codes(read)) == ("doubtful", ["processing"])


def test_right_answers_that_do_not_fit_the_choices_are_said():
    text = sample(CHOICE).decode().replace("<value>ChoiceB</value>", "<value>ChoiceX</value>")
    (read,) = reads(text.encode())
    assert (read.verdict, codes(read), read.why[0].params) == ("unreadable", ["unknown_choice"], {"choice": "ChoiceX"})


def test_pairs_without_sides_and_a_choice_inside_of_a_sentence():
    associate = """<assessmentItem identifier="a" title=""><responseDeclaration identifier="R" cardinality="multiple"
      baseType="pair"><correctResponse><value>A P</value><value>B Q</value></correctResponse></responseDeclaration>
      <itemBody><associateInteraction responseIdentifier="R"><prompt>配对</prompt>
      <simpleAssociableChoice identifier="A">红</simpleAssociableChoice>
      <simpleAssociableChoice identifier="P">禁止</simpleAssociableChoice>
      <simpleAssociableChoice identifier="B">黄</simpleAssociableChoice>
      <simpleAssociableChoice identifier="Q">警告</simpleAssociableChoice></associateInteraction></itemBody>
      </assessmentItem>"""
    inline = """<assessmentItem identifier="b" title=""><responseDeclaration identifier="R" cardinality="single"
      baseType="identifier"><correctResponse><value>Y</value></correctResponse></responseDeclaration>
      <itemBody><p>先<inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="X">送电</inlineChoice>
      <inlineChoice identifier="Y">验电</inlineChoice><inlineChoice identifier="Z">接地</inlineChoice>
      </inlineChoiceInteraction>再接地。</p></itemBody></assessmentItem>"""
    (pairs,), (choice,) = good(reads(associate.encode())), good(reads(inline.encode()))
    assert [(part.text, part.match) for part in pairs.parts] == [("红", "禁止"), ("黄", "警告")]
    assert (choice.stem, [part.text for part in choice.parts if part.is_right]) == ("先____再接地。", ["验电"])
    assert good(reads(qti.write([pairs, choice], "2.2"))) == [pairs, choice]
