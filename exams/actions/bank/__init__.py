"""Question authors write versions, exam officers approve or return them; only approved versions are drawn."""

from .editing import Changes, NotAnEditor, WrongPoint, edit
from .reporting import export_stale
from .reviewing import AlreadyDecided, NoReason, NotAnApprover, approve, send_back
from .storing import BadQuestion, Row, Stored, check, store
from .writing import NotAnAuthor, write

__all__ = [
    "AlreadyDecided",
    "BadQuestion",
    "Changes",
    "NoReason",
    "NotAnApprover",
    "NotAnAuthor",
    "NotAnEditor",
    "Row",
    "Stored",
    "WrongPoint",
    "approve",
    "check",
    "edit",
    "export_stale",
    "send_back",
    "store",
    "write",
]
