"""A version as candidates see it, before it is on any paper."""

from exams.enums import QuestionKind
from exams.models import PaperSlot, QuestionVersion
from exams.rules.responses import PLACES

from .papers import Item, item_of, parts_of, shown_positions, width_of


def preview(version: QuestionVersion) -> Item:
    """Return the version as printed, options in the bank's order, steps not in the right one."""
    kind, parts = version.question.kind, parts_of(version)
    places = shown_positions(kind, parts)
    if kind == QuestionKind.ORDERING:
        places = places[1:] + places[:1]
    order = "".join(PLACES[place] for place in places)
    return item_of(PaperSlot(number=1, version=version, kind=kind, order=order, width=width_of(kind, parts)))
