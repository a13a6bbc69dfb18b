"""What kind of file it is, and which files are refused, in words."""

from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sheets.faults import Unreadable
from exams.enums import ExchangeFormat
from exams.exchange import Malformed, detected, formats, reasons
from exams.exchange.formats import READERS

from .files import reads, sample


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("basic.gift.txt", ExchangeFormat.GIFT),
        ("nasty.gift.txt", ExchangeFormat.GIFT),
        ("moodle_types.xml", ExchangeFormat.MOODLE),
        ("basic.aiken.txt", ExchangeFormat.AIKEN),
        ("qti21_choice.xml", ExchangeFormat.QTI21),
        ("qti30_blanks.xml", ExchangeFormat.QTI21),
        ("institution.csv", ExchangeFormat.CSV),
    ],
)
def test_the_format_is_found_by_what_stands_in_the_file(name, format):
    assert detected(sample(name)) == format


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0", "type"),
        ("随便写的一段话".encode(), "type"),
        ("姓名,电话\n甲,1".encode(), "no_header"),
        (b"<html><body/></html>", "type"),
        (b"x{" + b"a" * 10_000_001, "too_large"),
    ],
)
def test_other_files_are_refused(data, code):
    with pytest.raises(Malformed) as refused:
        detected(data)
    assert refused.value.code == code
    with translation.override("en"):
        assert reasons.of_file(code, {"most": 10}) not in ("", code)


@pytest.mark.parametrize(
    "format", [ExchangeFormat.XLSX, ExchangeFormat.GIFT, ExchangeFormat.MOODLE, ExchangeFormat.QTI21]
)
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_whatever_the_bytes_one_exception_is_all_that_comes(format, data):
    with suppress(Malformed):
        reads(data, format)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["basic.gift.txt", "moodle_types.xml", "qti21_choice.xml", "basic.aiken.txt", "institution.csv"]),
    st.integers(0, 5000),
    st.integers(0, 40),
    st.binary(max_size=6),
)
def test_a_file_with_damage_anywhere_never_fails_otherwise(name, place, gone, put):
    data = sample(name)
    damaged = data[:place] + put + data[place + gone :]
    format = detected(data)
    with suppress(Malformed, Unreadable):
        list(READERS[format](damaged))


def test_more_items_than_the_most_are_said(monkeypatch):
    monkeypatch.setattr(formats, "MOST_ITEMS", 2)
    items = reads(sample("basic.aiken.txt"))
    assert [item.verdict.value for item in items] == ["read", "read", "skipped"]
    assert (items[2].why[0].code, items[2].first) == ("too_many", 12)


def test_every_reason_has_words_that_take_what_they_name():
    with translation.override("en"):
        for code in (*reasons.ITEM, *reasons.FILE):
            words = reasons.ITEM.get(code) or reasons.FILE[code]
            named = {"line": 1, "most": 1, "kind": "x", "elements": "x", "choice": "x", "text": "x", "answer": "x"}
            assert "%(" not in str(words) % named
