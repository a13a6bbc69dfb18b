"""Texts with a format: taken in as plain text, the original kept, and given back as long as nobody changed the text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from exams.rules.items import Draft, Medium

from . import markup, pictures
from .reads import Reason, said

PLAIN, HTML, AUTO, MARKDOWN = "plain_text", "html", "moodle_auto_format", "markdown"
FORMATS = (PLAIN, HTML, AUTO, MARKDOWN)
SIGNS = re.compile(r"[<&\n]|  ")  # what HTML reads otherwise
ACTIVE = re.compile(r"<(?:script|iframe|object|embed|form)\b|\son\w+\s*=|javascript:", re.IGNORECASE)  # never given on
PLACE = "@@PLUGINFILE@@/"


@dataclass
class Texts:
    """Collects the texts of one item: what they say, their originals, the pictures of the stem, and doubts.

    ``files`` are those of the item by the address that its HTML names them by. ``written`` says how a text without an
    original would be written as HTML: what looks like that needs none.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    media: list[Medium] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    refusals: list[Reason] = field(default_factory=list)
    written: Callable[[str, str, list[Medium]], str | None] | None = None

    def take(self, name: str, text: str, format: str = PLAIN) -> str:
        """Return what the text of the field ``name`` says."""
        if format == PLAIN or not text:
            return text
        if format == MARKDOWN or (format == AUTO and not markup.has_markup(text)):
            self.formats[name] = format
            return text
        return self._html(name, text, format)

    def _html(self, name: str, text: str, format: str) -> str:
        text, inline = pictures.lifted(text)
        said_plainly = _shown(text, format)
        media = [self._medium(one, {**self.files, **inline}) for one in said_plainly.pictures]
        found = [one for one in media if one]
        if said_plainly.lost:
            self.doubts.append(said("markup_lost", elements=", ".join(said_plainly.lost)))
        if len(found) < len(media):
            self.doubts.append(said("picture_missing"))
        if found and name != "stem":
            (self.refusals if name.startswith(("text", "match")) else self.doubts).append(said("picture_outside_stem"))
        if name == "stem":
            self.media += found
        usual = (self.written or _with_media)(name, said_plainly.text, found)
        if text == usual and format == HTML:
            return said_plainly.text
        if ACTIVE.search(text):
            return said_plainly.text
        if text != said_plainly.text:
            self.originals[name] = text
        if format != HTML or text == said_plainly.text:
            self.formats[name] = format
        return said_plainly.text

    def _medium(self, one: markup.Picture, files: Mapping[str, bytes]) -> Medium | None:
        address = address_of(one.src)
        content = files.get(address)
        return pictures.medium(address.rpartition("/")[2], content, one.alt) if content is not None else None

    def extras(self) -> dict:
        """Return what a draft keeps of the originals."""
        kept = {"html": self.originals, "formats": self.formats}
        return {name: value for name, value in kept.items() if value}


def _with_media(name: str, text: str, media: list[Medium]) -> str | None:
    """Moodle and GIFT take plain text as it is; HTML is written for media only."""
    return as_html(text, media) if name == "stem" and media else None


def as_html(text: str, media) -> str:
    """Return a stem and its media as HTML that names their files."""
    shown = [
        (one, markup.Picture(PLACE + name, one.alt)) for one, name in zip(media, pictures.names_of(media), strict=True)
    ]
    films = [picture for one, picture in shown if one.content_type.startswith(pictures.FILM)]
    stills = [picture for one, picture in shown if not one.content_type.startswith(pictures.FILM)]
    return markup.html(text, stills, films)


def address_of(src: str) -> str:
    """Return the name of the file that HTML shows."""
    return unquote(src.removeprefix(PLACE).split("?")[0])


def given_back(draft: Draft, name: str, text: str) -> tuple[str, str]:
    """Return a text and its format as they came, if the text is still the same; else as plain text."""
    formats, originals = _dict(draft, "formats"), _dict(draft, "html")
    format = formats.get(name, HTML if name in originals else PLAIN)
    original = originals.get(name)
    if isinstance(original, str) and format in (HTML, AUTO):
        shown = _shown(original, format)
        if shown.text == text and (name != "stem" or len(_own(shown)) == len(draft.media)):
            return original, format
    elif original is None and (format == MARKDOWN or (format in (HTML, AUTO) and not SIGNS.search(text))):
        return text, format
    return text, PLAIN


def stem_given_back(draft: Draft) -> tuple[str, str, list[tuple[str, str, Medium]]]:
    """Return the stem, its format, and its files: the address the stem names each by, a file name, the file."""
    text, format = given_back(draft, "stem", draft.stem)
    if format == PLAIN and draft.media:
        names = pictures.names_of(draft.media)
        files = [(PLACE + name, name, one) for name, one in zip(names, draft.media, strict=True)]
        return as_html(draft.stem, draft.media), HTML, files
    if format in (HTML, AUTO) and draft.media:
        shown = _own(_shown(text, format))
        return (
            text,
            format,
            [(one.src, address_of(one.src), each) for one, each in zip(shown, draft.media, strict=True)],
        )
    return text, format, []


def _shown(original: str, format: str) -> markup.Plain:
    return markup.plain(original.replace("\n", "<br/>") if format == AUTO else original)


def _own(shown: markup.Plain) -> list[markup.Picture]:
    """Return the pictures that came with the file; those of other sites stayed there."""
    return [one for one in shown.pictures if not one.src.startswith(("http:", "https:", "//", "data:"))]


def _dict(draft: Draft, name: str) -> dict:
    found = draft.extras.get(name)
    return found if isinstance(found, dict) else {}
