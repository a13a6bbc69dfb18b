"""Put questions that were not answered into gaps: new ones every few minutes, all open ones afresh every night.

What is computed happens outside the transaction; GapSearch counts how often gaps were stored, and of two workers that
began at the same count the later one's result is dropped.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction

from chatbot.enums import GapState
from chatbot.meaning import vectors
from chatbot.models import Gap, GapMember, GapSearch, Turn
from chatbot.queries.gaps import questions_by_gap, troubled
from chatbot.rules import clusters, curating

from .closing import close_answered


def gather(*, now: datetime) -> int:
    """Put the questions that belong to no gap yet into the nearest, or into new ones; return how many.

    A gap that was answered is open again when it is asked once more in vain; one that was ignored stays so. Nothing
    happens where there is no index, and again is harmless.
    """
    number = _number()
    tidy()
    new = list(troubled(now=now).filter(gap_member=None))
    meanings = vectors([turn.question for turn in new])
    if meanings is None:
        return 0
    known = questions_by_gap(list(GapState))
    keys = sorted(known)
    led = clusters.led(meanings, _sums(known, keys, meanings.shape[1]))
    with transaction.atomic():
        if not _is_still(number, now):
            return 0
        made: dict[int, int] = dict(enumerate(keys))
        for at in sorted({each for each in led if each not in made}):
            made[at] = Gap.objects.create(central=new[led.index(at)]).pk
        members = [GapMember(gap_id=made[at], turn=turn) for at, turn in zip(led, new, strict=True)]
        GapMember.objects.bulk_create(members)
        touched = sorted({made[at] for at in led})
        Gap.objects.filter(pk__in=touched, state=GapState.ANSWERED).update(state=GapState.OPEN, decided_at=now)
        _name(touched)
    close_answered(keys=touched, now=now)
    return len(new)


def regroup(*, now: datetime) -> int:
    """Put the questions of all open gaps together afresh; return how many gaps there are then.

    A gap keeps its key where most of its questions stay together. Decided gaps stay as they are.
    """
    _drop_untroubled(now)
    gather(now=now)
    number = _number()
    known = questions_by_gap([GapState.OPEN])
    turns = [(key, turn) for key in sorted(known) for turn in known[key]]
    texts = _newest_texts([turn for _key, turn in turns])
    meanings = vectors(list(texts.values()))
    if meanings is None:
        return 0
    cluster_of = dict(zip(texts, clusters.joined(meanings), strict=True))
    taken = [
        (key, turn, cluster_of[plain]) for key, turn in turns if (plain := curating.plain(turn.question)) in cluster_of
    ]
    keeps = clusters.most_shared([cluster for *_, cluster in taken], [key for key, *_ in taken])
    with transaction.atomic():
        if not _is_still(number, now):
            return 0
        for cluster in sorted({cluster for *_, cluster in taken}):
            own = [turn for _key, turn, each in taken if each == cluster]
            key = keeps.get(cluster) or Gap.objects.create(central=own[0]).pk
            GapMember.objects.filter(turn__in=own).update(gap_id=key)
        tidy()
        open_gaps = list(Gap.objects.filter(state=GapState.OPEN).values_list("pk", flat=True))
        _name(open_gaps)
    return len(open_gaps)


def tidy() -> None:
    """Remove gaps whose questions are all forgotten, and call those by another question whose name was."""
    Gap.objects.filter(members=None).delete()
    with transaction.atomic():
        _name(list(Gap.objects.filter(central=None).values_list("pk", flat=True)))


def _number() -> int:
    return GapSearch.objects.get_or_create(pk=GapSearch.SINGLETON)[0].number


def _is_still(number: int, now: datetime) -> bool:
    """Take the next number, unless somebody else did since ``number`` was read."""
    rows = GapSearch.objects.filter(pk=GapSearch.SINGLETON, number=number)
    return bool(rows.update(number=number + 1, gathered_at=now))


def _drop_untroubled(now: datetime) -> None:
    """Take out of open gaps what is too old, or was found helpful after all."""
    fitting = troubled(now=now).values("pk")
    GapMember.objects.filter(gap__state=GapState.OPEN).exclude(turn__in=fitting).delete()


def _sums(known: dict[int, list[Turn]], keys: Sequence[int], size: int) -> np.ndarray:
    """Return the sum of the vectors of each gap's questions (keys × size)."""
    sums = np.zeros((len(keys), size), dtype=np.float32)
    rows = [(at, turn.question) for at, key in enumerate(keys) for turn in known[key]]
    if rows:
        np.add.at(sums, [at for at, _question in rows], vectors([question for _at, question in rows]))
    return sums


def _newest_texts(turns: Sequence[Turn]) -> dict[str, str]:
    """Return the newest distinct questions: how each is compared → as it was asked."""
    found: dict[str, str] = {}
    for turn in sorted(turns, key=lambda each: (each.asked_at, each.pk), reverse=True):
        if len(found) < clusters.MOST_AT_ONCE:
            found.setdefault(curating.plain(turn.question), turn.question)
    return found


def _name(keys: Sequence[int]) -> None:
    """Call each gap by the question that is nearest to all of its questions."""
    for key, turns in questions_by_gap(list(GapState), keys=keys).items():
        meanings = vectors([turn.question for turn in turns])
        central = turns[0 if meanings is None else clusters.middle(meanings)]
        Gap.objects.filter(pk=key).update(central=central)
