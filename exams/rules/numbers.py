"""How a certificate's number is made: a pattern of the scheme, filled in. Pure."""

import re
import unicodedata
from string import Formatter

from django.utils.translation import gettext_lazy as _

NAMES = ("id_number", "year", "serial", "operation")
LITERAL = re.compile(r"[0-9A-Z\-]*")
WIDTH = re.compile(r"(0[1-9])?")  # {serial:06}: with zeros in front
LONGEST = 60


def normal(number: str) -> str:
    """Return a number as it is compared, however it is typed: folded, upper case, without spaces and dashes."""
    return re.sub(r"[\s\-‐‑‒–—_]", "", unicodedata.normalize("NFKC", number)).upper()


def fault_of(pattern: str):
    """Return what is wrong with a pattern, or None.

    Either the id number stands in it, or year, operation and running number all do: running numbers begin anew each
    year in each operation, and without one of these two certificates would have one number.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return _("The braces do not match.")
    named = {name for _text, name, _spec, _conversion in parts if name is not None}
    if unknown := sorted(named - set(NAMES)):
        return _("This is not known here: {%(name)s}.") % {"name": unknown[0][:40]}
    for text, name, width, conversion in parts:
        misplaced = conversion or (width and name != "serial")
        if misplaced or not LITERAL.fullmatch(text) or not WIDTH.fullmatch(width or ""):
            return _("Beside the braces only capital letters, digits and dashes; a width as in {serial:06}.")
    if "id_number" not in named and not {"year", "operation", "serial"} <= named:
        return _("The id number must stand in it, or year, operation and running number together.")
    return None


def needs_serial(pattern: str) -> bool:
    """Say whether numbers of this pattern take a running number."""
    return any(name == "serial" for _text, name, _spec, _conversion in Formatter().parse(pattern))


def fill(pattern: str, *, id_number: str, year: int, operation: str, serial: int | None) -> str:
    """Return the number; ``operation`` is its category and place in two digits each, as 0102."""
    return pattern.format(id_number=id_number, year=year, operation=operation, serial=serial)
