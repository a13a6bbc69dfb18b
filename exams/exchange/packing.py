"""A draft as JSON: what lies in the queue of an import, and what a format cannot say itself."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal

from exams.rules.items import Draft, Medium
from exams.rules.scoring import Part

DEFAULTS = {field.name: field.default for field in fields(Draft)}
PART_DEFAULTS = {field.name: field.default for field in fields(Part)}
NUMBERS = ("tolerance", "weight")
TEXTS = ("kind", "stem", "explanation", "source", "code", "title", "point", "case", "case_stem")


def pack(draft: Draft) -> dict:
    """Return a draft as JSON says it, without what is as always; of media the names and digests only."""
    packed = {}
    for name, default in DEFAULTS.items():
        value = getattr(draft, name)
        if name == "parts":
            packed[name] = [_part(part) for part in value]
        elif name == "media":
            if value:
                packed[name] = [_medium(medium) for medium in value]
        elif name == "extras":
            if value:
                packed[name] = json.loads(json.dumps(dict(value), default=str))
        elif value != default:
            packed[name] = str(value) if name == "kind" else value
    return packed


def unpack(packed: Mapping, media: Mapping[str, bytes]) -> Draft:
    """Return the draft again; ``media`` has the files by their digest.

    :raises TypeError, ValueError, KeyError, ArithmeticError: it was not packed here.
    """
    values = {"kind": "", "stem": "", **packed}
    values["parts"] = tuple(part_of(part) for part in values.get("parts", ()))
    values["media"] = tuple(
        Medium(one["name"], one["content_type"], media[one["sha256"]], one["alt"]) for one in values.get("media", ())
    )
    texts = [value for name, value in values.items() if name in TEXTS]
    texts += [text for one in values["media"] for text in (one.name, one.content_type, one.alt)]
    numbers = (values.get("difficulty", 3), values.get("case_position") or 0)
    if not _all(str, texts) or not _all(int, numbers) or not isinstance(values.get("extras", {}), dict):
        raise TypeError("not a packed draft")
    return Draft(**values)


def _all(kind: type, values) -> bool:
    return all(type(value) is kind for value in values)


def _part(part: Part) -> dict:
    values = {name: getattr(part, name) for name in PART_DEFAULTS}
    return {
        name: str(value) if name in NUMBERS else value
        for name, value in values.items()
        if name == "position" or value != PART_DEFAULTS[name]
    }


def part_of(packed: Mapping) -> Part:
    """Return a part again."""
    values = {name: Decimal(value) if name in NUMBERS else value for name, value in packed.items()}
    part = Part(**values)
    places = (part.position, part.blank or 0)
    if (
        not _all(str, (part.text, part.match, part.feedback))
        or not _all(int, places)
        or not _all(bool, [part.is_right])
    ):
        raise TypeError("not a packed part")
    if not all(values.get(name, Decimal(0)).is_finite() for name in NUMBERS):
        raise ValueError("not a number")
    return part


def _medium(medium: Medium) -> dict:
    return {
        "name": medium.name,
        "content_type": medium.content_type,
        "alt": medium.alt,
        "sha256": sha256(medium.content),
    }


def sha256(content: bytes) -> str:
    """Return a file's digest."""
    return hashlib.sha256(content).hexdigest()


def files_of(drafts: Sequence[Draft]) -> dict[str, bytes]:
    """Return the files of drafts by their digest."""
    return {sha256(medium.content): medium.content for draft in drafts for medium in draft.media}


def digest(draft: Draft | None) -> str:
    """Return what tells a draft from others; of none the empty text."""
    if draft is None:
        return ""
    return hashlib.sha256(json.dumps(pack(draft), sort_keys=True).encode()).hexdigest()[:16]
