"""When a draft is the question that the bank has: the same words to answer, and what a file leaves out stays."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from exams.enums import ExchangeFormat
from exams.rules.items import Draft
from exams.rules.scoring import Part, fold
from exams.rules.tidying import tidy

from .packing import sha256

PLAIN = (ExchangeFormat.XLSX, ExchangeFormat.CSV, ExchangeFormat.AIKEN)  # they hold neither pictures nor feedback


def fingerprint(draft: Draft, files: Sequence[str] | None = None) -> str:
    """Return what two drafts share that ask and answer the same; ``files``: the digests, where they are known."""
    digests = [sha256(medium.content) for medium in draft.media] if files is None else list(files)
    parts = [[fold(part.text), fold(part.match), part.is_right, part.blank] for part in draft.parts]
    if draft.kind.endswith("choice"):
        parts.sort(key=json.dumps)
    said = [str(draft.kind), fold(draft.stem), fold(draft.case_stem), parts, digests]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def merged(draft: Draft, known: Draft, format: str) -> Draft:
    """Return the draft with what its file did not say taken from the question as the bank has it."""
    filled = {
        name: getattr(draft, name) or getattr(known, name) for name in ("explanation", "source", "title", "case_stem")
    }
    plain = format in PLAIN
    return tidy(
        replace(
            draft,
            **filled,
            extras={**known.extras, **draft.extras},
            media=known.media if plain and not draft.media else draft.media,
            parts=_with_more(draft.parts, known.parts) if plain else draft.parts,
        )
    )


def _with_more(parts: Sequence[Part], known: Sequence[Part]) -> tuple[Part, ...]:
    """Return parts with the shares, tolerances and words that the known ones with the same text have."""
    by_text = {(fold(part.text), fold(part.match), part.blank): part for part in known}
    return tuple(_filled(part, by_text.get((fold(part.text), fold(part.match), part.blank))) for part in parts)


def _filled(part: Part, known: Part | None) -> Part:
    if known is None or (part.weight, part.tolerance, part.feedback) != (None, None, ""):
        return part
    return replace(part, weight=known.weight, tolerance=known.tolerance, feedback=known.feedback)
