"""Papers and keys as PDF, for the day on which the room has no power."""

import io
import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from django.conf import settings

from exams.enums import QuestionKind
from exams.models import Sitting, StemMedia
from exams.queries.certificates import issuing_body
from exams.queries.papers import Item
from exams.queries.printing import Sheet

from .glyphs import printable
from .layout import BOLD, REGULAR, NoFonts

log = logging.getLogger(__name__)

PAPERS, KEYS, PRESS = (Path(__file__).with_name(name) for name in ("sheets.typ", "keys.typ", "press.py"))
SECONDS = 120
TITLES = {  # the document is Chinese in every language of the interface
    QuestionKind.TRUE_FALSE: "判断题",
    QuestionKind.SINGLE_CHOICE: "单项选择题",
    QuestionKind.MULTIPLE_CHOICE: "多项选择题",
    QuestionKind.FILL_IN: "填空题",
    QuestionKind.ORDERING: "排序题",
    QuestionKind.MATCHING: "匹配题",
}
CASES = "案例题"
COUNTED = "一二三四五六七八九十"
FILM = "（本题的影像请向监考员索取：%s）"
LOST = "（本题的图片无法印出：%s）"
PIXELS = 1600  # more than A4 can show at the height given to a picture
LONG = 400  # characters of a question that may break over a page


class NotPrinted(Exception):
    """The printing process failed or took too long; says what it said."""


def papers_pdf(sitting: Sitting, sheets: Sequence[Sheet]) -> bytes:
    """Print papers on A4 in the given order, each with its answer sheet on a leaf of its own (one query).

    :raises NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    with tempfile.TemporaryDirectory(prefix="sheets-") as folder:
        pictures = _pictures((one.id for sheet in sheets for item in sheet.items for one in item.media), Path(folder))
        said = _head(sitting) | {"papers": [_paper(sheet, pictures) for sheet in sheets]}
        return _compile(PAPERS, Path(folder), said)


def keys_pdf(sitting: Sitting, sheets: Sequence[Sheet]) -> bytes:
    """Print the keys of papers, in the given order.

    :raises NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    papers = []
    for sheet in sheets:
        cells = [{"number": number, "right": right} for number, right in sorted(sheet.key.items())]
        papers.append(
            {
                "seat": sheet.seat,
                "ticket": sheet.ticket,
                "number": str(sheet.paper),
                "letters": [cell for cell in cells if cell["number"] not in sheet.words],
                "words": [cell for cell in cells if cell["number"] in sheet.words],
            }
        )
    with tempfile.TemporaryDirectory(prefix="keys-") as folder:
        return _compile(KEYS, Path(folder), _head(sitting) | {"papers": papers})


def _head(sitting: Sitting) -> dict:
    return {
        "title": sitting.title,
        "issuer": issuing_body(),
        "operation": sitting.rule.operation.name,
        "room": str(sitting.room),
        "minutes": f"{sitting.minutes} 分钟",
        "missing": False,
    }


def _paper(sheet: Sheet, pictures: dict[int, str]) -> dict:
    return {
        "name": sheet.name,
        "ticket": sheet.ticket,
        "seat": sheet.seat,
        "marks": sheet.marks,
        "questions": str(len(sheet.items)),
        "sections": list(_sections(sheet.items, pictures)),
        "groups": list(_groups(sheet.items)),
    }


def _section_of(item: Item) -> str:
    return CASES if item.case else TITLES[item.kind]


def _sections(items: Sequence[Item], pictures: dict[int, str]) -> Iterable[dict]:
    for number, (title, group) in enumerate(groupby(items, _section_of)):
        questions, said = list(group), ""
        marks = {item.marks for item in questions}
        each = f"，每题 {marks.pop()} 分" if len(marks) == 1 else ""
        printed = []
        for item in questions:
            printed.append(_question(item, pictures, new_case=item.case != said, with_marks=not each))
            said = item.case
        yield {"title": f"{COUNTED[number]}、{title}（共 {len(questions)} 题{each}）", "questions": printed}


def _question(item: Item, pictures: dict[int, str], *, new_case: bool, with_marks: bool) -> dict:
    length = len(item.stem) + sum(len(option.text) for option in item.options)
    return {
        "number": item.slot,
        "stem": item.stem,
        "case": item.case if new_case else "",
        "marks": item.marks if with_marks else "",
        "lefts": item.lefts,
        "options": [{"letter": option.letter, "text": option.text} for option in item.options],
        "pictures": [{"file": pictures[one.id], "alt": one.alt} for one in item.media if one.id in pictures],
        "notes": [(FILM if one.film else LOST) % one.alt for one in item.media if one.id not in pictures],
        "long": length > LONG,
        "short": item.kind == QuestionKind.TRUE_FALSE,
    }


def _groups(items: Sequence[Item]) -> Iterable[dict]:
    """Yield the answer sheet's blocks: cells for letters, lines for words."""
    for words, group in groupby(items, lambda item: _takes_words(item.kind)):
        cells = [{"number": item.slot, "width": item.width} for item in group]
        first, last = cells[0]["number"], cells[-1]["number"]
        span = f"第 {first} 题" if first == last else f"第 {first}–{last} 题"
        yield {"title": f"{span}（{'写文字或数字' if words else '写字母'}）", "words": words, "cells": cells}


def _takes_words(kind: str) -> bool:
    return kind == QuestionKind.FILL_IN


def _pictures(ids: Iterable[int], folder: Path) -> dict[int, str]:
    """Write each picture once, in a form that typst reads; what cannot be read is logged and left out."""
    from PIL import Image

    found = {}
    for medium in StemMedia.objects.filter(pk__in=set(ids)):
        if medium.is_film:
            continue
        target = folder / f"{medium.pk}.png"
        try:
            with medium.file.open("rb") as file, Image.open(io.BytesIO(file.read())) as picture:
                picture.thumbnail((PIXELS, PIXELS))
                picture.convert("RGBA").save(target, "PNG")
            found[medium.pk] = target.name
        except (OSError, ValueError, Image.DecompressionBombError):
            log.exception("the picture %s of version %s cannot be printed", medium.pk, medium.version_id)
    return found


def _compile(template: Path, folder: Path, said: dict) -> bytes:
    fonts = Path(settings.CERTIFICATE_FONTS)
    paths = _fonts(fonts)
    shown, missing = _printable(said, fonts / BOLD)
    if missing:
        log.warning("%s: no glyph for %s", template.name, " ".join(f"U+{ord(one):04X}" for one in missing))
    shown["missing"] = bool(missing)
    shutil.copy(template, folder / template.name)
    (folder / "data.json").write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    (folder / "fonts.json").write_text(json.dumps(paths))
    press = [sys.executable, str(PRESS), str(folder), template.name]
    try:
        done = subprocess.run(press, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  (our own file and paths)
    except subprocess.TimeoutExpired as slow:
        raise NotPrinted(f"{template.name} took longer than {SECONDS} s") from slow
    if done.returncode:
        raise NotPrinted(done.stderr.decode(errors="replace")[-2000:])
    return (folder / "out.pdf").read_bytes()


def _printable(said: dict, font: Path) -> tuple[dict, list[str]]:
    """Replace what the font lacks in every text, each character looked up once; line breaks stay."""
    text = json.dumps(said, ensure_ascii=False)
    shown, missing = {}, []
    for character in set(text) - {"\n"}:
        shown[character], lacking = printable(character, font=font)
        missing += lacking
    table = str.maketrans(shown)

    def through(value):
        if isinstance(value, str):
            return value.translate(table)
        if isinstance(value, dict):
            return {name: through(one) for name, one in value.items()}
        return [through(one) for one in value] if isinstance(value, list) else value

    return through(said), sorted(missing)


def _fonts(folder: Path) -> list[str]:
    for weight in (REGULAR, BOLD):
        if not (folder / weight).is_file():
            raise NoFonts(f"CERTIFICATE_FONTS: there is no {weight} in {folder}; run npm ci in site/frontend.")
    return [str((folder / weight).parent) for weight in (REGULAR, BOLD)]
