"""Measure one version of the index on disk."""

from kb.index import store

from . import questions
from .outcomes import Outcome, ask_all
from .port import answerer


class CannotMeasure(Exception):
    """The version is not there, or cannot be read; the message says which."""


def measure(version: str, question_set: str) -> list[Outcome]:
    """Return the outcome of every question of the set, answered from ``version``, whose own encoder is used.

    :raises CannotMeasure: the version is not there, is damaged, or needs an encoder that is not.
    :raises questions.UnreadableSet: there is no such set.
    """
    asked = questions.load(question_set)
    try:
        snapshot = store.read(version)
    except store.IndexDamaged as error:
        raise CannotMeasure(str(error) or "there is no index") from error
    return ask_all(asked, snapshot=snapshot, answer=answerer())
