"""XML as nodes that know their line: no document type, no entity, nothing from outside, no bottomless nesting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .reads import Malformed, sayable

DEEPEST = 60
PIECE = 1 << 16
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]{1,20})["']""")
VOID = {"br", "img", "hr", "input", "col", "source", "wbr"}


@dataclass
class Node:
    """An element: ``items`` are its texts and elements in order, ``notes`` its processing instructions."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    items: list = field(default_factory=list)
    line: int = 0
    last: int = 0
    start: int = 0
    end: int = 0
    notes: list = field(default_factory=list)

    def all(self, *tags: str) -> list["Node"]:
        """Return the children with these names."""
        return [item for item in self.items if isinstance(item, Node) and item.tag in tags]

    def first(self, *tags: str) -> "Node | None":
        """Return the first child with one of these names."""
        return next(iter(self.all(*tags)), None)

    def within(self, *tags: str) -> Iterator["Node"]:
        """Yield all below with these names, in the order of the file."""
        for item in self.items:
            if isinstance(item, Node):
                if item.tag in tags:
                    yield item
                yield from item.within(*tags)

    def own_text(self) -> str:
        """Return the text that stands directly in it."""
        return "".join(item for item in self.items if isinstance(item, str))

    def text(self) -> str:
        """Return all text in it."""
        return "".join(item if isinstance(item, str) else item.text() for item in self.items)

    def inner(self) -> str:
        """Return what stands in it as XHTML."""
        return "".join(escape(item, quote=False) if isinstance(item, str) else item.outer() for item in self.items)

    def outer(self) -> str:
        """Return it as XHTML."""
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in self.attrs.items())
        inner = self.inner()
        return f"<{self.tag}{attrs}/>" if not inner and self.tag in VOID else f"<{self.tag}{attrs}>{inner}</{self.tag}>"


@dataclass(frozen=True)
class Broken:
    """A stretch of the file that is no XML."""

    code: str
    line: int  # where it broke
    first: int
    last: int
    raw: str


def decoded(data: bytes) -> bytes:
    """Return XML as UTF-8, by its mark or by what it declares.

    :raises Malformed: it is in neither.
    """
    from core.sheets.texts import MARKS

    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    declared = DECLARED.search(data[:200])
    names = [marked] if marked else [declared[1].decode() if declared else "utf-8", "utf-8", "gb18030"]
    for name in names:
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name).encode()
        except (UnicodeError, LookupError):
            continue
    raise Malformed("encoding")


class _Builder:
    """Builds nodes; those called ``wanted`` right below the root are handed out, not kept."""

    def __init__(self, wanted: str = "", at: int = 0):
        self.wanted, self.at, self.stack, self.done, self.root = wanted, at, [], [], None
        self.parser = None

    def start(self, tag: str, attrs: dict) -> None:
        line = self.parser.CurrentLineNumber + self.at
        if len(self.stack) >= DEEPEST:
            raise Malformed("xml_deep", line)
        named = {_local(name): value for name, value in attrs.items()}
        node = Node(_local(tag), named, line=line, start=self.parser.CurrentByteIndex)
        if self.root is None:
            self.root = node
        elif self.stack and not (self.wanted == node.tag and len(self.stack) == 1):
            self.stack[-1].items.append(node)
        self.stack.append(node)

    def end(self, tag: str) -> None:
        node = self.stack.pop()
        node.last, node.end = self.parser.CurrentLineNumber + self.at, self.parser.CurrentByteIndex
        if node.tag == self.wanted and len(self.stack) == 1:
            self.done.append(node)

    def data(self, text: str) -> None:
        if self.stack:
            items = self.stack[-1].items
            if len(self.stack) == 1 and self.wanted:
                return
            if items and isinstance(items[-1], str):
                items[-1] += text
            else:
                items.append(text)

    def pi(self, target: str, data: str = "") -> None:
        if self.stack:
            self.stack[-1].notes.append((target, data))

    def close(self) -> Node | None:
        return self.root


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _parser(builder: _Builder) -> DefusedXMLParser:
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    builder.parser = parser.parser
    return parser


def tree(data: bytes) -> Node:
    """Return the root of a small file.

    :raises Malformed: it is no XML, with the line.
    """
    builder = _Builder()
    parser = _parser(builder)
    try:
        parser.feed(decoded(data))
        parser.close()
    except ParseError as error:
        raise Malformed("xml", error.position[0]) from error
    except DefusedXmlException as error:
        raise Malformed("xml_dtd", builder.parser.CurrentLineNumber) from error
    if builder.root is None:
        raise Malformed("xml", 1)
    return builder.root


def each(data: bytes, tag: str, *, root: str) -> Iterator[tuple[Node, str] | Broken]:
    """Yield the elements called ``tag`` below the root with their text, one at a time.

    Where the XML breaks, what cannot be read is given as it is, and reading goes on with the next element.

    :raises Malformed: it begins as no such file, or brings a document type.
    """
    data = decoded(data)
    opening = re.compile(rf"<{tag}[\s>]".encode())
    at, line = 0, 0
    while True:
        head = b"" if at == 0 else f"<{root}>".encode()
        broken = yield from _stretch(head, data, at, line, tag, root)
        if broken is None:
            return
        code, broke_at, start = broken
        following = opening.search(data, start + 1)
        stop = following.start() if following else len(data)
        raw = data[start:stop]
        first = 1 + line + data.count(b"\n", at, start)
        if raw.strip() and (start or not following):
            yield Broken(code, broke_at, first, first + raw.rstrip().count(b"\n"), raw.decode(errors="replace").strip())
        if not following:
            return
        at, line = stop, line + data.count(b"\n", at, stop)


def _stretch(head: bytes, data: bytes, at: int, line: int, tag: str, root: str):
    """Yield elements until the XML breaks; return why, in which line, and where the broken element begins."""
    builder = _Builder(tag, line)
    parser = _parser(builder)
    shift = at - len(head)
    reached = at
    try:
        parser.feed(head) if head else None
        for place in range(at, len(data), PIECE):
            parser.feed(data[place : place + PIECE])
            if builder.root is not None and builder.root.tag != root:
                raise Malformed("not_this_format", builder.root.line)
            for node in builder.done:
                reached = _end(data, node.end + shift)
                yield node, data[node.start + shift : reached].decode()
            builder.done.clear()
        parser.close()
    except ParseError as error:
        for node in builder.done:
            reached = _end(data, node.end + shift)
            yield node, data[node.start + shift : reached].decode()
        return _where(builder, data, reached, ("xml", error.position[0] + line, tag))
    except DefusedXmlException as error:
        raise Malformed("xml_dtd", builder.parser.CurrentLineNumber + line) from error
    except Malformed as fault:
        if fault.code != "xml_deep":
            raise
        return _where(builder, data, reached, ("xml_deep", fault.line, tag))
    return None


def _end(data: bytes, close: int) -> int:
    return data.find(b">", close) + 1 or len(data)


def _where(builder: _Builder, data: bytes, reached: int, why: tuple) -> tuple[str, int, int] | None:
    """Return the beginning of what broke; nothing where only white space and the root's end are left."""
    code, line, tag = why
    if builder.root is None or (reached == 0 and not re.search(rf"<{tag}[\s>]".encode(), data)):
        raise Malformed(code, line)
    rest = data[reached:]
    if re.fullmatch(rb"\s*(</[\w:]+>)?\s*", rest) and not builder.stack[1:]:
        return None
    return code, line, reached


def quoted(text: str) -> str:
    """Return text for between tags."""
    return escape(sayable(text), quote=False).replace("\r", "&#13;")


def attribute(text: str) -> str:
    """Return text for an attribute."""
    return escape(sayable(text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def instruction(name: str, content: str) -> str:
    """Return a processing instruction; the content is JSON in ASCII, so that ``?>`` can be written otherwise."""
    return f"<?{name} {content.replace('>', chr(92) + 'u003e')}?>" if content else ""
