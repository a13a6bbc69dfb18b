"""Rosters however they were filled in: what is read, and what is refused."""

import io
import re

import pytest
from openpyxl import Workbook

from accounts.rules.rosters import cells, columns
from tests.accounts.roster_files import LI, TITLES, WANG, ZHAO, codes, csv, lines_of, part_of, people, replaced, xlsx
from tests.conftest import id_number

ROWS = [TITLES, (1, "王小电", WANG, "13800138000", "电工"), (2, "李大安", LI, "", "焊工")]
READ = [(2, "王小电", WANG, "电工"), (3, "李大安", LI, "焊工")]


def test_a_plain_workbook_gives_its_people_with_their_rows():
    assert people(xlsx(ROWS)) == READ


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_each_encoding_with_each_delimiter(delimiter, encoding):
    assert people(csv(ROWS, delimiter=delimiter, encoding=encoding)) == READ


def test_a_cover_sheet_titles_blank_rows_and_notes_are_passed_over():
    rows = [
        ("某某公司特种作业人员花名册",),
        (),
        ("填报单位：", None, "日期：2026-11-01"),
        TITLES,
        (1, "王小电", WANG, "", "电工"),
        (None, "", " ", None),
        (2, None, None, None, None),
        TITLES,
        (3, "李大安", LI, "", "焊工"),
        ("合计", 2),
        ("备注：以上人员均已核对",),
        ("制表人：张三", None, "审核：李四"),
    ]
    found = people(xlsx(rows, merged=["A1:E1"], first=[("请先看说明",), ("第二行",)]))
    assert found == [(5, "王小电", WANG, "电工"), (9, "李大安", LI, "焊工")]


def test_a_sheet_of_examples_with_the_same_titles_comes_last():
    book = Workbook()
    book.active.title = "填写示例"
    for row in (TITLES, (1, "张三", ZHAO)):
        book.active.append(row)
    sheet = book.create_sheet("Sheet2")
    for row in ROWS:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    assert people(target.getvalue()) == READ


@pytest.mark.parametrize(
    "titles",
    [
        ("姓 名", "身份证号码（18位）"),
        ("*姓名", "*公民身份号码："),
        ("名字", "证件号码"),
        ("员工姓名", "居民身份证号码"),
        ("Name", "ID Number"),
        ("\u200b姓名\ufeff", "身份\n证号"),
        ("姓名【必填】", "有效证件号码[必填]"),
    ],
)
def test_titles_are_known_in_many_spellings(titles):
    assert [name for _, name, number, _ in people(xlsx([titles, ("王小电", WANG)])) if number == WANG] == ["王小电"]


@pytest.mark.parametrize("title", ["紧急联系人姓名", "家长姓名", "身份证有效期", "证件照", "手机型号"])
def test_titles_that_only_look_alike_are_not_taken(title):
    assert columns.places([title]) == {}


def test_a_header_of_two_rows_with_merged_titles_is_read():
    rows = [
        ("姓名", "证件", None, "联系", None),
        (None, "类型", "号码", "电话", "邮箱"),
        ("王小电", "身份证", WANG, "13800138000", "a@b.cn"),
        ("Smith John", "护照", "E1234567", "", ""),
    ]
    found = lines_of(xlsx(rows, merged=["A1:A2", "B1:C1", "D1:E1"]))
    assert [(line.name, line.id_kind, line.id_number, line.phone) for line in found] == [
        ("王小电", "resident", WANG, "+8613800138000"),
        ("Smith John", "passport", "E1234567", ""),
    ]


def test_a_job_in_a_merged_cell_holds_for_the_rows_it_covers_and_no_further():
    rows = [TITLES, (1, "王小电", WANG, "", "电工"), (2, "李大安", LI, "", None), (3, "赵小平", ZHAO, "", None)]
    assert [job for *_, job in people(xlsx(rows, merged=["E2:E3"]))] == ["电工", "电工", ""]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("３７０２０２１９９００３０７００１" + WANG[-1], WANG),
        (f" {WANG[:6]} {WANG[6:14]} {WANG[14:]} ", WANG),
        (f"\u200e{WANG}\u00a0", WANG),
        (f"'{WANG}", WANG),
        ("370202900307001", WANG),
        (370202900307001, WANG),
        (370202900307001.0, WANG),
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
    ],
)
def test_numbers_are_understood_as_they_are_typed(typed, number):
    assert [found for _, _, found, _ in people(xlsx([TITLES, (1, "王小电", typed)]))] == [number]


def test_a_number_wrapped_as_a_formula_in_csv_is_unwrapped():
    assert [found for _, _, found, _ in people(csv([TITLES, (1, "王小电", f'"=""{WANG}"""')]))] == [WANG]


