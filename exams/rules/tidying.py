"""A draft as it is stored: texts without space around them, numbers with the places a column has. Pure."""

import json
from dataclasses import replace
from decimal import Decimal

from .items import Draft
from .scoring import Part

WEIGHT_PLACES, TOLERANCE_PLACES = Decimal("0.00001"), Decimal("0.000001")


def tidy(draft: Draft) -> Draft:
    """Return the draft as the bank gives it back; tidying again changes nothing."""
    return replace(
        draft,
        code=draft.code.strip(),
        title=draft.title.strip(),
        stem=draft.stem.strip(),
        explanation=draft.explanation.strip(),
        source=draft.source.strip(),
        case=draft.case.strip(),
        case_stem=draft.case_stem.strip(),
        parts=tuple(_part(part) for part in draft.parts),
        media=tuple(replace(medium, alt=medium.alt.strip(), name=medium.name.strip()) for medium in draft.media),
        extras=json.loads(json.dumps(dict(draft.extras))),
    )


def _part(part: Part) -> Part:
    return replace(
        part,
        text=part.text.strip(),
        match=part.match.strip(),
        feedback=part.feedback.strip(),
        weight=_rounded(part.weight, WEIGHT_PLACES),
        tolerance=_rounded(part.tolerance, TOLERANCE_PLACES),
    )


def _rounded(number: Decimal | None, places: Decimal) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(places)
