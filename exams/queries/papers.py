"""What a paper shows, and, for whoever grades it, its key."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from exams.enums import QuestionKind
from exams.models import Option, PaperSlot, StemMedia
from exams.models.attempts import plain
from exams.rules.grading import KeyedSlot
from exams.rules.responses import LETTERS, PLACES, letters
from exams.rules.scoring import Key, Part


@dataclass(frozen=True)
class Choice:
    letter: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture or film in a stem; ``id`` is what its address is made of."""

    id: int
    film: bool
    alt: str


@dataclass(frozen=True)
class Item:
    """A question as printed: nothing about the key. ``lefts`` are the left sides of a match, ``width`` its places."""

    slot: int
    kind: str
    stem: str
    options: list[Choice]
    width: int
    marks: str
    lefts: list[str] = field(default_factory=list)
    media: list[Picture] = field(default_factory=list)
    case: str = ""


def printed(paper_id: int) -> list[Item]:
    """Return the paper's questions in order, without the key (three queries)."""
    options = Prefetch("version__options", Option.objects.only("version_id", "position", "text", "match", "blank"))
    media = Prefetch("version__media", StemMedia.objects.only("version_id", "position", "content_type", "alt"))
    slots = (
        PaperSlot.objects.filter(paper=paper_id)
        .select_related("version__case_version")
        .only("number", "kind", "order", "width", "marks", "version__stem", "version__case_version__stem")
        .prefetch_related(options, media)
    )
    return [item_of(slot) for slot in slots]


def item_of(slot: PaperSlot) -> Item:
    """Return a slot as it is printed (no query, where options and media are prefetched)."""
    parts = {PLACES[option.position]: option for option in slot.version.options.all()}
    matching = slot.kind == QuestionKind.MATCHING
    return Item(
        slot=slot.number,
        kind=slot.kind,
        stem=slot.version.stem,
        options=[
            Choice(LETTERS[place], parts[position].match if matching else parts[position].text)
            for place, position in enumerate(slot.order)
        ],
        width=slot.width,
        marks=plain(slot.marks),
        lefts=[part.text for part in parts.values() if part.text] if matching else [],
        media=[Picture(one.pk, one.is_film, one.alt) for one in slot.version.media.all()],
        case=slot.version.case_version.stem if slot.version.case_version else "",
    )


def keyed(paper_id: int) -> list[KeyedSlot]:
    """Return the paper's slots with their keys (three queries)."""
    slots = PaperSlot.objects.filter(paper=paper_id).prefetch_related(
        Prefetch("version__options", Option.objects.order_by("position")), "version"
    )
    return [
        KeyedSlot(
            number=slot.number,
            version=slot.version_id,
            marks=slot.marks,
            key=Key(slot.kind, parts_of(slot.version), slot.order, slot.scoring),
        )
        for slot in slots
    ]


def key_of(paper_id: int) -> dict[int, str]:
    """Return slot → the response that is right in full, as this paper shows it (three queries)."""
    return {slot.number: right_response(slot.key) for slot in keyed(paper_id)}


def parts_of(version) -> tuple[Part, ...]:
    """Return a version's options as grading takes them (one query, unless prefetched)."""
    return tuple(
        Part(
            position=option.position,
            text=option.text,
            is_right=option.is_right,
            match=option.match,
            blank=option.blank,
            tolerance=option.tolerance,
            weight=option.weight,
        )
        for option in version.options.all()
    )


def right_response(key: Key) -> str:
    """Return the response that is right in full, as the paper shows it; of a blank's spellings the first."""
    if key.kind == QuestionKind.FILL_IN:
        return "；".join(
            next(part.text for part in key.parts if part.blank == blank)
            for blank in sorted({part.blank for part in key.parts if part.blank is not None})
        )
    if key.kind == QuestionKind.ORDERING:
        return letters([part.position for part in key.parts], key.order)
    if key.kind == QuestionKind.MATCHING:
        first = {part.match: part.position for part in reversed(key.parts) if PLACES[part.position] in key.order}
        return letters([first[part.match] for part in key.parts if part.text], key.order)
    return "".join(sorted(letters([part.position for part in key.parts if part.is_right], key.order)))


def width_of(kind: str, parts: tuple[Part, ...]) -> int:
    """Return how many places an answer to such a question has."""
    if kind == QuestionKind.FILL_IN:
        return len({part.blank for part in parts})
    if kind == QuestionKind.MATCHING:
        return sum(1 for part in parts if part.text)
    return len(parts) if kind in (QuestionKind.ORDERING, QuestionKind.MULTIPLE_CHOICE) else 1


def shown_positions(kind: str, parts: tuple[Part, ...]) -> tuple[int, ...]:
    """Return the bank positions that a paper shows: options, steps, or right sides, each text once."""
    if kind == QuestionKind.FILL_IN:
        return ()
    if kind != QuestionKind.MATCHING:
        return tuple(part.position for part in parts)
    seen: dict[str, int] = {}
    for part in parts:
        seen.setdefault(part.match, part.position)
    return tuple(seen.values())
