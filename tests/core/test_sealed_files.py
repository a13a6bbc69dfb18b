"""Sealed files open whole, under their key, or not at all."""

import io

import pytest

from core import sealed_files
from core.sealed_files import Broken, NotSealed, OpeningReader, SealingWriter, WrongKey, read_key

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
HEAD = 40


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed_files, "CHUNK_BYTES", 100)


def seal(clear: bytes) -> bytes:
    target = io.BytesIO()
    writer = SealingWriter(target, KEY)
    for start in range(0, len(clear), 70):
        writer.write(clear[start : start + 70])
    writer.finish()
    return target.getvalue()


def open_(sealed: bytes, key: bytes = KEY) -> bytes:
    return io.BufferedReader(OpeningReader(io.BytesIO(sealed), key)).read()


def chunks(sealed: bytes) -> list[bytes]:
    found, place = [], HEAD
    while place < len(sealed):
        size = 4 + int.from_bytes(sealed[place : place + 4], "big")
        found.append(sealed[place : place + size])
        place += size
    return found


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 1234])
def test_what_was_sealed_is_opened(size):
    clear = bytes(number % 251 for number in range(size))
    assert open_(seal(clear)) == clear


def test_the_same_text_is_sealed_differently_each_time():
    assert seal(b"same") != seal(b"same")


def test_another_key_is_told_at_once():
    with pytest.raises(WrongKey):
        open_(seal(b"secret"), OTHER)


def test_what_is_no_sealed_file_is_told_at_once():
    with pytest.raises(NotSealed):
        open_(b"PK\x03\x04 a zip file of some length, longer than the head of one of ours")


def test_one_changed_bit_anywhere_is_found():
    sealed = seal(b"x" * 250)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((Broken, WrongKey, NotSealed)):
            open_(bytes(changed))


@pytest.mark.parametrize(
    "order", [[0, 1], [0, 2], [1, 0, 2], [0, 1, 2, 2], [0, 0, 1, 2], [2], [0, 1, 1, 2], []], ids=str
)
def test_chunks_missing_repeated_or_out_of_place_are_found(order):
    sealed = seal(b"a" * 100 + b"b" * 100 + b"c" * 50)
    pieces = chunks(sealed)
    assert len(pieces) == 3
    with pytest.raises(Broken):
        open_(sealed[:HEAD] + b"".join(pieces[number] for number in order))


def test_a_file_that_was_never_finished_does_not_open():
    target = io.BytesIO()
    SealingWriter(target, KEY).write(b"x" * 500)
    with pytest.raises(Broken):
        open_(target.getvalue())


@pytest.mark.parametrize("text", ["", "not base64!", "c2hvcnQ="])
def test_a_key_that_is_none_is_refused(text):
    with pytest.raises(WrongKey):
        read_key(text)
