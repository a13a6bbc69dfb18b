"""The sample files, and what readers say of them in short."""

from pathlib import Path

from exams.exchange import read
from exams.exchange.reads import Read

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    """Return a sample file."""
    return (SAMPLES / name).read_bytes()


def reads(data: bytes, format: str = "") -> list[Read]:
    """Return the items of a file."""
    return list(read(data, format))


def codes(one: Read) -> list[str]:
    """Return the codes of an item's reasons."""
    return [reason.code for reason in one.why]


def verdicts(items: list[Read]) -> list[tuple]:
    """Return line, verdict and reasons of each."""
    return [(one.first, one.verdict.value, *codes(one)) for one in items]


def good(items: list[Read]) -> list:
    """Return the drafts of those that became questions."""
    return [one.draft for one in items if one.verdict in ("read", "doubtful")]
