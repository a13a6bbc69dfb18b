"""AES mode of the callback: 16 random bytes, 4-byte length, message, appid, under AES-256-CBC.

Source: WeChat official account platform, "Message encryption: technical plan". The block padding is PKCS#7 to 32 bytes.
The caller verifies msg_signature before it opens anything, so a padding error tells an attacker nothing.
"""

import base64
import binascii
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
RANDOM_BYTES = 16
KEY_CHARACTERS = 43


class CryptoError(Exception):
    """The envelope cannot be opened, or the key cannot be one."""


class BadKey(CryptoError):
    """The EncodingAESKey is not 43 base64 characters."""


class BadCiphertext(CryptoError):
    """The ciphertext, its padding or its length field is not what the protocol says."""


class ForeignAppId(CryptoError):
    """The envelope was sealed for another official account."""


@dataclass(frozen=True)
class Envelope:
    """One account's key; seals and opens messages."""

    aes_key: str
    app_id: str

    def _cipher(self) -> Cipher:
        if len(self.aes_key) != KEY_CHARACTERS:
            raise BadKey("the EncodingAESKey has 43 characters")
        try:
            key = base64.b64decode(self.aes_key + "=", validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadKey("the EncodingAESKey is base64") from error
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def seal(self, message: str, *, random: bytes | None = None) -> str:
        """Return the message sealed (base64); ``random`` is 16 bytes, drawn when not given."""
        body = message.encode()
        clear = (
            (random or secrets.token_bytes(RANDOM_BYTES)) + struct.pack(">I", len(body)) + body + self.app_id.encode()
        )
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(_pad(clear)) + encryptor.finalize()).decode()

    def open(self, ciphertext: str) -> str:
        """Return the message inside.

        :raises BadKey: the configured key cannot be one.
        :raises BadCiphertext: it was not sealed under this key, or was changed.
        :raises ForeignAppId: it was sealed for another account.
        """
        decryptor = self._cipher().decryptor()
        try:
            sealed = base64.b64decode(ciphertext, validate=True)
            clear = _unpad(decryptor.update(sealed) + decryptor.finalize())
        except (binascii.Error, ValueError) as error:
            raise BadCiphertext("not a ciphertext of whole blocks") from error
        start = RANDOM_BYTES + 4
        if len(clear) < start:
            raise BadCiphertext("too short")
        end = start + struct.unpack(">I", clear[RANDOM_BYTES:start])[0]
        if end > len(clear):
            raise BadCiphertext("the length field points outside")
        if not hmac.compare_digest(clear[end:], self.app_id.encode()):
            raise ForeignAppId("sealed for another account")
        try:
            return clear[start:end].decode()
        except UnicodeDecodeError as error:
            raise BadCiphertext("not UTF-8") from error


def _pad(clear: bytes) -> bytes:
    count = BLOCK - len(clear) % BLOCK
    return clear + bytes([count]) * count


def _unpad(padded: bytes) -> bytes:
    count = padded[-1] if padded else 0
    if not 1 <= count <= BLOCK or not hmac.compare_digest(padded[-count:], bytes([count]) * count):
        raise BadCiphertext("wrong padding")
    return padded[:-count]
