"""Files that are no roster, or mean harm: refused with a reason, before they cost anything."""

import io
import tracemalloc
import zipfile

import pytest

from core.sheets import tables
from core.sheets.faults import Unreadable
from tests.accounts.roster_files import LI, TITLES, WANG, csv, lines_of, part_of, replaced, xlsx

ROWS = [TITLES, (1, "王小电", WANG, "13800138000", "电工"), (2, "李大安", LI, "", "焊工")]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        lines_of(data)
    return fault.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0", "type"),
        (b"%PDF-1.7\n\x00\x01", "type"),
        (b"\xff\xfe\xff", "encoding"),
        (b"PK\x03\x04garbage", "damaged"),
        (b"x" * (tables.MAX_BYTES + 1), "too_large"),
        ("没有标题\n王小电".encode(), "no_header"),
        (csv([TITLES]), "no_lines"),
        (xlsx([("姓名", "性别"), ("王小电", "女")]), "no_header"),
        (xlsx([TITLES]), "no_lines"),
    ],
)
def test_what_is_no_roster_is_refused_clearly(data, code):
    assert refusal(data) == code


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def test_another_archive_is_no_roster():
    assert refusal(archive(**{"word/document.xml": b"<w/>"})) == "type"


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = replaced(xlsx(ROWS), "xl/worksheets/sheet2.xml", b"\0" * 150_000_000)
    assert len(data) < 1_000_000
    tracemalloc.start()
    assert refusal(data) == "unpacked"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_shared_texts_that_would_fill_the_memory_are_refused():
    assert refusal(replaced(xlsx(ROWS), "xl/sharedStrings.xml", b"a" * 31_000_000)) == "unpacked"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_or_entity_is_refused(part, encoding):
    data = xlsx(ROWS)
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )
    assert refusal(replaced(data, part, bomb.encode(encoding))) == "damaged"


def test_a_row_number_beyond_any_sheet_ends_the_reading(monkeypatch):
    monkeypatch.setattr("core.sheets.workbooks.MAX_ROW", 1000)
    sheet = part_of(xlsx(ROWS), "xl/worksheets/sheet1.xml").replace(b'<row r="3"', b'<row r="99999999999"')
    assert refusal(replaced(xlsx(ROWS), "xl/worksheets/sheet1.xml", sheet)) == "damaged"


def test_more_lines_than_a_roster_may_have_are_refused(monkeypatch):
    monkeypatch.setattr("accounts.rosters.reading.MAX_LINES", 1)
    assert refusal(xlsx(ROWS)) == "too_long"
