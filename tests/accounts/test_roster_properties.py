"""Whatever people type, and whatever bytes come: hypothesis looks for what breaks the reader."""

from contextlib import suppress
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.rules import identity, names
from accounts.rules.rosters import cells
from core.sheets.faults import Unreadable
from tests.accounts.roster_files import TITLES, csv, lines_of, people, xlsx
from tests.conftest import id_number

TODAY = date(2026, 11, 23)
born = st.dates(date(1907, 1, 1), date(2026, 11, 23))
numbers = st.builds(
    lambda day, serial, region: id_number(serial, f"{day:%Y%m%d}", region),
    born,
    st.integers(1, 999),
    st.sampled_from(["370202", "110105", "650102", "810000", "911370"]),
)
chinese = st.text(st.sampled_from("王李张刘陈安全生产应急电"), min_size=2, max_size=4)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
messes = [
    lambda number: number,
    lambda number: number.lower(),
    lambda number: number.translate(FULL_WIDTH),
    lambda number: f"  {number[:6]} {number[6:]}\u200b",
    lambda number: f"'{number}",
    lambda number: f"\ufeff{number[:10]}-{number[10:]}",
]
mess = st.sampled_from(messes)
junk = st.sampled_from([(), ("",), (None, None, " "), (7,), ("备注：无",), TITLES])
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def rosters(draw):
    """Rows of a messy roster, and the people in it."""
    people = draw(st.lists(st.tuples(chinese, numbers, mess), min_size=1, max_size=8))
    rows, expected = [*draw(st.lists(st.sampled_from([("花名册",), (), (None, "说明")]), max_size=3)), TITLES], []
    for name, number, messy in people:
        rows += draw(st.lists(junk, max_size=2))
        rows.append((len(expected) + 1, f" {' '.join(name)} ", messy(number)))
        expected.append((len(rows), name, number, ""))
    return rows, expected


@quick
@given(rosters())
def test_what_was_written_into_a_messy_workbook_is_read_again(roster):
    rows, expected = roster
    assert people(xlsx(rows)) == expected


@quick
@given(rosters(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_into_a_messy_csv_is_read_again(roster, delimiter, encoding):
    rows, expected = roster
    if encoding == "gb18030":  # it has no such mark
        rows = [[cell.replace("\ufeff", "") if isinstance(cell, str) else cell for cell in row] for row in rows]
    assert people(csv(rows, delimiter=delimiter, encoding=encoding)) == expected


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
@example(b"PK\x05\x06" + b"\0" * 18)
def test_garbage_is_refused_or_read_but_never_breaks_anything(data):
    with suppress(Unreadable):
        lines_of(data)


BOOK = xlsx([TITLES, (1, "王小电", id_number(1))])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=20))
def test_a_workbook_with_some_bytes_changed_never_breaks_anything(place, other):
    with suppress(Unreadable):
        lines_of(BOOK[:place] + other + BOOK[place + len(other) :])


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.text(max_size=30)
)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_any_cell_has_a_text_and_digits_or_is_rounded(value):
    assert len(cells.shown(value)) <= cells.LONGEST
    assert cells.text(value) == cells.text(cells.text(value))
    with suppress(cells.Rounded):
        assert isinstance(cells.digits(value), str)


@given(numbers, mess)
def test_the_normal_form_of_an_id_number_is_its_own_normal_form(number, messy):
    once = identity.parse(messy(number).strip("'\ufeff\u200b "), today=TODAY)
    assert once.number == number
    assert identity.parse(once.number, today=TODAY) == once


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_one_changed_digit_is_caught(number, place, by):
    if number[place] == "X":
        changed = number[:place] + str(by)
    else:
        changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    try:
        identity.parse(changed, today=TODAY)
    except identity.InvalidIdNumber:
        return
    raise AssertionError(f"{changed} passed for {number}")


@given(numbers, st.integers(0, 16))
def test_two_neighbours_changed_over_are_caught(number, place):
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if changed == number or "X" in changed[:-1]:
        return
    try:
        identity.parse(changed, today=TODAY)
    except identity.InvalidIdNumber:
        return
    raise AssertionError(f"{changed} passed for {number}")


@given(st.text(max_size=20))
def test_the_normal_form_of_a_name_is_its_own_normal_form(name):
    assert names.normal(names.normal(name)) == names.normal(name)
