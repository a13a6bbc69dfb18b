"""An answer as it is kept, and back: for whoever lost its connection, and for the device's own history."""

from dataclasses import asdict, fields

from .answers import Answer
from .leaving import may_leave

NOT_KEPT = {"conversation", "turn"}
INTERNAL = {"article", "confidence"}  # for the log, not for who asked


def kept(answer: Answer) -> dict:
    """Return what is kept of an answer, as JSON."""
    return {name: value for name, value in asdict(answer).items() if name not in NOT_KEPT}


def restored(said: dict, *, conversation: str, turn: str) -> Answer:
    """Return the answer that was kept; what an older one lacks is as it is by itself."""
    known = {field.name for field in fields(Answer)} - NOT_KEPT
    return Answer(conversation=conversation, turn=turn, **{name: said[name] for name in known & said.keys()})


def shown(answer: Answer) -> dict:
    """Return what whoever asked gets to see of an answer, as JSON; what the room adds to answers comes along."""
    told = {name: value for name, value in kept(answer).items() if name not in INTERNAL}
    return {**told, "may_leave": may_leave(answer)}
