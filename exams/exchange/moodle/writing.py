"""Write Moodle XML. Each question is read back at once; what it does not say goes into an instruction of its own."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import replace

from exams.enums import QuestionKind
from exams.exchange import fills, weights
from exams.exchange.categories import category_for, category_of
from exams.exchange.reads import Malformed
from exams.exchange.residue import residue
from exams.exchange.texts import PLAIN, Texts, given_back, stem_given_back
from exams.exchange.xml import attribute, instruction, quoted, tree
from exams.rules.items import Draft

from . import cloze
from .reading import files_of, said_without
from .usual import HELD, LINE, TYPES, usual

NAME_LENGTH = 40


def write(drafts: Iterable[Draft]) -> bytes:
    """Return a Moodle XML file."""
    return "".join(_file(drafts)).encode()


def _file(drafts: Iterable[Draft]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    category = category_of("")
    for draft in drafts:
        own = category_for(draft.point, draft.extras)
        if own != category:
            yield f'<question type="category"><category>{_text(own)}</category></question>\n'
            category = own
        yield _question(draft, category)
    yield "</quiz>\n"


def _question(draft: Draft, category: str) -> str:
    type = _type(draft)
    body = "".join(_body(draft, type))
    line = residue(draft, _read_back(f'<question type="{type}">{body}</question>', category))
    return f'<question type="{type}">{instruction(LINE, line)}\n{body}</question>\n'


def _read_back(question: str, category: str) -> Draft | None:
    try:
        node = tree(question.encode())
    except Malformed:
        return None
    return said_without(node, category, Texts(files_of(node)))[0]


def _type(draft: Draft) -> str:
    if draft.kind == QuestionKind.FILL_IN:
        if len({part.blank for part in draft.parts}) > 1:
            return "cloze"
        return "numerical" if fills.is_numerical(fills.answers_of(draft.parts)) else "shortanswer"
    return TYPES.get(draft.kind, "description")


def _body(draft: Draft, type: str) -> Iterator[str]:
    yield f"<name>{_text(draft.title or draft.code or draft.stem[:NAME_LENGTH])}</name>\n"
    if type == "cloze":
        text = cloze.written(draft.stem, draft.parts, draft.extras.get("cloze"))
        yield _stem(replace(draft, stem=text))
    else:
        yield _stem(draft)
    yield _formatted(draft, "generalfeedback", "explanation", draft.explanation)
    code = draft.code or draft.extras.get("idnumber", "")
    yield f"<idnumber>{quoted(code)}</idnumber>\n" if isinstance(code, str) else ""
    yield from _settings(draft, type)
    yield from _ANSWERS[type](draft) if type in _ANSWERS else ()
    yield _tags(draft)


def _text(text: str) -> str:
    return f"<text>{quoted(text)}</text>"


def _stem(draft: Draft) -> str:
    text, format, files = stem_given_back(draft)
    named = {name: medium for _, name, medium in files}
    inside = "".join(
        f'<file name="{attribute(name)}" path="/" encoding="base64">{base64.b64encode(one.content).decode()}</file>'
        for name, one in named.items()
    )
    return f'<questiontext format="{format}">{_text(text)}{inside}</questiontext>\n'


def _formatted(draft: Draft, tag: str, name: str, text: str, inside: str = "", attrs: str = "") -> str:
    shown, format = given_back(draft, name, text)
    return f'<{tag}{attrs} format="{format}">{_text(shown)}{inside}</{tag}>\n'


def _settings(draft: Draft, type: str) -> Iterator[str]:
    """Give back what the question came with; else what is usual."""
    moodle = draft.extras.get("moodle")
    moodle = moodle if isinstance(moodle, dict) else {}
    values = moodle.get("values") if isinstance(moodle.get("values"), dict) else {}
    if type == "multichoice":
        yield f"<single>{'false' if draft.kind == QuestionKind.MULTIPLE_CHOICE else 'true'}</single>\n"
    for name, value in {**usual(type, len(draft.parts)), **values}.items():
        if isinstance(value, str) and name.isidentifier() and name.isascii() and name not in HELD:
            yield f"<{name}>{quoted(value)}</{name}>\n"
    more = moodle.get("more")
    yield from (f"{one}\n" for one in (more if isinstance(more, list) else ()) if _is_element(one))


def _is_element(text) -> bool:
    """Say whether a piece of XML is one element, whole, and none of those that are written here."""
    try:
        node = tree(text.encode()) if isinstance(text, str) else None
    except (Malformed, UnicodeError):
        return False
    return node is not None and node.tag not in HELD and "<?" not in text


def _tags(draft: Draft) -> str:
    tags = draft.extras.get("tags")
    names = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return f"<tags>{''.join(f'<tag>{_text(name)}</tag>' for name in names)}</tags>\n" if names else ""


def _answer(draft: Draft, place, text: str, fraction, feedback: str, inside: str = "", formatted: bool = True) -> str:
    share = f' fraction="{weights.shown(fraction)}"'
    said = _formatted(draft, "feedback", f"feedback.{place}", feedback) if feedback else ""
    if formatted:
        return _formatted(draft, "answer", f"text.{place}", text, said + inside, share)
    return f'<answer{share} format="{PLAIN}">{_text(text)}{said}{inside}</answer>\n'


def _choice(draft: Draft) -> Iterator[str]:
    for part, fraction in zip(draft.parts, weights.written(draft.kind, draft.parts), strict=True):
        yield _answer(draft, part.position, part.text, fraction, part.feedback)


def _true_false(draft: Draft) -> Iterator[str]:
    for part, text in zip(draft.parts, ("true", "false"), strict=False):
        fraction = weights.ALL if part.is_right else weights.NONE
        yield _answer(draft, part.position, text, fraction, part.feedback, formatted=False)


def _short(draft: Draft) -> Iterator[str]:
    for place, answer in enumerate((*fills.answers_of(draft.parts), *fills.wrong_of(draft.extras))):
        yield _answer(draft, place, answer.text, answer.fraction, answer.feedback, formatted=False)


def _numerical(draft: Draft) -> Iterator[str]:
    for place, one in enumerate((*fills.answers_of(draft.parts), *fills.wrong_of(draft.extras))):
        margin = f"<tolerance>{weights.shown(one.tolerance or weights.NONE)}</tolerance>"
        yield _answer(draft, place, one.text, one.fraction, one.feedback, margin, formatted=False)


def _matching(draft: Draft) -> Iterator[str]:
    for part in draft.parts:
        match = f"<answer>{_text(part.match)}</answer>"
        yield _formatted(draft, "subquestion", f"text.{part.position}", part.text, match)


def _ordering(draft: Draft) -> Iterator[str]:
    for place, part in enumerate(draft.parts, 1):
        yield _answer(draft, part.position, part.text, weights.number(str(place)), part.feedback)


_ANSWERS = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
}
