"""Whether something must be made again: a digest of what it was made from, kept beside it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str, files: Iterable[Path] = ()) -> str:
    """Return a digest of texts and of the names and contents of files; a missing file counts as empty."""
    sum_ = hashlib.sha256("\0".join(parts).encode())
    for file in sorted(files):
        sum_.update(f"\0{file}\0".encode())
        if file.is_file():
            sum_.update(file.read_bytes())
    return sum_.hexdigest()


def listing(folders: Iterable[Path], *, without: frozenset[str] = frozenset()) -> str:
    """Return a digest of the names, sizes and times of every file below ``folders``: quick where contents are large."""
    rows = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if without.isdisjoint(file.parts) and file.is_file():
                status = file.stat()
                rows.append(f"{file}\0{status.st_size}\0{status.st_mtime_ns}")
    return digest(*rows)


def is_current(stamp: Path, value: str) -> bool:
    """Say whether ``stamp`` holds ``value``."""
    return stamp.is_file() and stamp.read_text().strip() == value


def write(stamp: Path, value: str) -> None:
    """Keep ``value`` for the next time."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n")
