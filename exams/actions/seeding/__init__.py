"""Load catalogue, schemes, sources and question banks from ``exams/content``; again changes only what changed there."""

from exams.rules.bank_files import BadBank

from .banks import folders, load_banks, load_operation
from .catalogue import load_operations, load_schemes, load_sources

__all__ = [
    "BadBank",
    "folders",
    "load_banks",
    "load_operation",
    "load_operations",
    "load_schemes",
    "load_sources",
]
