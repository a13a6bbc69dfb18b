"""Sealing personal data."""

import base64

import pytest

from core import encryption


def test_what_is_sealed_opens_again_and_never_looks_the_same():
    first, second = encryption.encrypt("370202"), encryption.encrypt("370202")
    assert first != second
    assert encryption.decrypt(first) == encryption.decrypt(second) == "370202"


def test_a_changed_byte_is_detected():
    name, _, encoded = encryption.encrypt("370202").partition(":")
    sealed = bytearray(base64.b64decode(encoded))
    sealed[-1] ^= 1
    with pytest.raises(encryption.Undecryptable):
        encryption.decrypt(f"{name}:{base64.b64encode(sealed).decode()}")


def test_an_old_key_of_the_ring_still_opens(settings):
    old = settings.FIELD_ENCRYPTION_KEYS[0]
    sealed = encryption.encrypt("370202")
    settings.FIELD_ENCRYPTION_KEYS = ["2:" + base64.b64encode(bytes(32)).decode(), old]
    assert encryption.decrypt(sealed) == "370202"
    assert encryption.encrypt("370202").startswith("2:")
    settings.FIELD_ENCRYPTION_KEYS = ["2:" + base64.b64encode(bytes(32)).decode()]
    with pytest.raises(encryption.Undecryptable):
        encryption.decrypt(sealed)


def test_the_blind_index_depends_on_its_key(settings):
    first = encryption.blind_index("370202")
    assert first == encryption.blind_index("370202")
    settings.BLIND_INDEX_KEY = "another key"
    assert encryption.blind_index("370202") != first
