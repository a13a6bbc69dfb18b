"""Tables of questions, XLSX and CSV, in the layouts that training institutions use."""

from .reading import is_table, read
from .writing import template, write_csv, write_xlsx

__all__ = ["is_table", "read", "template", "write_csv", "write_xlsx"]
