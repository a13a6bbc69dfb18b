"""What changed between two drafts of a question, in words and letters. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from .items import Draft
from .responses import LETTERS
from .scoring import Part

SAME, GONE, NEW = "same", "gone", "new"
FIELDS = {
    "title": _("Title"),
    "case_stem": _("Case"),
    "stem": _("Stem"),
    "parts": _("Options and key"),
    "explanation": _("Explanation"),
    "source": _("Source"),
    "media": _("Pictures and films"),
}


@dataclass(frozen=True)
class Change:
    """A field that differs; ``pieces`` are (same, gone or new; text) in reading order."""

    label: str
    pieces: tuple[tuple[str, str], ...]


def differences(old: Draft, new: Draft) -> list[Change]:
    """Return the fields that differ, in the order in which a question is read."""
    pairs = {name: (_text(old, name), _text(new, name)) for name in FIELDS}
    return [Change(FIELDS[name], tuple(pieces(*pair))) for name, pair in pairs.items() if pair[0] != pair[1]]


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the letters that stayed, went and came."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, old[a:b]
            continue
        if a < b:
            yield GONE, old[a:b]
        if c < d:
            yield NEW, new[c:d]


def _text(draft: Draft, name: str) -> str:
    if name == "parts":
        return "\n".join(part_line(part) for part in draft.parts)
    if name == "media":
        return "\n".join(f"{medium.name} ({medium.alt})" for medium in draft.media)
    return getattr(draft, name)


def part_line(part: Part) -> str:
    """Return an option as one line: its letter or blank, its text, whether it is right, share and feedback."""
    place = f"{part.blank + 1}." if part.blank is not None else f"{LETTERS[part.position]}."
    words = [place, part.text, f"→ {part.match}" if part.match else "", "✓" if part.is_right else ""]
    words += [f"±{part.tolerance.normalize():f}" if part.tolerance else ""]
    words += [
        f"{part.weight.normalize():f}%" if part.weight is not None else "",
        part.feedback and f"[{part.feedback}]",
    ]
    return " ".join(word for word in words if word)
