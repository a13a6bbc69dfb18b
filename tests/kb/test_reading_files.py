"""Files as offices hand them in: what is cut out of them, what is said not to be read, what is refused."""

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from core.sheets.faults import Unreadable
from kb.importing import formats

STEPS = """# 油锅起火怎么办

来源：消防安全提示

## 马上这样做
1、盖上锅盖
2、关火

## 不要做
- 不要泼水

## 问法
- 锅着火了怎么办
"""


def cut(data, filename):
    return formats.cut(data, format=formats.detect(data, filename), name="文件")


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_markdown_in_any_encoding_becomes_title_sections_steps_and_questions(encoding):
    [piece] = cut(STEPS.encode(encoding), "a.md").pieces
    assert (piece.title, piece.questions, piece.fields) == (
        "油锅起火怎么办",
        ("锅着火了怎么办",),
        {"source": "消防安全提示"},
    )
    assert "## 马上这样做" in piece.body
    assert "1. 盖上锅盖\n2. 关火" in piece.body
    assert "- 不要泼水" in piece.body
    assert piece.doubts == ()


def test_each_first_level_heading_begins_a_draft():
    pieces = cut("# 一\n\n甲事。\n\n# 二\n\n乙事。\n".encode(), "a.md").pieces
    assert [(piece.title, piece.body) for piece in pieces] == [
        ("一", "## 马上这样做\n甲事。"),
        ("二", "## 马上这样做\n乙事。"),
    ]
    assert pieces[0].doubts == ("no_steps", "no_questions")


def test_a_yaml_head_is_read_and_one_with_aliases_refused():
    [piece] = cut(b"---\ntitle: T\ncalls: ['119']\nquestions: ['Q?']\n---\n1. Go\n", "a.md").pieces
    assert (piece.title, piece.questions, piece.fields) == ("T", ("Q?",), {"calls": "119"})
    with pytest.raises(Unreadable, match="head"):
        cut(b"---\na: &x [1]\nb: *x\n---\ntext\n", "a.md")


def word() -> bytes:
    document = Document()
    document.add_heading("触电了怎么办", 1)
    document.add_heading("马上这样做", 2)
    document.add_paragraph("拉闸断电", style="List Number")
    document.add_paragraph("打120", style="List Number")
    document.add_paragraph("不要直接拉人", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("电压", "距离", "10千伏", "8米"), strict=True):
        cell.text = text
    return saved(document)


def test_word_keeps_headings_numbered_lists_and_tables():
    [piece] = cut(word(), "a.docx").pieces
    assert piece.title == "触电了怎么办"
    assert "1. 拉闸断电\n2. 打120\n- 不要直接拉人" in piece.body
    assert "| 电压 | 距离 |\n| --- | --- |\n| 10千伏 | 8米 |" in piece.body


WECHAT = """<html><head><title>公众号</title>
<meta property="og:title" content="煤气中毒怎么办"></head><body>
<nav>菜单</nav><div id="js_content"><section><section><strong>第一步做什么</strong></section></section>
<section><span>1. 开窗</span></section><p>2. 关阀<img data-src="x"></p><ol><li><p>打120</p></li></ol>
<script>alert(1)</script></div><div>广告位</div></body></html>"""


def test_of_a_wechat_article_only_its_own_text_is_taken():
    found = cut(WECHAT.encode(), "a.html")
    [piece] = found.pieces
    assert piece.title == "煤气中毒怎么办"
    assert piece.body == "## 第一步做什么\n\n1. 开窗\n2. 关阀\n3. 打120"
    assert [(one.code, one.count) for one in found.lost] == [("pictures", 1)]


def test_html_of_any_depth_is_read():
    [piece] = cut(b"<html>" + b"<div>" * 20_000 + b"1. go</div>" * 3, "a.html").pieces
    assert "1. go" in piece.body


def questions_book() -> bytes:
    book = Workbook()
    sheet = book.active
    rows = [
        ["应急知识问答汇总表"],
        ["序号", "标题", "问答", None, "依据"],
        [None, None, "问题", "答案", None],
        [1, "电梯困人", "被困电梯怎么办", "1.按警铃。2.打96333。3.不要扒门。", "电梯安全手册"],
        [2, None, "电梯停了咋办", None, None],
        [3, "地震", "地震躲哪里", "蹲下", None],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "B4:B5"):
        sheet.merge_cells(area)
    return saved(book)


def test_a_list_with_two_head_rows_and_merged_cells_is_grouped():
    first, second = cut(questions_book(), "a.xlsx").pieces
    assert (first.title, first.questions) == ("电梯困人", ("被困电梯怎么办", "电梯停了咋办"))
    assert first.body == "## 马上这样做\n1. 按警铃。\n2. 打96333。\n3. 不要扒门。"
    assert first.fields == {"source": "电梯安全手册"}
    assert (second.title, second.doubts) == ("地震", ("no_steps",))


def test_a_csv_list_in_gb18030_is_read():
    [piece] = cut("问题,答案\n停电了怎么办,1.拔插头\n".encode("gb18030"), "a.csv").pieces
    assert (piece.title, piece.body) == ("停电了怎么办", "## 马上这样做\n1. 拔插头")


def pdf(*, empty=False, password="") -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    if not empty:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(
            b"BT /F1 12 Tf 14 TL 20 300 Td (What to do first) Tj T* "
            b"(1. Turn the power off.) Tj T* (2. Call for help.) Tj ET"
        )
        page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_pdf_with_text_gives_its_steps():
    [piece] = cut(pdf(), "a.pdf").pieces
    assert "1. Turn the power off.\n2. Call for help." in piece.body


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 31_000_000)
    return target.getvalue()


def with_entity() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: b"", "a.md", "empty"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "a.doc", "old_office"),
        (lambda: b"0" * 20_000_001, "a.txt", "too_large"),
        (lambda: b"PK\x03\x04 broken", "a.docx", "damaged"),
        (bomb, "a.docx", "unpacked"),
        (with_entity, "a.docx", "damaged"),
        (lambda: pdf(empty=True), "scan.pdf", "scanned"),
        (lambda: pdf(password="secret"), "a.pdf", "locked"),
        (lambda: b"%PDF-1.7 nothing more", "a.pdf", "damaged"),
        ("一,二\n三,四\n".encode, "a.csv", "no_header"),
        (lambda: b"\x89PNG\r\n\x1a\n\x00\x01", "a.md", "type"),
        (lambda: b"<html><body><img src=x></body></html>", "a.html", "nothing"),
    ],
)
def test_what_cannot_be_read_says_why(make, name, code):
    with pytest.raises(Unreadable) as fault:
        cut(make(), name)
    assert fault.value.code == code
