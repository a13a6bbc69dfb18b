"""Files sealed as they are written and opened as they are read: AES-256-GCM in chunks, none of which can be left out.

Layout: 8 bytes of mark, 16 of salt, 16 that tell the right key from a wrong one; then chunks, each 4 bytes of length
and the sealed bytes. A chunk's nonce is its number and whether it is the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): one that is missing, repeated, out of place or behind the last does not open.
Each file has its own key, derived (HKDF) from the given one and the salt, so that no nonce serves twice.
"""

import base64
import binascii
import hmac
import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"XHYJBK01"
SALT_BYTES = CHECK_BYTES = 16
KEY_BYTES = 32
TAG_BYTES = 16
CHUNK_BYTES = 1 << 20


class NotSealed(Exception):
    """This is no file of ours."""


class WrongKey(Exception):
    """The file was sealed under another key, or the key is none."""


class Broken(Exception):
    """The file was changed, cut short or put together anew."""


def read_key(text: str) -> bytes:
    """Return the key of 32 bytes that ``text`` (base64) stands for.

    :raises WrongKey: it stands for none.
    """
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise WrongKey("the key is not base64") from error
    if len(key) != KEY_BYTES:
        raise WrongKey(f"the key has {len(key)} bytes, not {KEY_BYTES}")
    return key


def _keys(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    derived = HKDF(SHA256(), KEY_BYTES + CHECK_BYTES, salt, MARK).derive(key)
    return AESGCM(derived[:KEY_BYTES]), derived[KEY_BYTES:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter(io.RawIOBase):
    """Seals what is written to it; only ``close`` writes the last chunk, without which the file does not open."""

    def __init__(self, target: BinaryIO, key: bytes):
        salt = secrets.token_bytes(SALT_BYTES)
        self._cipher, check = _keys(key, salt)
        self._target, self._number, self._waiting = target, 0, bytearray()
        target.write(MARK + salt + check)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:  # never all of it: what comes last is known at the end
            self._put(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk: what was sealed is whole."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, clear: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last), clear, None)
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Opens a sealed file chunk by chunk; nothing that was not proved whole leaves it.

    :raises NotSealed, WrongKey: at once.
    :raises Broken: while reading.
    """

    def __init__(self, source: BinaryIO, key: bytes):
        head = source.read(len(MARK) + SALT_BYTES + CHECK_BYTES)
        if not head.startswith(MARK) or len(head) < len(MARK) + SALT_BYTES + CHECK_BYTES:
            raise NotSealed("not a sealed file")
        salt, check = head[len(MARK) : -CHECK_BYTES], head[-CHECK_BYTES:]
        self._cipher, expected = _keys(key, salt)
        if not hmac.compare_digest(check, expected):
            raise WrongKey("sealed under another key")
        self._source, self._number, self._clear, self._ended = source, 0, bytearray(), False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._clear and not self._ended:
            self._open_next()
        count = min(len(buffer), len(self._clear))
        buffer[:count] = self._clear[:count]
        del self._clear[:count]
        return count

    def _open_next(self) -> None:
        size = int.from_bytes(self._exactly(4), "big")
        if not TAG_BYTES <= size <= CHUNK_BYTES + TAG_BYTES:
            raise Broken(f"chunk {self._number} has an impossible length")
        sealed = self._exactly(size)
        for last in (False, True):
            try:
                self._clear += self._cipher.decrypt(_nonce(self._number, last), sealed, None)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last
            break
        else:
            raise Broken(f"chunk {self._number} was changed or stands in the wrong place")
        if self._ended and self._source.read(1):
            raise Broken("something follows the last chunk")

    def _exactly(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) != size:
            raise Broken("the file was cut short")
        return data
