"""Versions of the index on disk: written beside the old one, checked, then pointed to; one writer at a time.

``KB_INDEX_DIR/versions/<version>/`` holds an index, ``encoders/<id>/`` an encoder of our own, and ``current`` names the
version to use. A version's name ends with the digest of its manifest, which holds the digest of every other file.
Who reads a version holds a shared lock on its folder meanwhile, and nobody removes it.
"""

import fcntl
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kb import encoder as encoders
from kb.calibration import Calibration

from .snapshot import Snapshot

log = logging.getLogger(__name__)
KEPT = 3
FORMAT = 3  # raised when the files, or how text becomes terms, change
SEAL_LENGTH = 12
VERSION = re.compile(r"\d{6}-[0-9a-f]{12}")


class IndexBusy(Exception):
    """Another process is building."""


class IndexDamaged(Exception):
    """A version cannot be used: a file is missing, changed, or its encoder is not there."""


@dataclass(frozen=True)
class Version:
    """What a version says of itself; ``size`` in bytes, ``fault`` why it cannot be used (then all else is empty)."""

    name: str
    size: int = 0
    built_at: datetime | None = None
    documents: int = 0
    vectors: int = 0
    encoder: str = ""
    search: str = ""
    fault: str = ""


def _root() -> Path:
    return Path(settings.KB_INDEX_DIR)


@contextmanager
def writer(*, wait: bool) -> Iterator[None]:
    """Hold the only right to write.

    :raises IndexBusy: another holds it and ``wait`` is false.
    """
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise IndexBusy from error
        yield


def is_being_written() -> bool:
    """Say whether a builder is at work."""
    try:
        with writer(wait=False):
            return False
    except IndexBusy:
        return True


def versions() -> list[str]:
    """Return the names of the versions on disk, newest first."""
    names = (path.name for path in (_root() / "versions").glob("*"))
    return sorted(filter(VERSION.fullmatch, names), reverse=True)


def current() -> str:
    """Return the version pointed to, or an empty string."""
    try:
        return (_root() / "current").read_text().strip()
    except FileNotFoundError:
        return ""


def pointer_stamp() -> tuple[int, int] | None:
    """Return what changes whenever the pointer is swapped; None without one."""
    try:
        stat = (_root() / "current").stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns


def point_to(version: str) -> None:
    """Make ``version`` the one that every process uses from now on, and drop what is too old to roll back to."""
    beside = _root() / "current.new"
    beside.write_text(version)
    beside.replace(_root() / "current")
    _drop_old(version)


def add_encoder(train) -> encoders.Encoder:
    """Return the encoder that ``train(folder=…)`` saves, kept under its own id."""
    beside = _empty_folder()
    train(folder=beside)
    made = encoders.load(beside)
    _move(beside, _root() / "encoders" / made.id)
    return made


def write(snapshot: Snapshot, *, now: datetime) -> str:
    """Write ``snapshot`` as a new version, check it by reading it back, and return its name; nothing points to it yet.

    :raises IndexDamaged: what was written cannot be read.
    """
    beside = _empty_folder()
    snapshot.save(beside)
    manifest = {
        "format": FORMAT,
        "built_at": now.isoformat(),
        "documents": len(snapshot.documents),
        "revisions": {document.id: document.revision for document in snapshot.documents},
        "withdrawals": snapshot.withdrawals,
        "vectors": snapshot.vectors.ntotal,
        "search": type(snapshot.vectors).__name__,
        "trained_on": snapshot.trained_on,
        "encoder": snapshot.encoder.id,
        "lexicon": snapshot.lexicon.digest,
        "calibration": snapshot.calibration.stored(),
        "files": {path.name: _digest(path) for path in sorted(beside.iterdir())},
    }
    (beside / "manifest.json").write_text(json.dumps(manifest, indent=1))
    number = max((int(name.partition("-")[0]) for name in versions()), default=0) + 1
    version = f"{number:06}-{_digest(beside / 'manifest.json')[:SEAL_LENGTH]}"
    _move(beside, _root() / "versions" / version)
    read(version, encoder=snapshot.encoder)
    return version


