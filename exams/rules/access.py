"""Who may begin, and from where: one predicate a rule, each returning a reason to show, or None. Pure."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """From where somebody asks.

    ``address`` is the client's, an IPv6 one as its /64. ``url`` is the absolute address that was asked for, without its
    fragment; ``hashes`` are what Safe Exam Browser sent with it. ``proved`` says that this browser sent a right hash
    before. ``device`` is a random name of the browser.
    """

    address: str = ""
    url: str = ""
    hashes: tuple[str, ...] = ()
    proved: bool = False
    device: str = ""


NOWHERE = Place()


def window(*, opens_at: datetime, closes_at: datetime, now: datetime):
    """The sitting is open from its opening to before its closing."""
    return None if opens_at <= now < closes_at else _("The sitting is not open now.")


def admitted(*, cancelled_at: datetime | None):
    """An admission that was cancelled gives no seat."""
    return None if cancelled_at is None else _("Your admission to this sitting was cancelled.")


def checked_in(*, needed: bool, checked_in_at: datetime | None):
    """Where the sitting asks for it, the invigilator has compared face and papers."""
    if not needed or checked_in_at:
        return None
    return _("Check in with the invigilator first: show your admission ticket and your identity card.")


def room_started(*, together: bool, started_at: datetime | None):
    """Where the room starts together, nobody starts before it."""
    return _("Wait here: the invigilator starts the whole room.") if together and started_at is None else None


def network(*, ranges: str, address: str):
    """The address lies in one of the networks, one a line; a line that is none lets nobody in."""
    lines = ranges.split()
    if not lines or any(_within(address, line) for line in lines):
        return None
    return _("This exam can only be taken in its room, and this device is not in the room's network.")


def _within(address: str, line: str) -> bool:
    try:
        here, there = ip_network(address, strict=False), ip_network(line, strict=False)
    except ValueError:
        return False
    return here.version == there.version and here.subnet_of(there)


def bad_networks(ranges: str) -> list[str]:
    """Return the lines that are no network."""
    return [line for line in ranges.split() if not _within(line, line)]


def safe_browser(*, keys: str, url: str, hashes: tuple[str, ...], proved: bool = False):
    """The request comes from Safe Exam Browser with one of the configurations, one key a line.

    It sends, in X-SafeExamBrowser-ConfigKeyHash, the SHA-256 in hexadecimal of the absolute address followed by the
    Config Key; X-SafeExamBrowser-RequestHash is the same with the Browser Exam Key, which depends on the version, too
    (safeexambrowser.org/developer/seb-config-key.html and SEB-Specification-BrowserExamKey.pdf).
    """
    wanted = keys.split()
    if not wanted or proved or any(_is_hash_of(url, key, sent) for key in wanted for sent in hashes):
        return None
    return _("Open this exam in Safe Exam Browser with the configuration of this room.")


def _is_hash_of(url: str, key: str, sent: str) -> bool:
    right = hashlib.sha256(f"{url}{key.lower()}".encode()).hexdigest()
    return secrets.compare_digest(right.encode(), sent.strip().lower().encode())


def room_code(*, code: str, typed: str):
    """The code read out in the room was typed; full-width digits of a Chinese keyboard count as digits."""
    if secrets.compare_digest(_folded(code), _folded(typed)):  # bytes: Chinese text cannot be compared
        return None
    return _("This is not the code of this room. Ask the invigilator.")


def _folded(typed: str) -> bytes:
    return unicodedata.normalize("NFKC", typed).strip().encode()


def from_here(sitting, place: Place) -> Iterator:
    """Yield what stands against taking the sitting from this place."""
    yield network(ranges=sitting.ip_ranges, address=place.address)
    yield safe_browser(keys=sitting.seb_keys, url=place.url, hashes=place.hashes, proved=place.proved)


def standing(admission, *, place: Place, now: datetime) -> list:
    """Return the reasons why this admission cannot start now, from here, in the order in which they can be mended."""
    sitting = admission.sitting
    reasons = (
        admitted(cancelled_at=admission.cancelled_at),
        *from_here(sitting, place),
        checked_in(needed=sitting.needs_check_in, checked_in_at=admission.checked_in_at),
        window(opens_at=sitting.opens_at, closes_at=sitting.closes_at, now=now),
        room_started(together=sitting.starts_together, started_at=sitting.room_started_at),
    )
    return [reason for reason in reasons if reason]
