"""AES mode: the published message opens, a round trip is exact, everything else is refused by name."""

import base64
import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wechat.rules import crypto, messages

from .conftest import AES_KEY, APP_ID


def test_open_reads_the_published_message(published):
    inside = messages.read_xml(crypto.Envelope(AES_KEY, published.app_id).open(published.encrypted).encode())
    assert inside == {
        "ToUserName": "gh_10f6c3c3ac5a",
        "FromUserName": "oyORnuP8q7ou2gfYjqLzSIWZf0rs",
        "CreateTime": "1409735668",
        "MsgType": "text",
        "Content": "abcdteT",
        "MsgId": "6054768590064713728",
    }


@pytest.mark.parametrize("length", range(66))
def test_what_is_sealed_opens_to_the_same_at_every_length(envelope, length):
    message = "火" * (length // 3) + "a" * (length % 3)
    assert envelope.open(envelope.seal(message)) == message


def test_seal_pads_to_whole_blocks_of_32_bytes(envelope):
    assert [len(base64.b64decode(envelope.seal("a" * n))) % 32 for n in range(33)] == [0] * 33


def test_seal_draws_new_random_bytes_each_time(envelope):
    assert envelope.seal("same") != envelope.seal("same")


def test_open_refuses_a_message_for_another_account(envelope):
    with pytest.raises(crypto.ForeignAppId):
        crypto.Envelope(AES_KEY, "wx0000000000000000").open(envelope.seal("hello"))


def test_open_refuses_an_appid_that_only_begins_like_ours(envelope):
    with pytest.raises(crypto.ForeignAppId):
        envelope.open(crypto.Envelope(AES_KEY, APP_ID + "0").seal("hello"))


def test_open_refuses_another_key(envelope):
    with pytest.raises(crypto.CryptoError):
        crypto.Envelope("B" * 43, APP_ID).open(envelope.seal("hello"))


@pytest.mark.parametrize("ciphertext", ["", "not base64!", "YWJj", base64.b64encode(b"x" * 33).decode()])
def test_open_refuses_what_is_no_ciphertext(envelope, ciphertext):
    with pytest.raises(crypto.BadCiphertext):
        envelope.open(ciphertext)


def _seal_raw(clear: bytes) -> str:
    key = base64.b64decode(AES_KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(clear) + encryptor.finalize()).decode()


@pytest.mark.parametrize(
    "clear",
    [
        b"r" * 31 + b"\x00",  # padding of nothing
        b"r" * 31 + b"\x21",  # padding over 32
        b"r" * 30 + b"\x01\x02",  # padding bytes that differ
        b"r" * 12 + bytes([20]) * 20,  # nothing left for the header
        b"r" * 16 + struct.pack(">I", 2**32 - 1) + b"abc" + bytes([9]) * 9,  # a length beyond the end
    ],
)
def test_open_refuses_wrong_padding_and_lengths(envelope, clear):
    with pytest.raises(crypto.BadCiphertext):
        envelope.open(_seal_raw(clear))


def test_open_refuses_a_message_that_is_not_utf8(envelope):
    clear = b"r" * 16 + struct.pack(">I", 2) + b"\xff\xfe" + APP_ID.encode()
    with pytest.raises(crypto.BadCiphertext):
        envelope.open(_seal_raw(clear + bytes([32 - len(clear) % 32]) * (32 - len(clear) % 32)))


@pytest.mark.parametrize("key", ["", "short", "!" * 43])
def test_a_key_that_is_none_is_named(key):
    with pytest.raises(crypto.BadKey):
        crypto.Envelope(key, APP_ID).seal("hello")