def read(version: str, *, encoder: encoders.Encoder | None = None) -> Snapshot:
    """Return the version, every file checked; ``encoder`` is used where it is the right one already.

    :raises IndexDamaged: it cannot be used.
    """
    try:
        with _reading(version) as folder:
            manifest = _manifest(folder)
            for name, digest in manifest["files"].items():
                if _digest(folder / name) != digest:
                    raise IndexDamaged(f"{version}: {name} was changed")
            if encoder is None or encoder.id != manifest["encoder"]:
                encoder = _encoder(manifest["encoder"])
            parts = {name: manifest[name] for name in ("trained_on", "withdrawals")}
            calibration = Calibration.from_stored(manifest["calibration"])
            return Snapshot.load(folder, encoder=encoder, calibration=calibration, **parts)
    except IndexDamaged:
        raise
    except Exception as error:  # whatever is wrong with a file, it is the version that cannot be used
        raise IndexDamaged(f"{version}: {error!r}") from error


def described() -> list[Version]:
    """Return what each version on disk says of itself, its files checked, newest first."""
    return [_described(name) for name in versions()]


def _described(version: str) -> Version:
    try:
        with _reading(version) as folder:
            manifest = _manifest(folder)
            changed = [name for name, digest in manifest["files"].items() if _digest(folder / name) != digest]
            size = sum(path.stat().st_size for path in folder.iterdir())
        told = {name: manifest[name] for name in ("documents", "vectors", "encoder", "search")}
        built_at = datetime.fromisoformat(manifest["built_at"])
        return Version(version, size, built_at, **told, fault=", ".join(changed))
    except Exception as error:  # a page that lists versions must list the broken ones too
        return Version(version, fault=str(error) or repr(error))


@contextmanager
def _reading(version: str) -> Iterator[Path]:
    """Keep the version from being removed, and give its folder."""
    folder = _root() / "versions" / version
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield folder
    finally:
        os.close(handle)


def _manifest(folder: Path) -> dict:
    if _digest(folder / "manifest.json")[:SEAL_LENGTH] != folder.name.rpartition("-")[2]:
        raise IndexDamaged(f"{folder.name}: manifest.json was changed")
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest["format"] != FORMAT:
        raise IndexDamaged(f"{folder.name}: written in format {manifest['format']}, this is {FORMAT}")
    return manifest


def _encoder(number: str) -> encoders.Encoder:
    folder = Path(settings.KB_ENCODER) if settings.KB_ENCODER else _root() / "encoders" / number
    found = encoders.load(folder)
    if found.id != number:
        raise IndexDamaged(f"the index needs encoder {number}, {folder} is {found.id}")
    return found


def _drop_old(pointed: str) -> None:
    kept = {pointed, *versions()[:KEPT]}
    for version in versions():
        if version not in kept:
            _remove(_root() / "versions" / version)
    needed = "".join(path.read_text(errors="replace") for path in _root().glob("versions/*/manifest.json"))
    for folder in (_root() / "encoders").glob("*"):
        if folder.name not in needed:  # looked for as text: a damaged manifest must not stop the swap
            shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path) -> None:
    """Remove a version, or leave it to the next swap while somebody reads it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        log.info("Index version %s is being read; it goes with the next swap.", folder.name)
    finally:
        os.close(handle)


def _empty_folder() -> Path:
    """Return the folder to write the next thing in; only the writer uses it, so what it holds is left from a crash."""
    folder = _root() / "new"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _move(beside: Path, home: Path) -> None:
    for path in beside.rglob("*"):
        if path.is_file():
            path.chmod(0o644)  # safetensors writes 0600, and the reader may be another user than the builder
    home.parent.mkdir(exist_ok=True)
    shutil.rmtree(home, ignore_errors=True)
    beside.replace(home)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
