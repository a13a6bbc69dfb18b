"""Read one item of QTI."""

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from exams.enums import ItemVerdict
from exams.exchange import markup
from exams.exchange.moodle.usual import LINE
from exams.exchange.reads import Malformed, Read, judged, said, unreadable
from exams.exchange.residue import UNSAID, restored
from exams.exchange.texts import HTML, PLACE, Texts, as_html
from exams.exchange.xml import Node, decoded, tree
from exams.rules.items import CODE, Draft, Medium

from . import interactions
from .names import normalised
from .responses import is_plain, responses

OURS = "xhyj."  # what our identifiers begin with; behind it stands the code
GAP = "____"
DROPPED = ("rubricBlock", "stylesheet", "infoControl")
SAID_ELSEWHERE = (*UNSAID, "point")  # a code is said by identifiers of ours


def read(data: bytes, files: Mapping[str, bytes], where: str = "") -> Read:
    """Return the item of one file; ``files`` are those of its package by their path.

    :raises Malformed: it is no XML, or no item.
    """
    root = tree(data)
    line = next((content for name, content in root.notes if name == LINE), "")
    item = normalised(root)
    if item.tag != "assessmentItem":
        raise Malformed("not_this_format", item.line, where)
    place = {"first": item.line, "last": item.last, "raw": decoded(data).decode(), "where": where}
    texts = Texts()
    native, fault = said_without(item, files, where, texts)
    draft = restored(line, native, unsaid=SAID_ELSEWHERE)
    if fault and draft == native:
        return unreadable(fault.code, **place, **fault.params)
    if texts.refusals:
        return replace(judged(draft, **place, doubts=texts.refusals), verdict=ItemVerdict.UNREADABLE)
    return judged(draft, **place, doubts=texts.doubts if draft == native else ())


def said_without(item: Node, files: Mapping[str, bytes], where: str, texts: Texts):
    """Return what an item says without our own line, and what is wrong with it."""
    texts.written = usual
    texts.files = _localised(item, files, posixpath.dirname(where))
    body = item.first("itemBody") or Node("itemBody")
    if any(_dropped(body)):
        texts.doubts.append(said("rubric"))
    found = interactions.interactions(body)
    kind, parts, more, fault = "", (), {}, None
    try:
        kind, parts, more = interactions.read(found, responses(item), texts)
        if not is_plain(item):
            texts.doubts.append(said("processing"))
    except interactions.NotHeld as error:
        fault = error
    identifier = item.attrs.get("identifier", "")
    code = identifier.removeprefix(OURS) if identifier.startswith(OURS) else ""
    code = "" if code.startswith(".") or not CODE.fullmatch(code) else code
    if not identifier.startswith(OURS):
        more = {**more, "identifier": identifier}
    feedback = item.first("modalFeedback")
    draft = Draft(
        kind=kind,
        stem=texts.take("stem", _stem(body), HTML),
        parts=parts,
        explanation=texts.take("explanation", _inside(feedback), HTML) if feedback else "",
        code=code,
        title=item.attrs.get("title", ""),
        media=tuple(texts.media),
        extras={"qti": more} if more else {},
    )
    return replace(draft, extras={**texts.extras(), **draft.extras}), fault


def usual(name: str, text: str, media: list[Medium]) -> str:
    """Return how a text without an original is written in QTI."""
    if name in ("stem", "explanation"):
        return as_html(text, media)
    return markup.escape(text, quote=False).replace("\n", "<br/>")


def _inside(feedback: Node) -> str:
    return (feedback.first("contentBody") or feedback).inner().strip()


def _stem(body: Node) -> str:
    """Return the body with the prompts and gaps in the place of the interactions."""
    return _without(body).inner().strip()


def _without(node: Node) -> Node:
    items: list = []
    for item in node.items:
        if isinstance(item, str):
            items.append(item)
        elif item.tag in ("textEntryInteraction", "inlineChoiceInteraction"):
            items.append(GAP)
        elif item.tag.endswith("Interaction"):
            prompt = item.first("prompt")
            items += [Node("p", items=_without(prompt).items)] if prompt else []
        elif item.tag not in DROPPED:
            items.append(_without(item))
    return replace(node, items=items)


def _dropped(body: Node):
    return body.within(*DROPPED)


def _localised(item: Node, files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """Let the HTML name its files as Moodle's does, and return them by those names."""
    found: dict[str, bytes] = {}
    for node in item.within("img", "video", "object", "source"):
        key = "data" if node.tag == "object" else "src"
        address = node.attrs.get(key, "")
        path = posixpath.normpath(posixpath.join(folder, unquote(address.split("?")[0])))
        if node.tag == "object" and node.attrs.get("type", "").startswith(("image/", "video/")):
            node.tag = "img" if node.attrs["type"].startswith("image/") else "video"
            node.attrs = {"src": address, "alt": node.text().strip()}
            node.items = []
        if path in files:
            name = posixpath.basename(path)
            while name in found and found[name] is not files[path]:
                name = f"x{name}"
            found[name] = files[path]
            node.attrs["src"] = PLACE + name
    return found
