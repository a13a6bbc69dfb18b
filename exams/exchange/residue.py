"""What a format has no words for, in a line of its own beside the question: so that our files read back exactly.

The line holds the fields that differ from what the rest of the item says. If somebody edited that rest meanwhile, the
edit counts: then only the fields come back that the format cannot say at all.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from exams.rules.items import Draft

from .packing import DEFAULTS, digest, files_of, pack, unpack

UNSAID = ("source", "difficulty", "case", "case_stem", "case_position", "extras")  # by GIFT, Moodle and QTI
VERSION = 1


def residue(draft: Draft, native: Draft | None) -> str:
    """Return the line for a draft whose item reads as ``native`` without it; empty where nothing is missing."""
    if draft == native:
        return ""
    wanted, said = pack(draft), pack(native) if native else {}
    names = [name for name in DEFAULTS if native is None or getattr(draft, name) != getattr(native, name)]
    missing = {name: wanted.get(name) for name in names}
    if native is None:
        missing = {name: value for name, value in missing.items() if value is not None}
    line = {"v": VERSION, "of": digest(native), "set": missing}
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")) if missing or said else ""


def restored(line: str, native: Draft | None, *, unsaid: Collection[str] = UNSAID) -> Draft | None:
    """Return the draft that ``native`` and its line make; a line that cannot be understood counts for nothing."""
    found = _understood(line)
    if not found:
        return native
    whole = found["of"] == digest(native)
    if native is None and not whole:
        return None
    names = [name for name in found["set"] if name in DEFAULTS and (whole or name in unsaid)]
    packed = {name: found["set"][name] for name in names}
    try:
        return _with(native, packed)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return native


def _with(native: Draft | None, packed: Mapping) -> Draft:
    """Return the draft with the fields put in; None stands for what a field mostly is. Files are those of the item."""
    given = {name: value for name, value in packed.items() if value is not None}
    filled = unpack({**(pack(native) if native else {}), **given}, files_of([native]) if native else {})
    usual = {"media": (), "extras": {}, **DEFAULTS} | {"extras": {}}
    values = {name: getattr(filled, name) if name in given else usual[name] for name in packed}
    return replace(native or filled, **values)


def _understood(line: str) -> dict | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    good = isinstance(found, dict) and found.get("v") == VERSION and isinstance(found.get("set"), dict)
    return found if good and isinstance(found.get("of"), str) else None
