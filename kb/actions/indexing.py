"""Mark the index as behind, withdraw what may no longer be answered, build beside the old one and swap, roll back."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, DateTimeField, F, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import has_any_role
from core.actions import auditing
from core.enums import Deed
from kb import encoder as encoders
from kb import queries, sources, training
from kb.calibration import CAUTIOUS
from kb.evaluation import trials
from kb.index import store
from kb.index.snapshot import Snapshot
from kb.lexicon import Lexicon
from kb.models import IndexState, Withdrawal
from kb.permissions import INDEX_KEEPERS
from kb.sources import Document

log = logging.getLogger(__name__)
OUTGROWN = 1.5  # times as many documents as the encoder was trained on
MOST_ROUNDS = 10


class NoOlderIndex(Exception):
    """There is no such version to go back to, or it cannot be read."""


class NotYourIndex(PermissionDenied):
    """Only those who keep the index decide on it."""

    reason = _("Only publishers and administrators may build the index anew or go back to an older one.")


def mark_stale(*, now: datetime) -> None:
    """Note that the articles changed; the first mark also nudges the builder once its transaction is through."""
    if IndexState.objects.filter(needed_at__isnull=False).update(needed_at=now):
        return
    IndexState.objects.update_or_create(pk=IndexState.SINGLETON, defaults={"needed_at": now})
    _nudge_on_commit()


def withdraw(*, documents: Iterable[str], now: datetime) -> None:
    """Let nothing be answered, from the moment this is committed, with what these documents say in any index so far.

    What they say now, if anything, is answered again from an index that was built after this.
    """
    with transaction.atomic():
        mark_stale(now=now)
        IndexState.objects.update(withdrawals=F("withdrawals") + 1)  # locks the row: numbers are in order of commits
        number = IndexState.objects.values_list("withdrawals", flat=True).get()
        Withdrawal.objects.bulk_create(
            [Withdrawal(document=document, number=number) for document in sorted(set(documents))],
            update_conflicts=True,
            unique_fields=["document"],
            update_fields=["number"],
        )


def request_rebuild(*, train: bool, by: User, now: datetime) -> None:
    """Ask a worker to build the whole index anew, with ``train`` its encoder and calibration too.

    :raises NotYourIndex: ``by`` does not keep the index.
    """
    _keeps(by)
    with transaction.atomic():
        state, _new = IndexState.objects.select_for_update().get_or_create(pk=IndexState.SINGLETON)
        state.needed_at = state.whole_asked_at = now
        state.trains = train
        state.save(update_fields=["needed_at", "whole_asked_at", "trains"])
        asked = "whole, encoder trained" if train else "whole"
        auditing.record(deed=Deed.CHANGED, target=state, after={"build": asked}, by=by, now=now)
        _nudge_on_commit()


def is_stale() -> bool:
    """Say whether a build is due: marked, or no index on disk (one query, one stat)."""
    return queries.index_needed() or store.pointer_stamp() is None


def is_readable() -> bool:
    """Say whether the current index can be used by this code, with the encoder that is set."""
    return _read(store.current()) is not None


def build(*, now: datetime, train: bool = False, whole: bool = False, wait: bool = True) -> str:
    """Build the index from the live documents, point to it and return its version; the old one if nothing changed.

    Only what changed is indexed anew, with ``whole`` everything. The encoder is trained where there is none, where the
    articles outgrew it, or where ``train`` asks for it.

    :raises store.IndexBusy: another process builds and ``wait`` is false.
    :raises store.IndexDamaged: what was written cannot be read; the old index stays.
    """
    with store.writer(wait=wait):
        # The state is read before the documents: what is withdrawn after that is not taken for minded.
        state, _new = IndexState.objects.get_or_create(pk=IndexState.SINGLETON)
        asked = state.whole_asked_at is not None
        try:
            version = _built(state, train=train or (asked and state.trains), whole=whole or train or asked, now=now)
        except Exception as error:
            IndexState.objects.update(failed_at=now, failure=repr(error)[:200])
            raise
        _record(version, seen=state, now=now)
        return version


def build_while_stale(*, now: datetime) -> None:
    """Build until no change is left unbuilt; do nothing where another process is at it."""
    for _round in range(MOST_ROUNDS):
        if not is_stale():
            return
        try:
            build(now=now, wait=False)
        except store.IndexBusy:
            return


def roll_back(*, now: datetime, to: str = "", by: User | None = None) -> str:
    """Point to the version ``to``, else to the newest readable one older than the current, and return it.

    It stays until the next change. What was withdrawn since it was built stays withdrawn.

    :raises NotYourIndex: ``by`` (None: whoever has the machine) does not keep the index.
    :raises NoOlderIndex: there is none.
    """
    if by:
        _keeps(by)
    with store.writer(wait=True):
        pointed = store.current()
        for version in store.versions():
            if (version == to if to else version < pointed) and _read(version):
                with transaction.atomic():
                    state, _new = IndexState.objects.get_or_create(pk=IndexState.SINGLETON)
                    IndexState.objects.update(built_version=version, built_at=now)
                    before, after = {"version": pointed}, {"version": version}
                    auditing.record(deed=Deed.CHANGED, target=state, before=before, after=after, by=by, now=now)
                    store.point_to(version)
                return version
    raise NoOlderIndex


def _keeps(by: User) -> None:
    if not has_any_role(by, INDEX_KEEPERS):
        raise NotYourIndex(NotYourIndex.reason)


def _nudge_on_commit() -> None:
    transaction.on_commit(_nudge, robust=True)  # a dead broker is no reason to fail: the sweep builds


def _nudge() -> None:
    from kb.tasks import build_stale_index

    build_stale_index.apply_async(retry=False)


def _read(version: str) -> Snapshot | None:
    try:
        return store.read(version) if version else None
    except store.IndexDamaged:
        log.exception("Index version %s cannot be read.", version)
        return None


def _built(state: IndexState, *, train: bool, whole: bool, now: datetime) -> str:
    """Return the version that holds what is live, written now unless it is the current one already."""
    documents, lexicon, pointed = sources.documents(), queries.lexicon(), store.current()
    candidates = [pointed, *(name for name in store.versions() if name != pointed)] if pointed else []
    previous = next(filter(None, map(_read, candidates)), None)
    if not whole and _is_current(previous, pointed, documents, lexicon):
        return pointed
    version = store.write(_snapshot(documents, lexicon, state.withdrawals, previous, train, whole), now=now)
    store.point_to(version)
    return version


def _is_current(previous: Snapshot | None, pointed: str, documents: tuple[Document, ...], lexicon: Lexicon) -> bool:
    if previous is None:
        return not documents
    says_the_same = (previous.version, previous.documents, previous.lexicon) == (pointed, documents, lexicon)
    # What went and came back with the same words is withdrawn until an index has seen both.
    return says_the_same and queries.withdrawn_since(previous.withdrawals).isdisjoint(previous.by_id)


def _snapshot(documents, lexicon: Lexicon, withdrawals: int, previous: Snapshot | None, train: bool, whole: bool):
    """Return the new index, with the encoder and calibration of ``previous`` where they still fit."""
    given = encoders.load(Path(settings.KB_ENCODER)) if settings.KB_ENCODER else None
    fits = previous and (given is None or given.id == previous.encoder.id)
    parts = {"lexicon": lexicon, "withdrawals": withdrawals, "reuse": None if whole else previous}
    if fits and not train and len(documents) <= OUTGROWN * previous.trained_on:
        kept = {name: getattr(previous, name) for name in ("encoder", "calibration", "trained_on")}
        return Snapshot.build(documents, **kept, **parts)
    encoder = given or store.add_encoder(partial(training.train, documents))
    made = Snapshot.build(documents, encoder=encoder, calibration=CAUTIOUS, trained_on=len(documents), **parts)
    return trials.calibrated(made, encoder=given)


def _record(version: str, *, seen: IndexState, now: datetime) -> None:
    """Record the build; a mark newer than the one ``seen`` before it stays, so that its change is built too."""
    done = Value(None, output_field=DateTimeField())
    IndexState.objects.update(
        built_version=version,
        built_at=now,
        failed_at=None,
        failure="",
        needed_at=Case(When(needed_at=seen.needed_at, then=done), default=F("needed_at")),
        whole_asked_at=Case(When(whole_asked_at=seen.whole_asked_at, then=done), default=F("whole_asked_at")),
    )
