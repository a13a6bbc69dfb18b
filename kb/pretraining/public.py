"""The public texts that the bundled encoder learns from; their sources and licences stand in ``kb/model/NOTICE.md``."""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path

PAIRS = "train-pairs.jsonl.xz"
ENGLISH = frozenset({"cedict_en", "tatoeba", "tw_en"})  # sources whose first side is English, the second Chinese


class NoPublicTexts(Exception):
    """The folder does not hold the training pairs."""


@dataclass(frozen=True)
class Source:
    """The pairs of one source: text ``left[n]`` belongs to ``right[n]``."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def sources(folder: Path) -> tuple[Source, ...]:
    """Return the sources in ``folder``/train-pairs.jsonl.xz (lines: [source, text, text], folded).

    :raises NoPublicTexts: the file is not there.
    """
    if not (folder / PAIRS).is_file():
        raise NoPublicTexts(folder / PAIRS)
    found: dict[str, tuple[list[str], list[str]]] = {}
    with lzma.open(folder / PAIRS, "rt", encoding="utf-8") as lines:
        for line in lines:
            name, left, right = json.loads(line)
            sides = found.setdefault(name, ([], []))
            sides[0].append(left)
            sides[1].append(right)
    return tuple(Source(name, tuple(left), tuple(right)) for name, (left, right) in sorted(found.items()))


def texts(of: tuple[Source, ...]) -> list[str]:
    """Return every text once."""
    return list(dict.fromkeys(item for source in of for side in (source.left, source.right) for item in side))
