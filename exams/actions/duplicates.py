"""Find near-duplicates in an operation's bank; officers say which pairs are different after all."""

import time
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.nudging import nudge_on_commit
from exams.models import DuplicateSearch, NearDuplicate
from exams.queries.drafts import draft_of
from exams.queries.duplicates import in_use, likely_duplicates
from exams.rules.likeness import alike, fact
from kb import retrieval

__all__ = ["NotAnOfficer", "decide", "find", "find_wanted", "likely_duplicates", "want", "want_some_time"]


class NotAnOfficer(Exception):
    """Only an exam officer decides on pairs."""


def want(*, operations: Iterable[int], now: datetime) -> None:
    """Have the banks of these operations searched at once; asking again while one waits changes nothing."""
    with transaction.atomic():
        for operation in want_some_time(operations=operations, now=now):
            nudge_on_commit("exams.tasks.find_duplicates", operation_id=operation)


def want_some_time(*, operations: Iterable[int], now: datetime) -> list[int]:
    """Have the banks of these operations searched at the next sweep; return them."""
    wanted = sorted(set(operations))
    with transaction.atomic():
        for operation in wanted:
            DuplicateSearch.objects.update_or_create(operation_id=operation, defaults={"wanted_at": now})
    return wanted


def find(*, operation_id: int, now: datetime) -> int:
    """Store the pairs of the operation's bank that are nearly the same; return how many are new.

    Pairs that nobody has decided on are measured anew and go where the texts are no longer alike. A search asked for
    while this one ran stays wanted.
    """
    started = time.monotonic()
    versions = list(in_use(operation_id))
    encode = retrieval.encoder()
    found = {
        (versions[pair.first].question_id, versions[pair.second].question_id): pair.likeness
        for pair in alike([fact(draft_of(version, media=False)) for version in versions], encode=encode)
    }
    with transaction.atomic():
        new = _store(operation_id, found, now)
        search, _ = DuplicateSearch.objects.select_for_update().get_or_create(operation_id=operation_id)
        if search.wanted_at and search.wanted_at <= now:
            search.wanted_at = None
        search.finished_at, search.questions, search.by_meaning = now, len(versions), encode is not None
        search.seconds = round(time.monotonic() - started, 2)
        search.save()
    return new


def find_wanted(*, now: datetime) -> int:
    """Search the banks that wait for it; return how many those were."""
    waiting = list(DuplicateSearch.objects.filter(wanted_at__lte=now).values_list("operation_id", flat=True))
    for operation in waiting:
        find(operation_id=operation, now=now)
    return len(waiting)


def decide(*, pair_id: int, different: bool, by: User, now: datetime) -> NearDuplicate:
    """Say that a pair is different, and may stand on one paper, or that it is the same and never does.

    :raises NotAnOfficer: ``by`` lacks the role.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        pair = NearDuplicate.objects.select_for_update(of=("self",)).get(pk=pair_id)
        pair.different = different
        pair.save(update_fields=["different"])
    return pair


def _store(operation_id: int, found: dict[tuple[int, int], float], now: datetime) -> int:
    """Pairs are stored in the order of their questions, as ``in_use`` gives them. Only a person's word is audited."""
    pairs = NearDuplicate.objects.select_for_update(of=("self",)).filter(first__point__operation=operation_id)
    known = {(pair.first_id, pair.second_id): pair for pair in pairs}
    undecided = {key: pair for key, pair in known.items() if pair.different is None}
    NearDuplicate.objects.filter(pk__in=[pair.pk for key, pair in undecided.items() if key not in found]).delete()
    measured = [pair for key, pair in undecided.items() if key in found and pair.likeness != found[key]]
    for pair in measured:
        pair.likeness = found[pair.first_id, pair.second_id]
    NearDuplicate.objects.bulk_update(measured, ["likeness"], batch_size=500)
    new = [
        NearDuplicate(first_id=first, second_id=second, likeness=likeness, found_at=now)
        for (first, second), likeness in found.items()
        if (first, second) not in known
    ]
    NearDuplicate.objects.bulk_create(new)
    return len(new)
