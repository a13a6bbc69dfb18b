"""Read GIFT: blocks into drafts, with the comments and the category that stand before them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.sheets.texts import decoded
from exams.enums import ItemVerdict
from exams.exchange.categories import category_of, point_of
from exams.exchange.reads import Read, judged, skipped, unreadable
from exams.exchange.residue import restored
from exams.exchange.texts import AUTO, HTML, MARKDOWN, PLAIN, Texts
from exams.rules.items import CODE, Draft

from . import answers
from .grammar import CATEGORY, Block, blocks, masked, parted, unescaped

FORMATS = {"html": HTML, "plain": PLAIN, "markdown": MARKDOWN, "moodle": AUTO}
FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]")
MARK = re.compile(r"(?<!\\)\[(id|tag|draft):((?:\\.|[^\]\\])*)\]")
DRAFT = re.compile(r"\[draft:(.*)\]$")
GAP = "_____"  # what Moodle writes where the answer stands inside of a sentence


@dataclass(frozen=True)
class Notes:
    """What the comments of a block say: number, tags, our own line, and the rest as it is."""

    code: str = ""
    tags: tuple[str, ...] = ()
    line: str = ""
    comments: tuple[str, ...] = ()


def read(data: bytes) -> Iterator[Read]:
    """Yield the items of a GIFT file.

    :raises core.sheets.faults.Unreadable: it is no text.
    """
    category = ""
    for block in blocks(decoded(data)):
        while block.lines and (not block.lines[0] or block.lines[0].startswith(CATEGORY)):
            line = block.lines.pop(0)
            category = line[len(CATEGORY) :].strip() if line else category
        if block.text:
            yield read_block(block, category)
        elif block.comments:
            yield skipped("comment", first=block.first, last=block.last, raw="\n".join(block.raw))


def read_block(block: Block, category: str) -> Read:
    """Return the item of one block."""
    notes = _notes(block.comments)
    place = {"first": block.first, "last": block.last, "raw": "\n".join(block.raw)}
    texts = Texts()
    native, fault = said_without(block, category, texts)
    draft = restored(notes.line, native)
    if fault and draft == native:
        return unreadable(fault.code, **place, **fault.params)
    if texts.refusals:
        return replace(judged(draft, **place, doubts=texts.refusals), verdict=ItemVerdict.UNREADABLE)
    return judged(draft, **place, doubts=texts.doubts if draft == native else ())


def said_without(block: Block, category: str, texts: Texts) -> tuple[Draft | None, answers.NotAnswers | None]:
    """Return what a block says without our own line, and what is wrong with that."""
    try:
        return _draft(block.text, _notes(block.comments), category, texts)
    except answers.NotAnswers as error:
        return None, error


def _draft(text: str, notes: Notes, category: str, texts: Texts) -> tuple[Draft, answers.NotAnswers | None]:
    """Return what the text of a block says without our own line; if its answers say nothing, why.

    :raises answers.NotAnswers: no question at all.
    """
    title, text = _title(text)
    before, body, behind = _braces(text)
    if body is None:
        raise answers.NotAnswers("description")
    stem = f"{before}{GAP}{behind}" if behind else before
    bare, format = marked(stem, AUTO)
    body, general = parted(body, "####", last=True)
    kind, parts, more, fault = "", (), {}, None
    try:
        kind, parts, more = answers.read(body.strip(), texts, format, unescaped(bare))
    except answers.NotAnswers as error:
        fault = error
    stem = texts.take("stem", unescaped(bare), _unmarked(stem, format, bare))
    draft = Draft(
        kind=kind,
        stem=stem,
        parts=parts,
        explanation=taken(texts, "explanation", general, format) if general else "",
        code=notes.code if CODE.fullmatch(notes.code) else "",
        title=title,
        point=point_of(category) if category else "",
        media=tuple(texts.media),
        extras={**_extras(notes, category), **more},
    )
    return replace(draft, extras={**texts.extras(), **draft.extras}), fault


def _extras(notes: Notes, category: str) -> dict:
    """Return what the comments and the category say beyond a draft."""
    said = {
        "tags": list(notes.tags),
        "comments": list(notes.comments),
        "category": "" if category == category_of(point_of(category)) else category,
        "idnumber": "" if CODE.fullmatch(notes.code) else notes.code,
    }
    return {name: value for name, value in said.items() if value}


def marked(text: str, default: str) -> tuple[str, str]:
    """Return a text without the mark of its format, and the format."""
    found = FORMAT.match(text)
    return (text[found.end() :], FORMATS[found[1]]) if found else (text, default)


def taken(texts: Texts, name: str, text: str, default: str) -> str:
    """Return an escaped text with or without a mark as plain text."""
    plain, format = marked(text, default)
    return texts.take(name, unescaped(plain), _unmarked(text, format, plain))


def _unmarked(text: str, format: str, plain: str) -> str:
    """A text without a mark is Moodle's own format; only HTML in it is worth to be remembered."""
    from exams.exchange.markup import has_markup

    bare = format == AUTO and text == plain
    return PLAIN if bare and not has_markup(unescaped(plain)) else format


def _title(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    title, rest = parted(text[2:], "::")
    return ("", text[2:]) if rest is None else (unescaped(title), rest.strip())


def _braces(text: str) -> tuple[str, str | None, str]:
    """Return what stands before, in and behind the braces.

    :raises answers.NotAnswers: one of them is missing.
    """
    mask = masked(text)
    opens, closes = mask.find("{"), mask.find("}")
    if opens < 0 and closes < 0:
        return text, None, ""
    if opens < 0 or closes < opens:
        raise answers.NotAnswers("braces")
    return text[:opens], text[opens + 1 : closes], text[closes + 1 :]


def _notes(comments: list[str]) -> Notes:
    code, tags, line, rest = "", [], "", []
    for comment in comments:
        own = DRAFT.match(comment)
        if own:
            line = own[1]
            continue
        found = MARK.findall(comment)
        for name, value in found:
            value = re.sub(r"\\(.)", r"\1", value).strip()
            if name == "id":
                code = value
            elif name == "tag":
                tags.append(value)
        if not found:
            rest.append(comment)
        elif text := MARK.sub("", comment).strip():
            rest.append(text)
    return Notes(code, tuple(tags), line, tuple(rest))
