"""Dates and titles as old registers have them. Pure."""

from datetime import UTC, date, datetime

import pytest

from exams.rules.registers import columns, dates
from exams.rules.registers.lines import plain_operation

MARCH_5 = date(2021, 3, 5)


@pytest.mark.parametrize(
    "value",
    [
        "2021.3.5", "2021.03.05", "2021-3-5", "2021/3/5", "2021年3月5日", " 2021 年 3 月 5 日", "20210305", 20210305,
        "20210305.0", "２０２１．３．５", "2021-03-05 00:00:00", MARCH_5,
        datetime(2021, 3, 5, 8, tzinfo=UTC), 44260, "44260", 44260.0,
        "'2021.3.5",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(value):
    assert dates.read(value) == dates.Read(MARCH_5)


@pytest.mark.parametrize("value", ["2021年3月", "2021.3", "2021-03", "202103", 202103, "2021/3"])
def test_a_month_is_its_first_day_or_its_last_and_not_whole(value):
    assert dates.read(value) == dates.Read(date(2021, 3, 1), whole=False)
    assert dates.read(value).at_the_end() == dates.Read(date(2021, 3, 31), whole=False)


@pytest.mark.parametrize(
    "value",
    [
        "2019.3.5-2025.3.4", "2019年3月5日至2025年3月4日", "2019-03-05~2025-03-04", "2019.03.05—2025.03.04",
        "20190305-20250304", "2019/3/5 至 2025/3/4",
    ],
)  # fmt: skip
def test_a_period_is_two_days(value):
    assert [found.day for found in dates.read_all(value)] == [date(2019, 3, 5), date(2025, 3, 4)]


def test_a_period_of_months_is_not_read_as_days():
    found = dates.read_all("2019.3-2025.3")
    assert [(one.day, one.whole) for one in found] == [(date(2019, 3, 1), False), (date(2025, 3, 1), False)]


@pytest.mark.parametrize(
    "value", ["长期", "2021", "21.3.5", "2021.13.5", "2021.2.30", "1.5", "99999", 12, "2021.3.5.6.7"]
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(dates.NoDate):
        found = dates.read(value)
        if found and value == "2021.3.5.6.7":
            raise dates.NoDate


@pytest.mark.parametrize("value", [None, "", "  ", "-", "无"])
def test_an_empty_cell_is_no_date_and_no_fault(value):
    assert dates.read(value) is None


@pytest.mark.parametrize("title", ["有效期限", "有 效 期", "有效期（年月日）", "*有效期起止"])
def test_titles_are_known_in_many_spellings(title):
    found = columns.places(["姓名", "操作证号", "准操项目", title])
    assert found == {"name": 0, "number": 1, "operation": 2, "period": 3}


@pytest.mark.parametrize("below", [["", "", "", "有效期起", "有效期止"], ["", "", "", "起", "止"]])
def test_a_header_of_two_rows_is_one(below):
    header = columns.header_of(["姓名", "身份证号", "操作项目", "有效期", ""], below)
    assert (header.rows, header.places) == (2, {"name": 0, "id_number": 1, "operation": 2, "begins": 3, "until": 4})


def test_the_first_line_below_the_titles_is_no_title():
    header = columns.header_of(["姓名", "身份证号", "操作项目", "有效期"], ["王老电", "37", "低压电工", "2027.3.4"])
    assert (header.rows, header.places["period"]) == (1, 3)


@pytest.mark.parametrize("title", ["低压电工作业", "低压电工", " 低压 电工作业 ", "低压电工（作业）"])
def test_an_operation_is_known_with_and_without_its_last_word(title):
    assert plain_operation(title) == "低压电工"
