"""Read Moodle XML, one question at a time."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace

from exams.enums import ItemVerdict
from exams.exchange.categories import category_of, point_of
from exams.exchange.reads import Read, judged, said, unreadable
from exams.exchange.residue import restored
from exams.exchange.texts import AUTO, FORMATS, Texts
from exams.exchange.xml import Broken, Node, each
from exams.rules.items import CODE, Draft

from . import answers
from .usual import HELD, LINE, same, usual

MOST_FILE = 30_000_000  # characters of a file in base64


def read(data: bytes) -> Iterator[Read]:
    """Yield the questions of a Moodle XML file.

    :raises exams.exchange.reads.Malformed: it is none.
    """
    category = ""
    for found in each(data, "question", root="quiz"):
        if isinstance(found, Broken):
            yield unreadable(found.code, first=found.first, last=found.last, raw=found.raw, line=found.line)
            continue
        node, raw = found
        if node.attrs.get("type") == "category":
            category = words(node.first("category"))
            continue
        yield read_node(node, raw, category)


def read_node(node: Node, raw: str, category: str, **place) -> Read:
    """Return the item of one question."""
    place = {"first": node.line, "last": node.last, "raw": raw, **place}
    texts = Texts(files_of(node))
    native, fault = said_without(node, category, texts)
    draft = restored(next((content for name, content in node.notes if name == LINE), ""), native)
    if fault and draft == native:
        return unreadable(fault.code, **place, **fault.params)
    if texts.refusals:
        return replace(judged(draft, **place, doubts=texts.refusals), verdict=ItemVerdict.UNREADABLE)
    return judged(draft, **place, doubts=texts.doubts if draft == native else ())


def said_without(node: Node, category: str, texts: Texts) -> tuple[Draft, answers.NotHeld | None]:
    """Return what a question says without our own line, and what is wrong with it."""
    kind, parts, more, fault, stem = "", (), {}, None, None
    type = node.attrs.get("type", "")
    try:
        kind, parts, more, stem = answers.read(type, node, texts)
    except answers.NotHeld as error:
        fault = error
    if stem is None:
        stem = formatted(texts, "stem", node.first("questiontext"))
    code = words(node.first("idnumber"))
    draft = Draft(
        kind=kind,
        stem=stem,
        parts=parts,
        explanation=formatted(texts, "explanation", node.first("generalfeedback")),
        code=code if CODE.fullmatch(code) else "",
        title=words(node.first("name")),
        point=point_of(category),
        media=tuple(texts.media),
        extras={**_extras(node, type, category, code), **more},
    )
    return replace(draft, extras={**texts.extras(), **draft.extras}), fault


def words(node: Node | None) -> str:
    """Return the text of an element that may hold it in a ``text`` of its own."""
    inner = node.first("text") if node else None
    return (inner or node).own_text().strip() if node else ""


def formatted(texts: Texts, name: str, node: Node | None) -> str:
    """Return an element with a format as plain text."""
    inner = node.first("text") if node else None
    text = inner.text() if inner else (node.own_text().strip() if node else "")
    format = node.attrs.get("format", "") if node else ""
    return texts.take(name, text, format if format in FORMATS else AUTO)


def files_of(node: Node) -> Mapping[str, bytes]:
    files = {}
    for file in node.within("file"):
        text = file.own_text()
        path = file.attrs.get("path", "/").strip("/")
        name = f"{path}/{file.attrs.get('name', '')}" if path else file.attrs.get("name", "")
        try:
            files[name] = base64.b64decode("".join(text[:MOST_FILE].split()), validate=True)
        except (binascii.Error, ValueError):
            continue
    return files


def _extras(node: Node, type: str, category: str, code: str) -> dict:
    """Return what Moodle says beyond a draft."""
    expected = usual(type, len(node.all("answer")))
    values, more = {}, []
    for child in (item for item in node.items if isinstance(item, Node) and item.tag not in HELD):
        if any(isinstance(item, Node) for item in child.items) or child.attrs or not child.items:
            more.append(child.outer())
        elif child.tag not in expected or not same(child.text(), expected[child.tag]):
            values[child.tag] = child.text()
    tags = [words(tag) for one in node.all("tags") for tag in one.all("tag")]
    moodle = {name: value for name, value in {"values": values, "more": more}.items() if value}
    kept = {
        "moodle": moodle,
        "tags": tags,
        "category": "" if category == category_of(point_of(category)) else category,
        "idnumber": "" if CODE.fullmatch(code) else code,
    }
    return {name: value for name, value in kept.items() if value}


def doubt(texts: Texts, code: str) -> None:
    """Note a doubt."""
    texts.doubts.append(said(code))
