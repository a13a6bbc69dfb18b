"""How a file is cut into drafts: titles begin one, headings its sections, lists of questions become ways of asking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.rules import SOURCE_DATE, is_calls, is_source_date
from kb.text import has_chinese

from .blocks import Block, Kind, Reading
from .lists import Found

LONGEST_TITLE = LONGEST_QUESTION = 120
FIRST_HEADING = "马上这样做"
ASKED = re.compile(
    r"^(?:大家)?(?:常见)?(?:问法|怎么问|常见问题|问题|提问|相似问|how people ask|questions?)[:：]?$", re.IGNORECASE
)
LABELLED = re.compile(r"^(来源|依据|出处|source|日期|发布日期|发布时间|date)\s*[:：]\s*(.+)$", re.IGNORECASE)
MOST_PIECES = 300


@dataclass(frozen=True)
class Piece:
    """One draft to be: ``body`` is Markdown, ``fields`` what the file says besides, ``doubts`` what to look at."""

    title: str
    body: str
    questions: tuple[str, ...] = ()
    fields: dict = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    place: str = ""


def cut(reading: Reading, *, name: str) -> list[Piece]:
    """Return the drafts in what a reader found, with ``name`` (the file's) where nothing else is a title."""
    parts: list[list[Block]] = [[]]
    for block in reading.blocks:
        if block.kind is Kind.TITLE and any(one.kind is not Kind.TITLE for one in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    parts = [part for part in parts if part]
    titles = _titled(parts)
    pieces = [_piece(part, reading.head if len(parts) == 1 else {}, name, titles) for part in parts]
    return [checked(piece) for piece in pieces if piece.body or piece.questions][: MOST_PIECES + 1]


def cut_list(found: Found) -> list[Piece]:
    """Return the drafts in a table of questions: lines of one title, or of one answer, belong together."""
    groups: dict[tuple[str, str], list] = {}
    for row in found.rows:
        key = row.values.get("title") or row.values.get("answer") or f"#{row.sheet} {row.number}"
        groups.setdefault((row.sheet, key), []).append(row)
    pieces = []
    for (_sheet, _key), rows in groups.items():
        questions = dict.fromkeys(one for row in rows for one in _several(row.values.get("question", "")))
        answers = dict.fromkeys(row.values["answer"] for row in rows if row.values.get("answer"))
        first = rows[0].values
        fields = {
            name: next((row.values[name] for row in rows if row.values.get(name)), "")
            for name in ("source", "source_date", "topic", "calls")
        }
        pieces.append(
            checked(
                Piece(
                    title=first.get("title") or next(iter(questions), ""),
                    body=_answer("\n".join(answers)),
                    questions=tuple(questions),
                    fields={name: value for name, value in fields.items() if value},
                    place=f"{rows[0].sheet} {rows[0].number}".strip(),
                )
            )
        )
    return pieces[: MOST_PIECES + 1]


def checked(piece: Piece) -> Piece:
    """Return the piece with what it says in form, and what an editor should look at."""
    doubts = []
    title = piece.title
    if not title:
        doubts.append("no_title")
    elif len(title) > LONGEST_TITLE:
        doubts.append("long_title")
        title = title[: LONGEST_TITLE - 1] + "…"
    if not piece.body:
        doubts.append("no_body")
    elif not re.search(r"(?m)^\d+\. ", piece.body):
        doubts.append("no_steps")
    fits = tuple(one for one in piece.questions if len(one) <= LONGEST_QUESTION)
    if len(fits) < len(piece.questions):
        doubts.append("long_questions")
    if not piece.questions:
        doubts.append("no_questions")
    fields = dict(piece.fields)
    for name, good in (("source_date", is_source_date), ("calls", is_calls)):
        if name in fields and not good(str(fields[name])):
            fields.pop(name)
            doubts.append(f"bad_{name}")
    # What is too long for a field stays in the text: nothing of the file is lost.
    lost = [one for one in piece.questions if len(one) > LONGEST_QUESTION]
    lost += [piece.title] if len(piece.title) > LONGEST_TITLE else []
    body = "\n\n".join([piece.body, *lost]).strip()
    return replace(piece, title=title, body=body, questions=fits, fields=fields, doubts=tuple(doubts))


def _titled(parts: Sequence[Sequence[Block]]) -> bool:
    return any(block.kind is Kind.TITLE for part in parts for block in part)


def _piece(part: Sequence[Block], head: dict, name: str, titled: bool) -> Piece:
    head = dict(head)
    questions = [str(one) for one in head.pop("questions", [])]
    titles = [block.text for block in part if block.kind is Kind.TITLE]
    blocks = [block for block in part if block.kind is not Kind.TITLE]
    title = head.pop("title", "") or " ".join(titles)
    if not title and blocks and blocks[0].kind in (Kind.TEXT, Kind.HEADING) and len(blocks[0].text) <= 60:
        title, blocks = blocks[0].text, blocks[1:]
    lines, fields, asked = [], head, False
    for block in blocks:
        if block.kind is Kind.HEADING:
            asked = bool(ASKED.match(block.text))
            lines += [] if asked else ["", f"## {block.text}", ""]
        elif asked and block.kind in (Kind.BULLET, Kind.STEP, Kind.TEXT):
            questions.append(block.text)
        elif match := LABELLED.match(block.text) if block.kind in (Kind.TEXT, Kind.BULLET) else None:
            _label(fields, match[1].lower(), match[2].strip(), lines)
        else:
            lines.append(_line(block, lines))
    body = _numbered("\n".join(lines))
    return Piece(title or name, body, tuple(dict.fromkeys(questions)), fields, (), part[0].place)


def _label(fields: dict, label: str, value: str, lines: list[str]) -> None:
    """Take a labelled line as a field; what does not fit, or stands there already, stays in the text."""
    if "日期" in label or "时间" in label or label == "date":
        day = SOURCE_DATE.search(re.sub(r"[年月./]", "-", value).replace("日", ""))
        if day and "source_date" not in fields:
            fields["source_date"] = day[0]
            return
    elif "source" not in fields and len(value) <= 200:
        fields["source"] = value
        return
    lines += ["", f"{label}：{value}", ""]


def _line(block: Block, above: list[str]) -> str:
    if block.kind is Kind.STEP:
        return f"1. {block.text}"
    if block.kind is Kind.BULLET:
        return f"- {block.text}"
    return f"\n{block.text}\n"


def _numbered(body: str) -> str:
    """Number the steps of each section anew, and give text without a heading the first one."""
    lines, number = [], 0
    for line in body.splitlines():
        if line.startswith("## "):
            number = 0
        elif line.startswith("1. "):
            number += 1
            line = f"{number}. {line[3:]}"
        lines.append(line)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return f"## {FIRST_HEADING}\n{text}" if text and not text.startswith("## ") else text


def _several(cell: str) -> list[str]:
    """Return the questions of a cell: one a line, or each to its question mark."""
    lines = [re.sub(r"^\s*\d{1,2}[.、)）]\s*", "", line).strip() for line in re.split(r"[\n；;|]|(?<=[?？])", cell)]
    return [line for line in lines if line and (has_chinese(line) or re.search(r"[a-zA-Z]", line))]


def _answer(cell: str) -> str:
    reading = Reading()
    # Steps written in one line, "1.…2.…", are put each on its own.
    for line in re.sub(r"(?<=[。；;])\s*(?=\d{1,2}[.、．)）]\s*\D)", "\n", cell).splitlines():
        reading.line(line)
    return _numbered(
        "\n".join(
            _line(block, []) if block.kind is not Kind.HEADING else f"\n## {block.text}\n" for block in reading.blocks
        )
    )
