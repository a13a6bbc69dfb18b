"""GIFT, the text format of Moodle. Source: question/format/gift/format.php of Moodle 4."""

from .reading import read
from .writing import write

__all__ = ["read", "write"]
