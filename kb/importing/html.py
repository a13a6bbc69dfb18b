"""HTML: saved pages and what is copied out of WeChat; read as a stream, so that no nesting is too deep."""

import re
from html.parser import HTMLParser

from core.sheets.texts import decoded

from .blocks import Kind, Reading, is_heading, table

BLOCKS = {"p", "div", "section", "article", "blockquote", "pre", "ul", "ol", "dl", "dt", "dd", "figure", "figcaption"}
BLOCKS |= {"hr", "br", "main", "header", "footer", "center"}
HEADINGS = {"h1": Kind.TITLE, "h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING, "h5": Kind.HEADING}
SILENT = {"script", "style", "head", "noscript", "template", "nav", "svg", "select", "textarea", "button", "iframe"}
VOID = {"br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track", "param"}
NOT_READ = dict.fromkeys(("img", "svg"), "pictures") | {"math": "formulas"}
NOT_READ |= dict.fromkeys(("video", "audio", "iframe", "mpvoice", "mpvideo"), "films")
CELLS = {"td", "th"}
BREAKS = {*BLOCKS, *HEADINGS, "li"}
DEEPEST = 5000
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
WECHAT = re.compile(r"""id\s*=\s*["']js_content["']""")
TITLES = (
    re.compile(r"""id\s*=\s*["']activity-name["'][^>]*>\s*([^<]+?)\s*<""", re.DOTALL),
    re.compile(r"""<meta[^>]+property\s*=\s*["']og:title["'][^>]+content\s*=\s*["']([^"']+)["']"""),
    re.compile(r"<title[^>]*>\s*([^<]+?)\s*</title>", re.DOTALL | re.IGNORECASE),
)


def read(data: bytes) -> Reading:
    """Return the blocks of a page; of a WeChat article only what stands in it, not what is around it.

    :raises Unreadable: it is no text, or too long.
    """
    page = decoded(data)
    parser = _Parser(only_content=bool(WECHAT.search(page)))
    parser.feed(page)
    parser.close()
    parser.end_paragraph()
    reading = parser.reading
    title = next((match[1].strip() for one in TITLES if (match := one.search(page[:500_000]))), "")
    if title and not any(block.kind is Kind.TITLE for block in reading.blocks):
        reading.head["title"] = title
    return reading


class _Parser(HTMLParser):
    """Feeds paragraphs into a reading; ``open`` holds the open elements, each with whether it is bold."""

    def __init__(self, *, only_content: bool):
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self.open: list[tuple[str, bool]] = []
        self.content: int | None = None if only_content else 0  # how many elements the content stands in
        self.silent = 0
        self.parts: list[str] = []
        self.kind: Kind | None = None
        self.is_bold = True
        self.lists: list[str] = []
        self.rows: list[list[str]] | None = None

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if values.get("id") == "js_content" and self.content is None:
            self.content = len(self.open)
        reads = self.content is not None and not self.silent
        if tag in NOT_READ and reads:
            self.reading.lose(NOT_READ[tag])
        if tag not in VOID and len(self.open) < DEEPEST:
            bold = tag in ("strong", "b") or bool(BOLD.search(values.get("style", "")))
            self.open.append((tag, bold))
            self.silent += tag in SILENT
        if reads and tag not in SILENT:
            self._begin(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not any(name == tag for name, _bold in self.open):
            return
        while self.open:
            name, _bold = self.open.pop()
            if name in SILENT:
                self.silent -= 1
            elif self.content is not None and not self.silent:
                self._end(name)
            if self.content and len(self.open) == self.content:
                self.end_paragraph()
                self.content = None
            if name == tag:
                break

    def _begin(self, tag: str) -> None:
        if self.rows is not None:
            if tag == "tr" or (tag in CELLS and not self.rows):
                self.rows.append([])
            if tag in CELLS:
                self.rows[-1].append("")
        elif tag == "table":
            self.end_paragraph()
            self.rows = []
        elif tag in BREAKS:
            self.end_paragraph()
            if tag in ("ul", "ol"):
                self.lists.append(tag)
            elif tag == "li":
                self.kind = Kind.STEP if self.lists[-1:] == ["ol"] else Kind.BULLET
            elif tag in HEADINGS:
                self.kind = HEADINGS[tag]

    def _end(self, tag: str) -> None:
        if tag == "table" and self.rows is not None:
            self.reading.add(Kind.TABLE, table(self.rows))
            self.rows = None
        elif self.rows is None and tag in BREAKS:
            self.end_paragraph()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            if tag in {"li", *HEADINGS}:
                self.kind = None

    def handle_data(self, data):
        if self.silent or self.content is None:
            return
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += data
            return
        self.parts.append(data)
        if data.strip() and not any(bold for _name, bold in self.open):
            self.is_bold = False

    def end_paragraph(self) -> None:
        """Put what was gathered into the reading."""
        text = " ".join("".join(self.parts).replace("\xa0", " ").replace("\u200b", "").split())
        kind, bold = self.kind, self.is_bold
        self.parts, self.is_bold = [], True
        if not text:
            return  # <li><p>…</p></li>: the item's text is still to come
        self.kind = None
        if kind:
            self.reading.add(kind, text)
        elif bold and is_heading(text, bold=True):
            self.reading.add(Kind.HEADING, text)
        else:
            self.reading.line(text)
