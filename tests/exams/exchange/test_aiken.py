"""Aiken: the plainest of formats."""

from exams.enums import QuestionKind
from exams.exchange import aiken
from exams.rules.items import Draft
from exams.rules.scoring import Part

from .files import good, reads, sample, verdicts


def test_questions_are_read_in_every_way_that_options_are_marked():
    drafts = good(reads(sample("basic.aiken.txt")))
    assert [(draft.kind, draft.stem) for draft in drafts] == [
        (QuestionKind.SINGLE_CHOICE, "停电之后首先应当做什么？"),
        (QuestionKind.TRUE_FALSE, "特种作业人员必须持证上岗。"),
        (QuestionKind.SINGLE_CHOICE, "题干有两行的题：\n第二行"),
    ]
    assert [part.text for draft in drafts for part in draft.parts if part.is_right] == ["验电", "正确", "丙"]


def test_what_is_amiss_is_said_with_its_line():
    assert verdicts(reads(sample("nasty.aiken.txt"))) == [
        (1, "unreadable", "no_answer"),
        (6, "unreadable", "unknown_choice"),
        (12, "read"),
        (18, "doubtful", "several_right"),
    ]


def test_what_it_can_hold_reads_back_and_the_rest_is_left_out():
    parts = (Part(0, "甲"), Part(1, "乙\n丙", True), Part(2, "丁"))
    several = Draft(QuestionKind.MULTIPLE_CHOICE, "多选", parts)
    single = Draft(QuestionKind.SINGLE_CHOICE, "单选", parts, explanation="不写出")
    assert not aiken.holds(several)
    assert aiken.write([several, single]).decode() == "单选\nA. 甲\nB. 乙 丙\nC. 丁\nANSWER: B\n"
    (again,) = good(reads(aiken.write([single])))
    assert [part.text for part in again.parts] == ["甲", "乙 丙", "丁"]
