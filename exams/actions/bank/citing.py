"""Link versions to the laws and standards that their sources name."""

from collections.abc import Iterable

from core.rules.citing import folded, named_in
from exams.models import LegalSource, QuestionVersion

CITES = ("pk", "questionversion_id", "legalsource_id")


def spellings() -> dict[int, list[str]]:
    """Return the key of every legal source with its spellings, folded (one query)."""
    rows = LegalSource.objects.values_list("pk", "known_as")
    return {pk: [folded(line) for line in known_as.splitlines() if line.strip()] for pk, known_as in rows}


def link(versions: Iterable[QuestionVersion]) -> None:
    """Link versions that have no links yet (two statements)."""
    cites = QuestionVersion.cites.through
    cites.objects.bulk_create(
        cites(questionversion_id=version, legalsource_id=source)
        for version, source in _named((version.pk, version.source) for version in versions)
    )


def link_all() -> None:
    """Link every version anew: what the spellings no longer name is taken away (four statements)."""
    cites = QuestionVersion.cites.through
    wanted = set(_named(QuestionVersion.objects.values_list("pk", "source")))
    there = {(version, source): pk for pk, version, source in cites.objects.values_list(*CITES)}
    cites.objects.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    cites.objects.bulk_create(
        (cites(questionversion_id=version, legalsource_id=source) for version, source in wanted - set(there)),
        ignore_conflicts=True,
    )


def _named(sources: Iterable[tuple[int, str]]) -> Iterable[tuple[int, int]]:
    """Yield version and source for every source that a text names; texts that many share are read once."""
    known, read = spellings(), {}
    for version, text in sources:
        if text not in read:
            read[text] = named_in(text, known)
        for source in read[text]:
            yield version, source
