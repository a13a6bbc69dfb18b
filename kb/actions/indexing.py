"""Mark the index as behind, build it beside the old one and swap, roll back."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Case, DateTimeField, F, Value, When

from kb import encoder as encoders
from kb import queries, sources, training
from kb.calibration import CAUTIOUS
from kb.evaluation import trials
from kb.index import store
from kb.index.snapshot import Snapshot, content_digest
from kb.lexicon import Lexicon
from kb.models import IndexState
from kb.sources import Document

log = logging.getLogger(__name__)
OUTGROWN = 1.5  # times as many documents as the encoder was trained on
MOST_ROUNDS = 10


class NoOlderIndex(Exception):
    """There is no earlier version to go back to."""


def mark_stale(*, now: datetime) -> None:
    """Note that the articles changed; the first mark also nudges the builder once its transaction is through."""
    if IndexState.objects.filter(needed_at__isnull=False).update(needed_at=now):
        return
    IndexState.objects.update_or_create(pk=IndexState.SINGLETON, defaults={"needed_at": now})
    transaction.on_commit(_nudge, robust=True)  # a dead broker is no reason to fail: the sweep builds


def _nudge() -> None:
    from kb.tasks import build_stale_index

    build_stale_index.apply_async(retry=False)


def is_stale() -> bool:
    """Say whether a build is due: marked, or no index on disk (one query, one stat)."""
    return queries.index_needed() or store.pointer_stamp() is None


def is_readable() -> bool:
    """Say whether the current index can be used by this code, with the encoder that is set."""
    return _previous() is not None


def build(*, now: datetime, train: bool = False, wait: bool = True) -> str:
    """Build the index from the live documents, point to it and return its version; the old one if nothing changed.

    The encoder is trained where there is none, where the articles outgrew it, or where ``train`` asks for it.

    :raises store.IndexBusy: another process builds and ``wait`` is false.
    :raises store.IndexDamaged: what was written cannot be read; the old index stays.
    """
    with store.writer(wait=wait):
        state, _new = IndexState.objects.get_or_create(pk=IndexState.SINGLETON)
        documents, lexicon = sources.documents(), queries.lexicon()
        version, previous = store.current(), _previous()
        same = previous.content_digest == content_digest(documents, lexicon) if previous else not documents
        if train or not same:
            version = store.write(_snapshot(documents, lexicon, previous, train), now=now)
            store.point_to(version)
        _record(version, seen=state.needed_at, now=now)
        return version


def build_while_stale(*, now: datetime) -> None:
    """Build until no change is left unbuilt; do nothing where another process is at it."""
    for _ in range(MOST_ROUNDS):
        if not is_stale():
            return
        try:
            build(now=now, wait=False)
        except store.IndexBusy:
            return


def roll_back(*, now: datetime) -> str:
    """Point to the newest readable version older than the current one and return it.

    :raises NoOlderIndex: there is none.
    """
    with store.writer(wait=True):
        pointed = store.current()
        for version in (name for name in store.versions() if name < pointed):
            try:
                store.read(version)
            except store.IndexDamaged:
                log.exception("Index version %s cannot be read.", version)
                continue
            store.point_to(version)
            IndexState.objects.update(built_version=version, built_at=now)
            return version
    raise NoOlderIndex


def _previous() -> Snapshot | None:
    try:
        return store.read(store.current()) if store.current() else None
    except store.IndexDamaged:
        log.exception("The current index cannot be read; building without it.")
        return None


def _snapshot(documents: tuple[Document, ...], lexicon: Lexicon, previous: Snapshot | None, train: bool) -> Snapshot:
    """Return the new index, with the encoder and calibration of ``previous`` where they still fit."""
    given = encoders.load(Path(settings.KB_ENCODER)) if settings.KB_ENCODER else None
    fits = previous and (given is None or given.id == previous.encoder.id)
    parts = {"lexicon": lexicon, "reuse": previous}
    if fits and not train and len(documents) <= OUTGROWN * previous.trained_on:
        kept = {name: getattr(previous, name) for name in ("encoder", "calibration", "trained_on")}
        return Snapshot.build(documents, **kept, **parts)
    encoder = given or store.add_encoder(partial(training.train, documents))
    made = Snapshot.build(documents, encoder=encoder, calibration=CAUTIOUS, trained_on=len(documents), **parts)
    return trials.calibrated(made, encoder=given)


def _record(version: str, *, seen: datetime | None, now: datetime) -> None:
    """Record the build; a mark newer than the one ``seen`` before it stays, so that its change is built too."""
    done = Value(None, output_field=DateTimeField())
    IndexState.objects.update(
        built_version=version, built_at=now, needed_at=Case(When(needed_at=seen, then=done), default=F("needed_at"))
    )
