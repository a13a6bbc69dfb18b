"""Question authors write versions, exam officers approve or return them; only approved versions are drawn."""

from .reviewing import AlreadyDecided, NoReason, NotAnApprover, approve, send_back
from .storing import BadQuestion, Row, Stored, check, store
from .writing import NotAnAuthor, write

__all__ = [
    "AlreadyDecided",
    "BadQuestion",
    "NoReason",
    "NotAnApprover",
    "NotAnAuthor",
    "Row",
    "Stored",
    "approve",
    "check",
    "send_back",
    "store",
    "write",
]
