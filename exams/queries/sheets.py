"""A paper as the page of a running exam fetches it: the same as ``papers.printed``, at a tenth of the cost."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Any

from exams.enums import QuestionKind
from exams.models import Option, PaperSlot, QuestionVersion, StemMedia
from exams.models.attempts import plain
from exams.rules.responses import LETTERS, PLACES

SLOT = ("number", "version_id", "kind", "order", "width", "marks")
MOST_FACES = 5000  # some 2 kB each


@dataclass(frozen=True)
class Face:
    """What a question version shows, before its options are put in a paper's order."""

    stem: str
    case: str
    parts: tuple[tuple[int, str, str], ...]
    media: tuple[dict[str, Any], ...]


# A version never changes once it is on a paper, so what it shows may be kept: a spike of two thousand starts asks for
# the same few hundred versions two hundred thousand times.
_faces: OrderedDict[int, Face] = OrderedDict()


def sheet(paper_id: int) -> list[dict]:
    """Return the paper's questions in order as JSON takes them, without the key (one query, or four)."""
    slots = list(PaperSlot.objects.filter(paper=paper_id).order_by("number").values_list(*SLOT))
    faces = _faces_of([slot[1] for slot in slots])
    return [_question(slot, faces[slot[1]]) for slot in slots]


def forget() -> None:
    """Drop what is kept, for tests that use numbers of versions again."""
    _faces.clear()


def _faces_of(versions: list[int]) -> dict[int, Face]:
    found = {version: _faces[version] for version in versions if version in _faces}
    if missing := [version for version in versions if version not in found]:
        found |= _read(missing)
        _faces.update((version, found[version]) for version in missing)
        while len(_faces) > MOST_FACES:
            _faces.popitem(last=False)
    return found


def _read(versions: list[int]) -> dict[int, Face]:
    parts: dict[int, list[tuple]] = defaultdict(list)
    for version, *part in Option.objects.filter(version__in=versions).values_list(
        "version_id", "position", "text", "match"
    ):
        parts[version].append(tuple(part))
    media: dict[int, list[dict]] = defaultdict(list)
    shown = StemMedia.objects.filter(version__in=versions).values_list("version_id", "pk", "content_type", "alt")
    for version, pk, content_type, alt in shown.order_by("version_id", "position"):
        media[version].append({"id": pk, "film": content_type.startswith("video/"), "alt": alt})
    stems = QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "stem", "case_version__stem")
    return {pk: Face(stem, case or "", tuple(sorted(parts[pk])), tuple(media[pk])) for pk, stem, case in stems}


def _question(slot: tuple, face: Face) -> dict:
    number, _version, kind, order, width, marks = slot
    matching = kind == QuestionKind.MATCHING
    texts = {PLACES[position]: match if matching else text for position, text, match in face.parts} if order else {}
    return {
        "slot": number,
        "kind": kind,
        "stem": face.stem,
        "options": [{"letter": LETTERS[place], "text": texts[position]} for place, position in enumerate(order)],
        "width": width,
        "marks": plain(marks),
        "lefts": [text for _position, text, _match in face.parts if text] if matching else [],
        "media": list(face.media),
        "case": face.case,
    }
