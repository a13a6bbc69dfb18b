"""Question authors write versions, exam officers approve or return them; only approved versions are drawn."""

from .reviewing import NotAnApprover, approve
from .storing import BadQuestion, Row, Stored, check, store
from .writing import NotAnAuthor, write

__all__ = ["BadQuestion", "NotAnApprover", "NotAnAuthor", "Row", "Stored", "approve", "check", "store", "write"]
