"""What Moodle asks of a question beyond ours, as we write it where nothing else was said."""

from exams.enums import QuestionKind

LINE = "question-draft"  # the name of the instruction that holds what Moodle has no words for
HEAD = {"defaultgrade": "1.0000000", "penalty": "0.3333333", "hidden": "0"}
BY_TYPE = {
    "truefalse": {"penalty": "1.0000000"},
    "multichoice": {"shuffleanswers": "true", "answernumbering": "ABCD"},
    "shortanswer": {"usecase": "0"},
    "matching": {"shuffleanswers": "true"},
    "ordering": {"layouttype": "VERTICAL", "selecttype": "ALL", "gradingtype": "ALL_OR_NOTHING"},
}
TYPES = {
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.SINGLE_CHOICE: "multichoice",
    QuestionKind.MULTIPLE_CHOICE: "multichoice",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ORDERING: "ordering",
}
HELD = {"name", "questiontext", "generalfeedback", "idnumber", "tags", "answer", "subquestion", "single"}


def usual(type: str, answers: int) -> dict[str, str]:
    """Return the elements that a question of the type has, with their usual values."""
    count = {"selectcount": str(answers)} if type == "ordering" else {}
    return {**HEAD, **BY_TYPE.get(type, {}), **count}


def same(one: str, other: str) -> bool:
    """Say whether two values are the same, as numbers where they are numbers."""
    try:
        return float(one) == float(other)
    except ValueError:
        return one.strip() == other
