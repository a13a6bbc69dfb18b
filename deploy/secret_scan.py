"""Secrets that must not be in the repository: private keys, access tokens, passwords and keys written out."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from steps import ROOT

LARGEST = 1_000_000  # bytes; what is larger is no source
NOT_TEXT = {".png", ".jpg", ".webp", ".ico", ".woff2", ".ttf", ".otf", ".pdf", ".npz", ".npy", ".faiss", ".mo", ".mp4"}
NOT_WRITTEN_BY_US = {"package-lock.json"}
NOT_TRACKED = {".git", ".venv", "var", "node_modules", "dist", "__pycache__", ".ruff_cache", ".pytest_cache"}
KEYS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----"),
    "access token": re.compile(r"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|xox[abprs]-[\w-]{10,}|sk-\w{20,})\b"),
}
NAMED = re.compile(
    r"""(?ix) (pass(word|wd|phrase|code) | secret(_?key)? | token | api_?key | (private|encryption|index|aes)_?keys?)
    ["']?\]? \s*[:=]\s* \[?["'] (?P<value>[^"'\s{}$<>%][^"'{}$<>%]{5,}) ["']"""
)
QUOTED = re.compile(r"""["'](?P<value>[A-Za-z0-9+_=-][A-Za-z0-9+/_=-]{31,})["']""")
RANDOM = "a random value"
RANDOM_FROM = 4.3  # bits for each character: above what words, paths and identifiers reach
# Values that open nothing: tests use them, and so do the settings for tests.
ALLOWED = {
    "a key for tests only, of no use anywhere else: 0123456789",
    "a blind index key for tests only",
    "a passphrase for tests only",
    "another",
    "another key",
    "secret for tests",
    "secret",  # opens a PDF that a test makes
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",  # the example of the Standard Webhooks specification
    "wx0123456789abcdef",
    "accounts.forms.entrance.ResetPasswordForm",
    "60/m/ip,3/m/key",  # how often a password may be reset
    "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "a-long-enough-one-9",
    "wrong-one-99",
    "correct horse 9",
    "vollmond-ueber-tsingtau",
    "qingdao-langhua-37",
    "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}


def faults() -> list[str]:
    """Return one line for each place that looks like a secret; the secret itself is not repeated."""
    lines = []
    for file in files():
        if file.suffix in NOT_TEXT or file.name in NOT_WRITTEN_BY_US or file.stat().st_size > LARGEST:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        where = file.relative_to(ROOT)
        # Tests hold ciphertexts and signatures, which look random and are no secrets.
        lines += [f"{where}:{n}: {what}" for n, what in found_in(text) if what != RANDOM or where.parts[0] != "tests"]
    return lines


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line number and the kind of everything in a text that looks like a secret."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in KEYS.items():
            if pattern.search(line):
                yield number, what
        for match in NAMED.finditer(line):
            if match["value"] not in ALLOWED:
                yield number, "a secret written out"
        for match in QUOTED.finditer(line):
            if match["value"] not in ALLOWED and entropy(match["value"]) > RANDOM_FROM:
                yield number, RANDOM


def entropy(value: str) -> float:
    """Return Shannon's bits for each character of a text, from its own frequencies."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def files() -> list[Path]:
    """Return what git tracks or would track; without git, every file but what is built or installed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        found = ROOT.rglob("*")
        return [file for file in found if file.is_file() and NOT_TRACKED.isdisjoint(file.relative_to(ROOT).parts)]
    return [ROOT / name for name in answer.split("\0") if name and (ROOT / name).is_file()]
