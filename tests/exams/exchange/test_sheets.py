"""Sheets, titles, pictures on cells, and the tables that we write."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from exams.enums import QuestionKind
from exams.exchange import Malformed, tables
from exams.exchange.tables.example import EXAMPLES
from exams.rules.items import Draft
from exams.rules.scoring import Part

from .files import codes, good, reads
from .workbooks import TITLES, xlsx


def doubts(titles, values) -> list[str]:
    """Return why one row is doubtful or unreadable."""
    (item,) = reads(xlsx(("题库", [titles, values])))
    return codes(item)


def test_titles_above_merged_cells_sections_and_repeated_titles():
    rows = [
        ["某市培训中心题库"],
        ["2026 年修订"],
        (*TITLES, "知识点"),
        ["一、单项选择题（共2题）"],
        ["", "题一", "甲", "乙", "丙", "", "A", "K11"],
        ["", "题二", "甲", "乙", "丙", "", "B", None],
        (*TITLES, "知识点"),
        ["二、判断题"],
        ["", "题三", "", "", "", "", "√", "K12"],
    ]
    items = reads(xlsx(("题库", rows), merged=("A1:H1", "H5:H6")))
    assert [(item.first, item.draft.kind.value, item.draft.point) for item in items] == [
        (5, "single_choice", "K11"),
        (6, "single_choice", "K11"),
        (9, "true_false", "K12"),
    ]


def test_two_rows_of_titles_and_kinds_by_sheet():
    rows = [("题干", "选项", "", "", "答案"), ("", "A", "B", "C", ""), ("题一", "甲", "乙", "丙", "AB")]
    judge = [("题目", "答案"), ("句子。", "错")]
    items = reads(xlsx(("多选题", rows), ("判断题", judge)))
    assert [(item.where, item.first, item.draft.kind.value) for item in items] == [
        ("多选题", 3, "multiple_choice"),
        ("判断题", 2, "true_false"),
    ]


def test_other_sheets_are_passed_by_and_said():
    rows = [TITLES, ("单选", "题", "甲", "乙", "丙", "", "A")]
    data = xlsx(
        ("填写说明", [("请按要求填写",)]),
        ("示例", rows),
        ("旧题", rows),
        ("空", []),
        ("题库", rows),
        hidden=("旧题",),
    )
    assert [(item.where, item.verdict.value, codes(item)) for item in reads(data)] == [
        ("填写说明", "skipped", ["no_header"]),
        ("示例", "skipped", ["example_sheet"]),
        ("旧题", "skipped", ["hidden_sheet"]),
        ("空", "skipped", ["empty_sheet"]),
        ("题库", "read", []),
    ]


def test_pictures_on_cells_and_dates_are_said():
    rows = [TITLES, ("单选", "看图", "甲", "乙", "丙", "", "A"), ("单选", "题", "甲", date(2026, 5, 1), "丙", "", "A")]
    items = reads(xlsx(("题库", rows), pictures=("B2",)))
    assert [codes(item) for item in items] == [["picture_not_read"], ["date_in_cell"]]
    formula = ("单选", '=DISPIMG("ID_1",1)看图', "甲", "乙", "丙", "", "A")
    assert "picture_not_read" in doubts(TITLES, tuple("'" + cell if cell.startswith("=") else cell for cell in formula))


def test_a_file_without_titles_is_refused():
    with pytest.raises(Malformed) as refused:
        reads(xlsx(("Sheet1", [("姓名", "电话"), ("甲", 1)])))
    assert refused.value.code == "no_header"


def test_the_template_reads_as_an_empty_table_and_its_examples_are_questions():
    (empty,) = [item for item in reads(tables.template()) if item.where == "示例"]
    assert (empty.verdict, codes(empty)) == ("skipped", ["example_sheet"])
    assert [item.verdict.value for item in reads(tables.write_xlsx(EXAMPLES))] == ["read"] * len(EXAMPLES)
    assert good(reads(tables.write_xlsx(EXAMPLES))) == EXAMPLES


def test_no_cell_of_ours_is_a_formula():
    draft = Draft(
        QuestionKind.SINGLE_CHOICE, "=1+1", (Part(0, "+1", True), Part(1, "-2", weight=Decimal(-5)), Part(2, "@x"))
    )
    data = tables.write_xlsx([draft])
    cells = [cell for line in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))] == []
    assert good(reads(data)) == [draft]
