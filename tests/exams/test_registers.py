"""Old registers: read with a verdict a line, looked at, taken over once, nothing lost."""

from datetime import date

import pytest

from accounts.enums import Role, RosterState
from core.sheets.faults import Unreadable
from exams.actions.registers import deciding
from exams.models import Certificate, CertificateImport
from exams.rules.registers import reasons
from tests.accounts.roster_files import csv, xlsx
from tests.exams.register_fixtures import *  # noqa: F403
from tests.exams.register_fixtures import LI, ROW, TITLES, WANG, row, verdicts


@pytest.mark.parametrize(
    ("changes", "verdict", "codes"),
    [
        ({"姓名": ""}, "bad", ["name_missing"]),
        ({"姓名": "张3"}, "bad", ["name_characters"]),
        ({"身份证号": WANG[:-1] + ("1" if WANG[-1] != "1" else "2")}, "bad", ["number_check_digit"]),
        ({"身份证号": 3.70202199003e17, "操作证号": ""}, "bad", ["number_rounded"]),
        ({"身份证号": "3.70202E+17", "操作证号": None}, "bad", ["number_rounded"]),
        ({"身份证号": 3.70202199003e17}, "new", []),  # the certificate number still has it
        ({"身份证号": None}, "new", []),
        ({"操作证号": None}, "new", ["number_from_id"]),
        ({"操作证号": "鲁B2019000123"}, "doubtful", ["number_differs"]),
        ({"准操项目": "低压电工"}, "new", []),
        ({"准操项目": "电工作业（低压电工作业）"}, "new", []),
        ({"准操项目": "飞行作业"}, "bad", ["operation_unknown"]),
        ({"准操项目": None}, "bad", ["operation_missing"]),
        ({"准操项目": "高压电工作业"}, "bad", ["no_rule"]),
        ({"有效期限": "长期"}, "bad", ["no_date"]),
        ({"有效期限": "2021.3.5-2020.3.4"}, "bad", ["dates_order"]),
        ({"有效期限": "2021.3.5-2033.3.4"}, "doubtful", ["span"]),
        ({"有效期限": "2027.3.4"}, "new", []),
        ({"有效期限": "2027年3月"}, "doubtful", ["day_missing", "begins_computed"]),
        ({"有效期限": None}, "doubtful", ["until_computed"]),
        ({"有效期限": None, "初领日期": None}, "bad", ["dates_missing"]),
        ({"有效期限": "2009.3.5-2015.3.4"}, "bad", ["no_scheme"]),
        ({"有效期限": "2027.3.5-2033.3.4"}, "bad", ["future"]),
        ({"有效期限": "2019.3.5-2025.3.4", "应复审日期": "2022.3.5"}, "new", ["ended"]),
        ({"实际复审日期": None}, "doubtful", ["review_missed"]),
        ({"应复审日期": None, "实际复审日期": None}, "doubtful", ["review_missed"]),
        ({"有效期限": "2024.3.5-2030.3.4", "应复审日期": "2027.3.5", "实际复审日期": None}, "new", []),
    ],
)  # fmt: skip
def test_each_line_gets_its_verdict(hand_in, changes, verdict, codes):
    assert verdicts(hand_in(row(**changes))) == [(verdict, codes)]


def test_every_code_has_its_words():
    from exams.rules.registers import lines

    assert lines  # the rules name these
    known = {"name_missing", "number_check_digit", "operation_unknown", "no_date", "span", "review_missed", "ended"}
    assert known <= reasons.LINE.keys()
    assert reasons.LINE.keys() >= reasons.DOUBTS


def test_merged_cells_are_filled_down(hand_in):
    rows = [
        (1, "王老电", WANG, None, "电工作业", "低压电工作业", None, "2021.3.5-2027.3.4", "2024.3.5", "2024.2.20"),
        (2, "李老电", LI, None, None, None, None, None, "2024.3.5", "2024.2.20"),
    ]
    batch = hand_in(*rows, merged=["E2:E3", "F2:F3", "H2:H3"])
    assert verdicts(batch) == [("new", ["number_from_id"])] * 2
    assert [line.contents["begins"] for line in batch.lines.all()] == ["2021-03-05"] * 2


def test_titles_below_a_heading_on_a_second_sheet_and_dates_as_serial_numbers(hand_in, take_over):
    rows = [
        ["青岛市特种作业人员台账"],
        ["姓名", "证件号码", "操作项目", "发证日期", "有效期至"],
        ["王老电", WANG, "低压电工", 44260, "2027年3月4日"],
        ["合计", 1],
    ]
    batch = hand_in(data=xlsx(rows, first=[["填表说明"], ["请填写姓名"]]))
    assert (batch.sheet, verdicts(batch)) == ("人员", [("new", ["number_from_id", "reviews_unknown"])])
    take_over(batch)
    made = Certificate.objects.get()
    assert (made.issued_on, made.valid_until, made.reviews.count()) == (date(2021, 3, 5), date(2027, 3, 4), 0)


def test_a_csv_in_gb18030_is_read(hand_in):
    rows = [["姓名", "身份证号", "准操项目", "有效期"], ["王老电", WANG, "低压电工作业", "2021.3.5至2027.3.4"]]
    assert verdicts(hand_in(data=csv(rows, encoding="gb18030"))) == [("new", ["number_from_id", "reviews_unknown"])]


def test_the_same_certificate_twice_is_taken_over_once(hand_in, take_over):
    batch = hand_in(ROW, ROW, row(准操项目="低压电工"))
    assert [verdict for verdict, _codes in verdicts(batch)] == ["new", "repeated", "repeated"]
    take_over(batch)
    assert Certificate.objects.count() == 1


def test_the_same_file_again_finds_them_known(hand_in, take_over):
    take_over(hand_in(ROW))
    assert verdicts(hand_in(ROW)) == [("known", [])]
    assert verdicts(hand_in(row(有效期限="2021.3.5-2027.3.3"))) == [("bad", ["other_dates"])]


def test_the_number_of_somebody_else_is_refused(hand_in, make_person):
    person = make_person(name="张三")
    batch = hand_in(row(身份证号=person.id_number, 操作证号=None))
    assert verdicts(batch) == [("bad", ["number_from_id", "other_name"])]


def test_what_is_stored_of_a_line_is_sealed(hand_in):
    from django.db import connection

    hand_in(ROW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells, found FROM exams_certificateimportline")
        ((cells, found),) = cursor.fetchall()
    assert cells.startswith("1:")
    assert found.startswith("1:")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx([["姓名", "身份证号"], ["王", WANG]]), "no_header"),
        (xlsx([TITLES]), "no_lines"),
        (xlsx([TITLES, ("", "", "", "", "", "", "", "", "", "")]), "no_lines"),
    ],
)
def test_a_file_that_is_no_register_says_so_and_is_gone(hand_in, data, code):
    batch = hand_in(data=data)
    assert (batch.state, batch.fault, batch.file.name) == (RosterState.FAILED, code, "")


def test_what_is_no_table_is_refused_at_the_door(hand_in):
    with pytest.raises(Unreadable):
        hand_in(data=b"PK\x03\x04")
    assert not CertificateImport.objects.exists()


def test_only_a_certifier_hands_in(rulebook, staff, at):
    with pytest.raises(deciding.NotACertifier):
        deciding.upload(
            filename="x", data=xlsx([TITLES, ROW]), source="x", by=staff(Role.EXAM_OFFICER), now=at("08:00")
        )
