"""Archives of other systems: what they say of their sizes is checked before anything is unpacked."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping

from core.sheets.workbooks import DAMAGED, METHODS

from .reads import Malformed

MAX_PARTS = 40_000
MAX_UNPACKED = 200_000_000
MAX_PART = 25_000_000
EPOCH = (1980, 1, 1, 0, 0, 0)


class Archive(Mapping):
    """The files of an archive by their path; each is unpacked when it is asked for."""

    def __init__(self, data: bytes):
        """Check the archive.

        :raises Malformed: it is none, or a bomb.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {
                posixpath.normpath(part.filename): part for part in self._zip.infolist() if not part.is_dir()
            }
        except DAMAGED as error:
            raise Malformed("damaged") from error
        parts = self._parts.values()
        if (
            len(parts) > MAX_PARTS
            or sum(part.file_size for part in parts) > MAX_UNPACKED
            or any(part.file_size > MAX_PART or part.compress_type not in METHODS for part in parts)
        ):
            raise Malformed("unpacked")

    def __getitem__(self, path: str) -> bytes:
        part = self._parts[path]
        try:
            return self._zip.read(part)
        except DAMAGED as error:
            raise Malformed("damaged", where=path) from error

    def __contains__(self, path) -> bool:
        return path in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return an archive; the same files make the same archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()
