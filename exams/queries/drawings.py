"""Draw a frozen paper again, to show that it is the one its seed gives."""

import json
import zlib
from dataclasses import dataclass
from enum import StrEnum

from exams.models import Drawing, Paper, PaperSlot
from exams.rules import blueprints
from exams.rules.composition import METHOD, Composer, Slot, sheets_digest

from .drawable import drawable, plan_of


class Verdict(StrEnum):
    """What drawing a paper again showed."""

    SAME = "same"  # seed and bank as kept give this very paper
    DIFFERENT = "different"  # they give another one: the paper or what was kept was tampered with
    UNKNOWN = "unknown"  # drawn before the bank was kept, or in a way this release no longer knows


@dataclass(frozen=True)
class Redrawn:
    """The verdict; the digests of the bank as kept and of the paper as stored; whether the bank is still the same."""

    verdict: Verdict
    bank: str = ""
    sheet: str = ""
    bank_unchanged: bool = False


def redrawn(paper: Paper) -> Redrawn:
    """Draw ``paper`` again from its seed and the bank as kept then, and compare slot by slot (seven queries).

    The papers drawn before it in the same batch are drawn again, too, for each counts in what is drawn next.
    """
    stored = stored_sheet(paper.pk)
    sheet = sheets_digest([stored])
    if paper.drawing_id is None:
        return Redrawn(Verdict.UNKNOWN, sheet=sheet)
    drawing = Drawing.objects.select_related("state").get(pk=paper.drawing_id)
    content = zlib.decompress(drawing.state.content)
    kept = blueprints.digest(content)
    now = blueprints.content(plan_of(paper.blueprint), drawable(paper.blueprint.operation_id).bank)
    unchanged = blueprints.digest(now) == kept
    if drawing.method != METHOD:
        return Redrawn(Verdict.UNKNOWN, kept, sheet, unchanged)
    seeds = json.loads(zlib.decompress(drawing.seeds))
    plan, bank = blueprints.read(content)
    counts = json.loads(zlib.decompress(drawing.times_drawn))
    composer = Composer(plan, bank, dict(zip((one.question for one in bank.candidates), counts, strict=True)))
    sheets = [composer.paper(seed) for seed in seeds[: paper.place + 1]]
    same = kept == drawing.state.digest and seeds[paper.place] == paper.seed and sheets_digest(sheets[-1:]) == sheet
    return Redrawn(Verdict.SAME if same else Verdict.DIFFERENT, kept, sheet, unchanged)


def stored_sheet(paper_id: int) -> list[Slot]:
    """Return a paper as stored, in the form in which papers are drawn (one query)."""
    slots = PaperSlot.objects.filter(paper=paper_id).order_by("number").select_related("version")
    return [
        Slot(
            number=slot.number,
            question=slot.version.question_id,
            version=slot.version_id,
            kind=slot.kind,
            order=slot.order,
            width=slot.width,
            marks=slot.marks,
            scoring=slot.scoring,
        )
        for slot in slots
    ]
