"""Versions of the index on disk: written beside the old one, checked, then pointed to; one writer at a time.

``KB_INDEX_DIR/versions/<version>/`` holds an index, ``encoders/<id>/`` an encoder of our own, and ``current`` names the
version to use. A version's name ends with the digest of its manifest, which holds the digest of every other file.
"""

import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kb import encoder as encoders
from kb.calibration import Calibration

from .snapshot import Snapshot

KEPT = 3
FORMAT = 2  # raised when the files, or how text becomes terms, change
SEAL_LENGTH = 12
VERSION = re.compile(r"\d{6}-[0-9a-f]{12}")


class IndexBusy(Exception):
    """Another process is building."""


class IndexDamaged(Exception):
    """A version cannot be used: a file is missing, changed, or its encoder is not there."""


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
    folder = _root() / "versions" / version
    try:
        if not version or _digest(folder / "manifest.json")[:SEAL_LENGTH] != version.rpartition("-")[2]:
            raise IndexDamaged(f"{version}: manifest.json was changed")
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["format"] != FORMAT:
            raise IndexDamaged(f"{version}: written in format {manifest['format']}, this is {FORMAT}")
        for name, digest in manifest["files"].items():
            if _digest(folder / name) != digest:
                raise IndexDamaged(f"{version}: {name} was changed")
        if encoder is None or encoder.id != manifest["encoder"]:
            encoder = _encoder(manifest["encoder"])
        calibration = Calibration.from_stored(manifest["calibration"])
        return Snapshot.load(folder, encoder=encoder, calibration=calibration, trained_on=manifest["trained_on"])
    except IndexDamaged:
        raise
    except Exception as error:  # whatever is wrong with a file, it is the version that cannot be used
        raise IndexDamaged(f"{version}: {error!r}") from error


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
            shutil.rmtree(_root() / "versions" / version, ignore_errors=True)
    needed = "".join(path.read_text(errors="replace") for path in _root().glob("versions/*/manifest.json"))
    for folder in (_root() / "encoders").glob("*"):
        if folder.name not in needed:  # looked for as text: a damaged manifest must not stop the swap
            shutil.rmtree(folder, ignore_errors=True)


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
