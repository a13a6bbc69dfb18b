"""Versions on disk: checked, swapped, kept, rolled back, written by one."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection

from kb import retrieval
from kb.calibration import CAUTIOUS
from kb.encoder import StaticEncoder
from kb.index import store
from kb.index.snapshot import Snapshot

from ._process import hear, running

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def write_with(documents, *, point=True):
    """Write a version of these documents beside the current one, with its encoder and calibration."""
    old = store.read(store.current())
    snapshot = Snapshot.build(
        documents, encoder=old.encoder, calibration=old.calibration, trained_on=old.trained_on, reuse=old
    )
    version = store.write(snapshot, now=NOW)
    if point:
        store.point_to(version)
    return version


def damage(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_what_is_written_is_read_back_whole(index, nine):
    snapshot = store.read(store.current())
    assert snapshot.documents == nine
    assert snapshot.version == store.current()
    assert snapshot.version.startswith("000001-")


@pytest.mark.parametrize(
    "name",
    [
        "documents.json",
        "questions.npz",
        "passages.npz",
        "english.npz",
        "lexicon.json",
        "prints.npy",
        "vectors.faiss",
        "manifest.json",
    ],
)
def test_one_changed_bit_in_any_file_makes_a_version_unusable(index, name):
    damage(index / "versions" / store.current() / name)
    with pytest.raises(store.IndexDamaged):
        store.read(store.current())


def test_a_changed_encoder_makes_a_version_unusable(index):
    damage(next((index / "encoders").rglob("model.safetensors")))
    with pytest.raises(store.IndexDamaged):
        store.read(store.current())


def test_a_missing_version_is_damaged_not_a_crash(index):
    with pytest.raises(store.IndexDamaged):
        store.read("000099-aaaaaaaaaaaa")


def test_a_version_of_another_format_is_not_used(index, monkeypatch):
    written = store.FORMAT
    monkeypatch.setattr(store, "FORMAT", written + 1)
    with pytest.raises(store.IndexDamaged, match=f"format {written}"):
        store.read(store.current())


def test_a_reader_follows_the_pointer(index, nine):
    assert retrieval.get("oil-pan-fire").title == "油锅起火怎么办"
    write_with(tuple(each for each in nine if each.id != "oil-pan-fire"))
    assert retrieval.get("oil-pan-fire") is None


def test_a_reader_looks_at_the_pointer_at_most_once_a_second(index, nine, monkeypatch):
    monkeypatch.setattr(retrieval, "CHECK_SECONDS", 1.0)
    first = retrieval.current_snapshot()
    looked = []
    monkeypatch.setattr(store, "pointer_stamp", lambda: looked.append(1))
    assert [retrieval.current_snapshot() is first for _ in range(50)] == [True] * 50
    assert looked == []


def test_a_damaged_new_version_leaves_the_previous_one_in_use_and_is_logged(index, nine, caplog):
    before = retrieval.current_snapshot()
    version = write_with(nine[:5], point=False)
    damage(index / "versions" / version / "vectors.faiss")
    store.point_to(version)
    assert retrieval.current_snapshot() is before
    assert retrieval.current_snapshot() is before
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        f"Index version {version} cannot be read."
    ]


def test_a_new_process_takes_the_newest_version_that_can_be_read(index, nine):
    first = store.current()
    damage(index / "versions" / write_with(nine[:5]) / "documents.json")
    assert retrieval.current_snapshot().version == first


def test_a_process_without_any_index_knows_nothing_and_does_not_fail(fresh):
    assert retrieval.search("油锅起火怎么办") == retrieval.NOTHING
    assert retrieval.get("oil-pan-fire") is None


def test_the_last_three_versions_and_their_encoder_are_kept(index, nine):
    first = store.current()
    later = [write_with(nine[:count]) for count in (5, 6, 7)]
    assert store.versions() == later[::-1]
    assert first not in store.versions()
    assert [path.name for path in (index / "encoders").iterdir()] == [store.read(later[0]).encoder.id]


def test_an_old_version_pointed_to_is_kept_beyond_three(index, nine):
    first = store.current()
    for count in (5, 6, 7, 8):
        write_with(nine[:count], point=False)
    store.point_to(first)
    assert first in store.versions()
    assert len(store.versions()) == 4


def test_one_writer_at_a_time(fresh):
    with store.writer(wait=True), pytest.raises(store.IndexBusy), store.writer(wait=False):
        pass
    with store.writer(wait=False):
        pass


def test_parallel_builders_wait_for_each_other_and_lose_no_version(index, nine):
    failures = []

    def build(count):
        try:
            with store.writer(wait=True):
                write_with(nine[:count])
        except Exception as error:
            failures.append(error)

    builders = [threading.Thread(target=build, args=(count,)) for count in (5, 6, 7)]
    [builder.start() for builder in builders]
    [builder.join() for builder in builders]
    assert failures == []
    assert [name[:6] for name in store.versions()] == ["000004", "000003", "000002"]
    assert {len(store.read(name).documents) for name in store.versions()} == {5, 6, 7}


def test_questions_asked_while_versions_are_swapped_are_each_answered_from_one_version(index, nine):
    stop, seen, failures = threading.Event(), [], []

    def ask():
        while not stop.is_set():
            try:
                hits = retrieval.search("着火了怎么灭火", limit=len(nine)).hits
                seen.append((len(hits), {hit.document.source_url for hit in hits}))
            except Exception as error:
                failures.append(error)
        connection.close()

    swap(nine, 0)
    retrieval.current_snapshot()
    askers = [threading.Thread(target=ask) for _ in range(4)]
    [asker.start() for asker in askers]
    for number in range(1, 13):
        swap(nine, number)
    stop.set()
    [asker.join() for asker in askers]
    assert failures == []
    assert {(count, len(versions)) for count, versions in seen} == {(len(nine), 1)}
    assert len(set.union(*(versions for _, versions in seen))) > 1
    assert retrieval.current_snapshot().documents[0].source_url == "https://example.org/12"


def swap(nine, number):
    """Point to a version whose every document says which it is of."""
    write_with(tuple(replace(each, source_url=f"https://example.org/{number}") for each in nine))


def test_a_version_that_somebody_reads_is_removed_only_afterwards(index, nine):
    first = store.current()
    with store._reading(first):
        for count in (2, 3, 4):
            write_with(nine[:count])
        assert (first in store.versions(), len(store.versions())) == (True, 4)
        assert store.read(first).documents == nine
    write_with(nine[:5])
    assert (first in store.versions(), len(store.versions())) == (False, 3)


def test_a_reader_in_another_process_keeps_a_version_too(index, nine, transactional_db):
    first = store.current()
    code = f"from kb.index import store\nwith store._reading({first!r}):\n    print('reads', flush=True)\n    input()"
    with running(code) as reader:
        assert hear(reader) == "reads"
        for count in (2, 3, 4):
            write_with(nine[:count])
        assert first in store.versions()


def test_the_manifest_names_revisions_encoder_and_withdrawals(index, nine):
    documents = tuple(replace(each, revision=number) for number, each in enumerate(nine))
    snapshot = replace(store.read(store.current()), documents=documents, withdrawals=7)
    version = store.write(snapshot, now=NOW)
    manifest = json.loads((index / "versions" / version / "manifest.json").read_text())
    assert manifest["revisions"] == {each.id: number for number, each in enumerate(nine)}
    assert (manifest["withdrawals"], manifest["encoder"]) == (7, snapshot.encoder.id)
    assert store.read(version).withdrawals == 7
    assert [each.revision for each in store.read(version).documents] == list(range(len(nine)))


def test_versions_are_described_with_what_is_wrong_with_them(index, nine):
    good = store.current()
    bad, worse = write_with(nine[:4]), write_with(nine[:3])
    damage(index / "versions" / bad / "documents.json")
    damage(index / "versions" / worse / "manifest.json")
    last, second, first = store.described()
    assert (first.name, first.documents, first.fault, first.search) == (good, len(nine), "", "IndexFlatIP")
    assert first.size == sum(path.stat().st_size for path in (index / "versions" / good).iterdir())
    assert (second.name, second.documents, second.fault) == (bad, 4, "documents.json")
    assert "manifest.json was changed" in last.fault


def test_a_damaged_manifest_of_an_old_version_does_not_stop_the_next_build(index, nine):
    (index / "versions" / store.current() / "manifest.json").write_bytes(b"\xff{")
    (index / "versions" / ".DS_Store").write_text("")
    old = store.versions()[0]
    snapshot = Snapshot.build(
        nine, encoder=StaticEncoder.read(*(index / "encoders").iterdir()), calibration=CAUTIOUS, trained_on=68
    )
    store.point_to(store.write(snapshot, now=NOW))
    assert store.versions() == [store.current(), old]
    assert store.read(store.current()).documents == nine


def test_a_folder_left_by_a_crash_does_not_stop_the_next_build(index, nine):
    (index / "new").mkdir()
    (index / "new" / "vectors.faiss").write_text("half")
    assert store.read(write_with(nine[:5])).documents == nine[:5]
