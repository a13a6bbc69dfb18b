"""Write GIFT. Each item is read back at once; what it does not say goes into a comment of its own."""

from collections.abc import Iterable

from exams.enums import QuestionKind
from exams.exchange import fills, pictures, weights
from exams.exchange.categories import category_for, category_of
from exams.exchange.reads import sayable
from exams.exchange.residue import residue
from exams.exchange.texts import AUTO, HTML, MARKDOWN, PLAIN, Texts, given_back, stem_given_back
from exams.rules.items import Draft
from exams.rules.scoring import Part

from .answers import USUAL_ORDER
from .grammar import BREAK, CATEGORY, blocks, escaped
from .reading import said_without

MARKS = {PLAIN: "[plain]", HTML: "[html]", MARKDOWN: "[markdown]", AUTO: "[moodle]"}


def write(drafts: Iterable[Draft]) -> bytes:
    """Return a GIFT file."""
    pieces, category = [], category_of("")
    for draft in drafts:
        own = category_for(draft.point, draft.extras)
        if own != category:
            pieces.append(f"{CATEGORY} {own}\n\n")
            category = own
        pieces.append(_item(draft, category) + "\n")
    return "".join(pieces).encode()


def _item(draft: Draft, category: str) -> str:
    text = sayable(_comments(draft) + _question(draft))
    line = residue(draft, _read_back(text, category))
    for name in ("id", "tag"):  # inside of a text of the line: Moodle looks for these marks in comments
        line = line.replace(f"[{name}:", f"\\u005b{name}:")
    return f"// [draft:{line}]\n{text}" if line else text


def _read_back(text: str, category: str) -> Draft | None:
    found = list(blocks(text))
    return said_without(found[0], category, Texts())[0] if len(found) == 1 else None


def _comments(draft: Draft) -> str:
    code = draft.code or draft.extras.get("idnumber", "")
    marks = [("id", code)] if isinstance(code, str) and code else []
    tags = draft.extras.get("tags")
    marks += [("tag", tag) for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    comments = draft.extras.get("comments")
    lines = [one for one in comments if _is_comment(one)] if isinstance(comments, list) else []
    if marks:
        lines.append(" ".join(f"[{name}:{_marked(value)}]" for name, value in marks))
    return "".join(f"// {line}\n" for line in lines)


def _is_comment(line) -> bool:
    return isinstance(line, str) and bool(line.strip()) and not BREAK.search(line) and "[" not in line


def _marked(value: str) -> str:
    return BREAK.sub(" ", value).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _question(draft: Draft) -> str:
    stem, format, files = stem_given_back(draft)
    for address, _, medium in sorted(files, key=lambda one: -len(one[0])):
        stem = stem.replace(address, pictures.inline(medium))
    title = f"::{escaped(draft.title)}::" if draft.title else ""
    body = _WRITERS[draft.kind](draft, format) if draft.kind in _WRITERS else ""
    explanation = f"\t####{_text(draft, 'explanation', draft.explanation, format)}\n" if draft.explanation else ""
    return f"{title}{MARKS[format]}{escaped(stem)}{{{body}{explanation}}}\n"


def _text(draft: Draft, name: str, text: str, usual: str) -> str:
    """Return a text of an item, with a mark where its format is not that of the stem."""
    shown, format = given_back(draft, name, text)
    needs_mark = format != usual or shown.lstrip().startswith("[")
    return (MARKS[format] if needs_mark and shown else "") + escaped(shown)


def _feedback(draft: Draft, part: Part, usual: str) -> str:
    return f"#{_text(draft, f'feedback.{part.position}', part.feedback, usual)}" if part.feedback else ""


def _choice(draft: Draft, format: str) -> str:
    several = draft.kind == QuestionKind.MULTIPLE_CHOICE
    lines = []
    for part, fraction in zip(draft.parts, weights.written(draft.kind, draft.parts), strict=True):
        sign = "=" if fraction == weights.ALL and not several else "~"
        weight = f"%{weights.shown(fraction)}%" if sign == "~" and fraction else ""
        text = _text(draft, f"text.{part.position}", part.text, format)
        lines.append(f"\t{sign}{weight}{text}{_feedback(draft, part, format)}\n")
    return "\n" + "".join(lines)


def _true_false(draft: Draft, format: str) -> str:
    if len(draft.parts) != 2:
        return ""
    right = draft.parts[0] if draft.parts[0].is_right else draft.parts[1]
    wrong = draft.parts[1] if right is draft.parts[0] else draft.parts[0]
    said = "TRUE" if right is draft.parts[0] else "FALSE"
    first, second = _feedback(draft, wrong, format), _feedback(draft, right, format)
    return said + (first or ("#" if second else "")) + second


def _matching(draft: Draft, format: str) -> str:
    lines = [
        f"\t={_text(draft, f'text.{part.position}', part.text, format)} -> {escaped(part.match)}\n"
        for part in draft.parts
    ]
    return "\n" + "".join(lines)


def _ordering(draft: Draft, format: str) -> str:
    head = draft.extras.get("ordering")
    if not (isinstance(head, list) and len(head) == 4 and all(isinstance(one, str) and one.isascii() for one in head)):
        head = ["", *USUAL_ORDER]
    count = head[0] or str(len(draft.parts))
    lines = [f"\t{_text(draft, f'text.{part.position}', part.text, format)}\n" for part in draft.parts]
    return f">{count} {' '.join(head[1:])}\n" + "".join(lines)


def _fill_in(draft: Draft, format: str) -> str:
    answers = fills.answers_of(draft.parts)
    wrong = fills.wrong_of(draft.extras)
    if fills.is_numerical(answers):
        lines = [
            _line(draft, place, one, format, f":{weights.shown(one.tolerance)}") for place, one in enumerate(answers)
        ]
        last = [f"\t~{_feedback_of(draft, 'wrong', one, format)}\n" for one in wrong[:1]]
        return "#\n" + "".join(lines + last)
    everything = [*answers, *wrong]
    return "\n" + "".join(_line(draft, place, one, format) for place, one in enumerate(everything))


def _line(draft: Draft, place: int, answer: fills.Answer, format: str, more: str = "") -> str:
    weight = f"%{weights.shown(answer.fraction)}%" if answer.fraction != weights.ALL else ""
    text = escaped(answer.text)
    if answer.text.lstrip().startswith(("[", "%")):
        weight, text = weight or "%100%", MARKS[PLAIN] + text
    return f"\t={weight}{text}{more}{_feedback_of(draft, place, answer, format)}\n"


def _feedback_of(draft: Draft, place, answer: fills.Answer, format: str) -> str:
    return f"#{_text(draft, f'feedback.{place}', answer.feedback, format)}" if answer.feedback else ""


_WRITERS = {
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.FILL_IN: _fill_in,
}
