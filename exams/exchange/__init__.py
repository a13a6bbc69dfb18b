"""Questions in the formats of other systems: bytes in, drafts out, and back. Pure; no database, no clock."""

from .formats import detected, read, write
from .reads import Malformed, Read, Reason

__all__ = ["Malformed", "Read", "Reason", "detected", "read", "write"]
