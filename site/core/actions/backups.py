"""Everything that cannot be made anew in one sealed file, and back: the database and the uploaded files."""

import json
import shutil
import tarfile
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from core import databases
from core.enums import Deed
from core.sealed_files import CHUNK_BYTES, OpeningReader, SealingWriter, read_key

from .auditing import record

MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"
KIND = "core.backup"


class NotEmpty(Exception):
    """There is something already where the backup would go."""


class OtherDatabase(Exception):
    """The backup is of another kind of database."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    made_at: str
    vendor: str
    files: int
    bytes: int


def make(*, target: BinaryIO, now: datetime) -> Manifest:
    """Write database and uploaded files to ``target``, sealed under BACKUP_KEY; the database first.

    A file that comes later than its row would be missing; one that comes earlier is only left over.

    :raises WrongKey: BACKUP_KEY is none.
    """
    key = read_key(settings.BACKUP_KEY)
    record(deed=Deed.EXPORTED, kind=KIND, now=now)
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        copy = Path(folder) / DATABASE
        databases.dump(copy)
        media = _media_files()
        manifest = Manifest(now.isoformat(), connection.vendor, len(media), sum(p.stat().st_size for p in media))
        sealed = SealingWriter(target, key)
        with tarfile.open(fileobj=sealed, mode="w|", bufsize=CHUNK_BYTES) as tar:
            _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
            tar.add(copy, DATABASE)
            for path in media:
                with suppress(FileNotFoundError):  # removed since it was listed
                    tar.add(path, f"{MEDIA}/{path.relative_to(settings.MEDIA_ROOT)}")
        sealed.finish()
    return manifest


def verify(*, source: BinaryIO) -> Manifest:
    """Read the whole backup and return what it says about itself; nothing is touched.

    :raises NotSealed, WrongKey, Broken: it is not to be trusted.
    """
    manifest = None
    with _opened(source) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if member.name == MANIFEST:
                manifest = Manifest(**json.load(file))
    _drain(tar)
    if manifest is None:
        raise OtherDatabase("it holds no manifest")
    return manifest


def restore(*, source: BinaryIO, replace: bool, now: datetime) -> Manifest:
    """Put database and files back from ``source``, which is read twice: first to prove all of it.

    :raises NotSealed, WrongKey, Broken, OtherDatabase: it cannot be used; nothing was touched.
    :raises NotEmpty: there is a database or there are files, and ``replace`` is false; nothing was touched.
    """
    if not replace and not databases.is_empty():
        raise NotEmpty("the database has tables")
    if not replace and _media_files():
        raise NotEmpty(f"{settings.MEDIA_ROOT} has files")
    manifest = verify(source=source)
    if manifest.vendor != connection.vendor:
        raise OtherDatabase(f"it holds a {manifest.vendor} database, this is {connection.vendor}")
    source.seek(0)
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        with _opened(source) as tar:
            tar.extractall(folder, filter="data")
        databases.load(Path(folder) / DATABASE, replace=replace)
        if (Path(folder) / MEDIA).is_dir():
            shutil.copytree(Path(folder) / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
    record(deed=Deed.IMPORTED, kind=KIND, after={"made_at": manifest.made_at, "files": manifest.files}, now=now)
    return manifest


def _opened(source: BinaryIO) -> tarfile.TarFile:
    reader = OpeningReader(source, read_key(settings.BACKUP_KEY))
    tar = tarfile.open(fileobj=reader, mode="r|", bufsize=CHUNK_BYTES)  # noqa: SIM115  (the caller closes it)
    tar.sealed = reader
    return tar


def _drain(tar: tarfile.TarFile) -> None:
    """Read what tar did not need: its padding is sealed too, and so is the end."""
    while tar.sealed.read(CHUNK_BYTES):
        pass


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, BytesIO(content))


def _media_files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []
