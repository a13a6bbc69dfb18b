"""The cell with the answer: letters, texts of options, true or false, words for blanks."""

import re
import unicodedata

from exams.exchange.fills import MOST_SPELLINGS
from exams.rules.items import BLANK
from exams.rules.responses import LETTERS
from exams.rules.scoring import Part, fold

BETWEEN = re.compile(r"[\s,，、;；.。/|｜和与]+")
LETTERS_ONLY = re.compile(r"[A-L]+")
LABELLED = re.compile(r"^([A-L])\s*[.、:：)）]")
SPELLINGS = re.compile(r"\s*[|｜]\s*")
BLANKS = re.compile(r"\s*[；;\n]\s*")
OTHER_BLANKS = (r"\s*[、]\s*", r"\s*[，,]\s*", r"\s*[/]\s*", r"\s{1,}")
HOLE = re.compile(r"[(（][\s\u3000]*[)）]|【[\s\u3000]*】|\[[\s\u3000]+\]|﹍{2,}|＿{2,}|—{3,}|-{4,}|\.{6,}|…{3,}")
GAP = "____"


def choice(text: str, options: list[str]) -> list[int] | None:
    """Return the numbers of the options that are right; None where the text names none."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    letters = BETWEEN.sub("", plain)
    if letters and LETTERS_ONLY.fullmatch(letters) and len(set(letters)) == len(letters):
        return _within([LETTERS.index(letter) for letter in sorted(letters)], options)
    by_text = _by_texts(text, options)
    if by_text:
        return by_text
    if found := LABELLED.match(plain):
        return _within([LETTERS.index(found[1])], options)
    numbers = [one for one in BETWEEN.split(plain) if one]
    if numbers and all(one.isdecimal() and 1 <= int(one) <= len(options) for one in numbers):
        return sorted({int(one) - 1 for one in numbers})
    return None


def _within(places: list[int], options: list[str]) -> list[int] | None:
    return places if all(place < len(options) and options[place] for place in places) else None


def _by_texts(text: str, options: list[str]) -> list[int] | None:
    """Find options by what they say, whole or divided."""
    known = {fold(option): place for place, option in enumerate(options) if option}
    if fold(text) in known:
        return [known[fold(text)]]
    pieces = [fold(piece) for piece in re.split(r"[\n|｜;；、，,]+", text) if piece.strip()]
    if pieces and all(piece in known for piece in pieces):
        return sorted({known[piece] for piece in pieces})
    return None


def order(text: str, count: int) -> list[int] | None:
    """Return the right order of the options, as letters or numbers; None where it is none."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", text).upper().replace("->", "").replace("→", ""))
    places = [LETTERS.find(sign) if sign.isalpha() else int(sign) - 1 for sign in plain if sign.isalnum()]
    return places if sorted(places) == list(range(count)) else None


def blanks(text: str, stem: str) -> tuple[tuple[Part, ...], str, bool]:
    """Return the accepted words of each blank, the stem with its blanks shown as such, and whether that is sure."""
    if not BLANK.search(stem):
        stem = HOLE.sub(GAP, stem)
    shown = len(BLANK.findall(stem))
    columns, sure = _columns(text.strip(), shown)
    parts: list[Part] = []
    for blank, words in enumerate(columns):
        for word in list(dict.fromkeys(word for word in words if word))[:MOST_SPELLINGS]:
            parts.append(Part(len(parts), word, blank=blank))
    return tuple(parts), stem, sure


def _columns(text: str, shown: int) -> tuple[list[list[str]], bool]:
    pieces = [piece for piece in BLANKS.split(text) if piece]
    if shown == 1 and len(pieces) > 1:  # one blank, several words: each of them is accepted
        return [[word for piece in pieces for word in SPELLINGS.split(piece)]], False
    if len(pieces) == max(shown, 1) or (shown == 0 and pieces):
        return [SPELLINGS.split(piece) for piece in pieces], True
    for separator in OTHER_BLANKS:
        others = [piece for piece in re.split(separator, text) if piece]
        if len(others) == shown:
            return [SPELLINGS.split(piece) for piece in others], False
    words = [piece for piece in SPELLINGS.split(text) if piece]
    if len(words) == shown > 1:
        return [[word] for word in words], False
    return [SPELLINGS.split(piece) for piece in pieces], True


def pair(text: str) -> tuple[str, str]:
    """Return left and right of a match such as ``甲 → 乙``; without an arrow it is a right side alone."""
    found = re.search(r"\s*(?:→|->|=>|＝|——|=)\s*", text)
    return (text[: found.start()].strip(), text[found.end() :].strip()) if found else ("", text.strip())