def test_a_long_number_is_taken_only_where_no_digit_can_be_lost():
    assert cells.digits(int(WANG)) == WANG  # written by a program, digit by digit
    for rounded in (370202199003070000, float(WANG)):
        with pytest.raises(cells.Rounded):
            cells.digits(rounded)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (370202199003070000, "number_rounded"),
        (3.7020219900307e17, "number_rounded"),
        ("3.70202E+17", "number_rounded"),
        ("370202199003070000", "number_rounded"),
        (None, "number_missing"),
        ("1234", "number_length"),
        ("37020219900307001A", "number_characters"),
        (WANG[:-1] + ("1" if WANG[-1] != "1" else "2"), "number_check_digit"),
        (id_number(1, "20990101"), "number_birth_date"),
        (True, "number_length"),
        ("#REF!", "number_length"),
    ],
)
def test_a_number_that_cannot_be_read_says_why(typed, reason):
    assert codes(xlsx([TITLES, (1, "王小电", typed)])) == [[reason]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王 小 电", "王小电"),
        ("買買提•艾力", "買買提·艾力"),
        ("\u200b王小电 ", "王小电"),
        (" John   Smith ", "John Smith"),
    ],
)
def test_names_have_one_normal_form(typed, name):
    assert [found for _, found, _, _ in people(xlsx([TITLES, (1, typed, WANG)]))] == [name]


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "name_missing"), ("王8", "name_characters"), ("——", "name_characters")]
)
def test_a_name_that_is_none_says_so(typed, reason):
    assert codes(xlsx([TITLES, (1, typed, WANG)])) == [[reason]]


@pytest.mark.parametrize(
    ("typed", "phone", "reasons"),
    [
        (13800138000, "+8613800138000", []),
        (13800138000.0, "+8613800138000", []),
        ("138-0013-8000", "+8613800138000", []),
        ("+86 138 0013 8000", "+8613800138000", []),
        ("1.3800138E+10", "+8613800138000", []),
        ("0532-85912345", "", ["phone"]),
        ("1.38E+10", "", ["phone"]),
    ],
)
def test_a_phone_is_read_or_left_out_but_keeps_nobody_out(typed, phone, reasons):
    (line,) = lines_of(xlsx([TITLES, (1, "王小电", WANG, typed)]))
    assert (line.phone, [reason["code"] for reason in line.reasons], line.bad) == (phone, reasons, False)


def test_an_unknown_kind_of_document_is_refused_with_its_name():
    (line,) = lines_of(xlsx([("姓名", "证件类型", "证件号码"), ("王小电", "军官证", "军12345")]))
    assert (line.reasons, line.bad) == ([{"code": "kind_unknown", "kind": "军官证"}], True)


def test_a_formula_is_read_as_the_value_that_was_saved_with_it():
    book = Workbook()
    book.active.append(TITLES)
    book.active.append((1, "王小电", f'="{WANG}"', "", '=HYPERLINK("http://evil","电工")'))
    target = io.BytesIO()
    book.save(target)
    sheet = part_of(target.getvalue(), "xl/worksheets/sheet1.xml").decode()
    saved = sheet.replace('<c r="C2">', '<c r="C2" t="str">')
    saved = re.sub(r"(</f>)<v ?/>|(</f>)<v></v>", rf"</f><v>{WANG}</v>", saved, count=1)
    assert saved.count(WANG) == 2
    data = replaced(target.getvalue(), "xl/worksheets/sheet1.xml", saved.encode())
    assert people(data) == [(2, "王小电", WANG, "")]


def test_a_wrong_dimension_in_the_file_hides_nobody():
    data = xlsx(ROWS)
    sheet = part_of(data, "xl/worksheets/sheet1.xml").replace(b'<dimension ref="A1:E3"', b'<dimension ref="A1:A1"')
    assert b'"A1:A1"' in sheet
    assert people(replaced(data, "xl/worksheets/sheet1.xml", sheet)) == READ


def test_a_person_without_a_number_is_no_note():
    rows = [("单位", "姓名", "身份证号"), ("单位一分公司", "王小电", None), ("单位负责人：张三", None, None)]
    assert [(line.number, line.name) for line in lines_of(xlsx(rows))] == [(2, "王小电")]


def test_going_on_behind_a_row_gives_the_rest_only():
    assert [line.number for line in lines_of(xlsx(ROWS), after=2)] == [3]


def test_the_cells_are_kept_as_they_were_with_their_titles():
    (line,) = lines_of(xlsx([("姓名", "身份证号", "班组"), ("王小电", 370202199003070000, "=1+1 是文字")]))
    assert line.cells == [("姓名", "王小电"), ("身份证号", "3.7020219900307e+17"), ("班组", "")]
