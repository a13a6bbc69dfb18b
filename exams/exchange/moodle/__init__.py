"""Moodle XML. Source: question/format/xml/format.php of Moodle 4, and the type qtype_ordering."""

from .reading import read
from .writing import write

__all__ = ["read", "write"]
