"""HTML of other systems as the plain text of a stem, and plain text as HTML. What has no plain form is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

BLOCKS = {"p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}
CELLS = {"td", "th"}
SILENT = {"script", "style", "head", "title"}
LOST = {"table", "math", "svg", "audio", "iframe", "object", "embed", "canvas", "form", "input", "select", "script"}
PICTURES = {"img", "video"}
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
BLANK = "____"
SPACES = re.compile(r"[ \t\n\r\f]+")
NAMES = (
    "p br b i u s strong em sub sup img span div table thead tbody tr td th ul ol li a font h[1-6] tt code pre hr "
    "video audio center small big blockquote dl dt dd"
)
TAG = re.compile(rf"</?(?:{'|'.join(NAMES.split())})(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-f]+|\w{{2,8}});", re.IGNORECASE)
LONGEST = 100_000  # characters looked at; no stem has a tenth of it


@dataclass(frozen=True)
class Picture:
    """A picture or film that the HTML shows."""

    src: str
    alt: str


@dataclass(frozen=True)
class Plain:
    """What HTML says as text; ``lost`` names the elements that it says more with."""

    text: str
    pictures: tuple[Picture, ...] = ()
    lost: tuple[str, ...] = ()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[Picture] = []
        self.lost: dict[str, None] = {}
        self.silent = 0
        self.held: list[tuple[str, int]] = []  # sub, sup and u, with the place where they began

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self.silent += 1
        if tag in LOST:
            self.lost[tag] = None
        if tag in PICTURES:
            self.pictures.append(Picture(values.get("src", ""), values.get("alt", values.get("title", ""))))
        if tag == "br":
            self.parts.append("\n")
        elif tag in BLOCKS:
            self.parts.append("\0")
        elif tag in CELLS:
            self.parts.append("\1")
        if tag in ("sub", "sup", "u"):
            self.held.append((tag, len(self.parts)))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag in SILENT:
            self.silent -= 1

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in BLOCKS:
            self.parts.append("\0")
        if tag in ("sub", "sup", "u") and any(name == tag for name, _ in self.held):
            while self.held:
                name, place = self.held.pop()
                self.parts[place:] = [_marked(name, "".join(self.parts[place:]))]
                if name == tag:
                    break

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(SPACES.sub(" ", data.replace("\0", "").replace("\1", "")))


def _marked(tag: str, text: str) -> str:
    if tag == "u":
        return BLANK if text and not text.strip(" \xa0_\n\0\1") else text
    if not text.strip():
        return ""
    table = RAISED if tag == "sup" else LOWERED
    if all(ord(sign) in table for sign in text.strip()):
        return text.strip().translate(table)
    return f"{'^' if tag == 'sup' else '_'}{{{text}}}"


def plain(html: str) -> Plain:
    """Return what the HTML says: paragraphs and breaks as lines, sub- and superscripts as Unicode or ``_{…}``."""
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    text = re.sub(r"\0[ \0]*", "\0", "".join(reader.parts)).strip("\0\1\n ")
    text = re.sub(" *\1 *", " | ", text.replace("\0\1", "\0").replace("\0", "\n"))
    lines = [re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n")]
    return Plain("\n".join(lines).replace("\xa0", " ").strip(), tuple(reader.pictures), tuple(reader.lost))


def has_markup(text: str) -> bool:
    """Say whether somebody wrote HTML here."""
    return bool(TAG.search(text))


def html(text: str, pictures: Sequence[Picture] = (), films: Sequence[Picture] = ()) -> str:
    """Return plain text as a paragraph of HTML, its pictures and films below."""
    shown = "".join(f'<img src="{escape(one.src)}" alt="{escape(one.alt)}"/>' for one in pictures)
    shown += "".join(f'<video src="{escape(one.src)}" title="{escape(one.alt)}"></video>' for one in films)
    return f"<p>{escape(text, quote=False).replace(chr(10), '<br/>')}</p>{shown}"
