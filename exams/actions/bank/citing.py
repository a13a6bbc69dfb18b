"""Link versions to the laws and standards that their sources name."""

from collections.abc import Iterable

from exams.models import LegalSource, QuestionVersion
from exams.rules.citing import folded, named_in


def spellings() -> dict[int, list[str]]:
    """Return the key of every legal source with its spellings, folded (one query)."""
    rows = LegalSource.objects.values_list("pk", "known_as")
    return {pk: [folded(line) for line in known_as.splitlines() if line.strip()] for pk, known_as in rows}


def link(versions: Iterable[QuestionVersion]) -> int:
    """Link versions that have no links yet; return how many links there are now (two statements)."""
    known = spellings()
    cites = QuestionVersion.cites.through
    links = [
        cites(questionversion_id=version.pk, legalsource_id=source)
        for version in versions
        for source in named_in(version.source, known)
    ]
    cites.objects.bulk_create(links, ignore_conflicts=True)
    return len(links)
