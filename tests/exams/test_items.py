"""What makes a draft a question."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from exams.enums import QuestionKind
from exams.rules.items import Draft, problems
from exams.rules.scoring import Part

CHOICE = Draft(
    QuestionKind.SINGLE_CHOICE, "问( )。", (Part(0, "甲"), Part(1, "乙", is_right=True), Part(2, "丙")), source="一部法"
)
BLANKS = Draft(QuestionKind.FILL_IN, "不小于____ m。", (Part(0, "10", blank=0), Part(1, "十", blank=0)))
STEPS = Draft(QuestionKind.ORDERING, "排序", (Part(0, "甲"), Part(1, "乙"), Part(2, "丙")))
PAIRS = Draft(QuestionKind.MATCHING, "对应", (Part(0, "红", match="禁止"), Part(1, "黄", match="警告")))


@pytest.mark.parametrize("draft", [CHOICE, BLANKS, STEPS, PAIRS])
def test_a_whole_draft_has_no_problem(draft):
    assert problems(draft) == []


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (replace(CHOICE, stem=" "), "The stem is empty."),
        (replace(CHOICE, kind="essay"), "This kind of question is not known."),
        (replace(CHOICE, parts=()), "There are no options."),
        (replace(CHOICE, parts=CHOICE.parts[:2]), "There are too few options."),
        (replace(CHOICE, parts=(Part(0, "甲"), Part(1, "乙"), Part(2, "丙"))), "Exactly one option is right."),
        (replace(CHOICE, kind=QuestionKind.TRUE_FALSE), "True or false has two options."),
        (replace(CHOICE, parts=(*CHOICE.parts, Part(3, "丙 "))), "Two options are the same."),
        (replace(BLANKS, stem="____和____"), "The stem shows 2 blanks, the key has 1."),
        (
            replace(BLANKS, parts=(Part(0, "10", blank=1),)),
            "Each accepted answer belongs to a blank, counted from the first.",
        ),
        (replace(STEPS, parts=STEPS.parts[:2]), "There are too few steps."),
        (replace(PAIRS, parts=PAIRS.parts[:1]), "A match needs at least two different left sides."),
        (replace(PAIRS, parts=(Part(0, "红", match="禁止"), Part(1, "黄"))), "A right side is empty."),
    ],
)
def test_what_is_missing_is_said(draft, problem):
    with override("en"):
        assert problem in [str(one) for one in problems(draft)]
