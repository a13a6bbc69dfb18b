"""Near-duplicates: pairs that somebody should look at, and questions of the bank that a new draft is like."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from exams.models import NearDuplicate, Operation, Question, QuestionVersion
from exams.queries.drafts import draft_of, whole
from exams.rules.items import Draft
from exams.rules.likeness import alike, fact
from kb import retrieval


@dataclass(frozen=True)
class Likely:
    """What a draft is like: a question of the bank by its ``code``, or draft ``draft`` (from 0) of the same file."""

    likeness: float
    code: str = ""
    stem: str = ""
    draft: int | None = None


def in_use(operation: Operation | int | None = None) -> QuerySet[QuestionVersion]:
    """Return the current versions of questions not retired, with all that drafts need (three queries)."""
    versions = QuestionVersion.objects.filter(pk__in=Question.objects.filter(retired_at=None).values("current"))
    if operation is not None:
        versions = versions.filter(question__point__operation=operation)
    return whole(versions.order_by("question"))


def likely_duplicates(drafts: Sequence[Draft], *, operation: Operation | int | None = None) -> list[list[Likely]]:
    """Return for each draft what it is like, the likest first; ``operation``: only questions of it (three queries).

    The question of the draft's own code does not count. Compared by meaning, too, once there is an index.
    """
    known = list(in_use(operation))
    texts = [fact(draft_of(version, media=False)) for version in known] + [fact(draft) for draft in drafts]
    found: list[list[Likely]] = [[] for _draft in drafts]
    for pair in alike(texts, since=len(known), encode=retrieval.encoder()):
        place = pair.second - len(known)
        if pair.first >= len(known):
            other = pair.first - len(known)
            found[place].append(Likely(pair.likeness, stem=drafts[other].stem, draft=other))
        elif known[pair.first].question.code != drafts[place].code:
            version = known[pair.first]
            found[place].append(Likely(pair.likeness, code=version.question.code, stem=version.stem))
    return found


def to_look_at(operation: Operation | int | None = None) -> QuerySet[NearDuplicate]:
    """Return the pairs that nobody has decided on, both in use, the likest first, with texts (three queries)."""
    pairs = NearDuplicate.objects.filter(different=None, first__retired_at=None, second__retired_at=None)
    if operation is not None:
        pairs = pairs.filter(first__point__operation=operation)
    return (
        pairs.select_related("first__current", "second__current", "first__point__operation", "second__point__operation")
        .prefetch_related("first__current__options", "second__current__options")
        .order_by("-likeness", "pk")
    )


def searched() -> QuerySet[Operation]:
    """Return the operations that have questions, with their last search and the pairs to look at (one query)."""
    return (
        Operation.objects.filter(knowledge_points__questions__isnull=False)
        .distinct()
        .select_related("duplicate_search")
        .annotate(pairs=Subquery(_pairs_of_operation()))
        .order_by("category__number", "number")
    )


def _pairs_of_operation() -> QuerySet:
    pairs = NearDuplicate.objects.filter(
        first__point__operation=OuterRef("pk"), different=None, first__retired_at=None, second__retired_at=None
    )
    return pairs.order_by().values("first__point__operation").annotate(count=Count("pk")).values("count")
