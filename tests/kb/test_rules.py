"""Sections, steps, dates and numbers of articles."""

import pytest

from kb import rules


def test_sections_split_at_second_level_headings_and_keep_what_stands_before():
    body = "开头\n\n## 马上这样做\r\n1. 关火。\n2. 盖盖。\n\n## 不要做\n- 不要泼水。\n"
    assert rules.sections(body) == (("", "开头"), ("马上这样做", "1. 关火。\n2. 盖盖。"), ("不要做", "- 不要泼水。"))


def test_an_empty_section_is_left_out():
    assert rules.sections("## 一\n\n## 二\n内容") == (("二", "内容"),)


def test_steps_are_the_numbered_lines_without_numbers():
    assert rules.steps("先看：\n1. 关火。\n2、盖盖。\n- 别的") == ("关火。", "盖盖。")


@pytest.mark.parametrize("value", ["2024", "2024-02", "2024-02-29"])
def test_a_year_a_month_or_a_day_is_a_source_date(value):
    assert rules.is_source_date(value) is True


@pytest.mark.parametrize("value", ["", "24", "2024-13", "2023-02-29", "2024/05", "2024-05-"])
def test_anything_else_is_no_source_date(value):
    assert rules.is_source_date(value) is False


@pytest.mark.parametrize(("value", "valid"), [("", True), ("119", True), ("119,12350", True), ("119, 120", False)])
def test_calls_are_short_numbers_with_commas(value, valid):
    assert rules.is_calls(value) is valid


@pytest.mark.parametrize("value", ["119,", "12", "123456", "tel"])
def test_other_calls_are_refused(value):
    assert rules.is_calls(value) is False
