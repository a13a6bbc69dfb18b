"""Whether a question may be left for a person. Pure."""

from chatbot.enums import AnswerKind

from .answers import Answer

LEFT = frozenset({AnswerKind.UNKNOWN, AnswerKind.CHOICE, AnswerKind.REFERRAL})


def may_leave(answer: Answer) -> bool:
    """Say whether the answer itself should offer it; whoever asks for a person gets one after any answer."""
    return bool(getattr(answer, "may_leave", answer.kind in LEFT))
