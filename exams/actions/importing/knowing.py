"""What the bank has of the questions in a batch: found by their codes, by their words, and by earlier imports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exams.enums import ItemFate
from exams.exchange.sameness import fingerprint, merged
from exams.models import ImportItem, KnowledgePoint, QuestionImport, QuestionVersion
from exams.queries.drafts import draft_of, whole
from exams.rules.items import Draft

WORDS = ("title", "stem", "explanation", "source", "parts", "extras")


@dataclass(frozen=True)
class Known:
    """The newest version of a question, as a draft without its files, and the digests of those."""

    version: QuestionVersion
    draft: Draft
    digests: tuple[str, ...]

    @property
    def operation_id(self) -> int:
        """The operation the question belongs to."""
        return self.version.question.point.operation_id


@dataclass(frozen=True)
class Judged:
    """What becomes of a draft: with its code, if the bank knows it."""

    fate: ItemFate
    code: str
    known: Known | None = None


def by_code(codes: Iterable[str]) -> dict[str, Known]:
    """Return the questions with these codes (three queries, none without codes)."""
    wanted = {code for code in codes if code}
    return _newest(QuestionVersion.objects.filter(question__code__in=wanted)) if wanted else {}


def by_words(drafts: Mapping[str, Draft], operation_id: int) -> dict[str, str]:
    """Return fingerprint → code of the operation's questions that ask one of the drafts (up to five queries)."""
    prints = set(drafts)
    if not prints:
        return {}
    taken = ImportItem.objects.filter(
        fingerprint__in=prints, version__isnull=False, batch__operation=operation_id
    ).values_list("fingerprint", "version__question__code")
    found = dict(taken)
    stems = {draft.stem.strip() for one, draft in drafts.items() if one not in found}
    versions = QuestionVersion.objects.filter(question__point__operation=operation_id, stem__in=stems)
    for code, known in (_newest(versions) if stems else {}).items():
        found.setdefault(fingerprint(known.draft, known.digests), code)
    return {one: code for one, code in found.items() if one in prints}


def _newest(versions) -> dict[str, Known]:
    found = {}
    for version in whole(versions).order_by("number"):
        digests = tuple(one.digest for one in version.media.all())
        found[version.question.code] = Known(version, draft_of(version, media=False), digests)
    return found


def judge(
    drafts: Sequence[Draft],
    prints: Sequence[str],
    batch: QuestionImport,
    *,
    earlier: Mapping[str, str],
    codes: Mapping[str, str],
) -> list[Judged]:
    """Say what becomes of each draft; ``earlier`` and ``codes`` say what stood in the file before."""
    coded = {draft.code for draft in drafts if draft.code}
    nameless = {one: draft for one, draft in zip(prints, drafts, strict=True) if not draft.code}
    words = by_words(nameless, batch.operation_id)
    known = by_code(coded | set(words.values()))
    seen, said = dict(earlier), dict(codes)
    judged = []
    for draft, one in zip(drafts, prints, strict=True):
        code = draft.code or words.get(one, "")
        judged.append(_judge(draft, one, known.get(code), code, batch, seen, said))
        seen.setdefault(one, code)
        if code:
            said.setdefault(code, one)
    return judged


def _judge(draft: Draft, one: str, known: Known | None, code: str, batch: QuestionImport, seen, said) -> Judged:
    if one in seen and (not draft.code or seen[one] == code):
        return Judged(ItemFate.REPEATED, code, known)
    if code and code in said:
        return Judged(ItemFate.CONFLICT, code, known)
    if known is None:
        return Judged(ItemFate.NEW, code)
    if known.draft.kind != draft.kind or known.operation_id != batch.operation_id:
        return Judged(ItemFate.CONFLICT, code, known)
    return Judged(ItemFate.SAME if says(known, draft, batch.format) else ItemFate.CHANGED, code, known)


def says(known: Known, draft: Draft, format: str) -> bool:
    """Say whether the bank's version says all that the draft says."""
    filled = merged(draft, known.draft, format)
    files = [medium.content for medium in draft.media]
    return all(getattr(filled, name) == getattr(known.draft, name) for name in WORDS) and (
        not files or fingerprint(filled) == fingerprint(filled, known.digests)
    )


class Points:
    """Finds the knowledge point that a draft names, by its code or name, or by both (one query)."""

    def __init__(self, operation_id: int):
        self._found: dict[str, KnowledgePoint] = {}
        for point in KnowledgePoint.objects.filter(operation=operation_id).order_by("-code"):
            for text in (point.name, f"{point.code}{point.name}", point.code):
                self._found[_folded(text)] = point

    def of(self, draft: Draft) -> KnowledgePoint | None:
        """Return the point a draft names; None where it names none of the operation's."""
        folded = _folded(draft.point)
        return self._found.get(folded) or self._found.get(_folded(draft.point.split(" ")[0]))


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
