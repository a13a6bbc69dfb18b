"""Laws and standards: entered, ended, followed by others; each change finds the questions that name them."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from core.actions.tracking import create_all
from exams.actions.bank.citing import link_all
from exams.models import LegalSource


def add(rows: Iterable[LegalSource]) -> list[LegalSource]:
    """Store new sources and link every version whose source text names them."""
    with transaction.atomic():
        stored = list(create_all(list(rows)))
        if stored:
            link_all()
    return stored


def supersede(successors: Mapping[str, str]) -> None:
    """Say of each source, by code, which one follows it.

    :raises LegalSource.DoesNotExist: no source has that code.
    """
    with transaction.atomic():
        for code, successor in successors.items():
            source = LegalSource.objects.get(code=code)
            source.superseded_by = LegalSource.objects.get(code=successor)
            source.save(update_fields=["superseded_by"])


def store(source: LegalSource) -> LegalSource:
    """Store a source as an officer changed it, and link what its spellings name now."""
    with transaction.atomic():
        source.save()
        link_all()
    return source
