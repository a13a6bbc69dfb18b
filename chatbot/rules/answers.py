"""What an answer consists of, whatever the channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """The approved article behind an answer; ``url`` is its page on this site, the cited passage marked on it."""

    title: str
    source: str
    date: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A page to go on with."""

    title: str
    url: str


@dataclass(frozen=True)
class Answer:
    """One answer: ``text`` is small Markdown, ``calls`` the numbers to call, the most urgent first.

    ``urgent`` is the article whose number and first steps stand above all else, ``may_leave`` says that the question
    may be left for a person, ``turn`` is the key under which the answer is kept.
    """

    conversation: str
    kind: str
    text: str
    citations: tuple[Citation, ...] = ()
    calls: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    article: str = ""
    confidence: float | None = None
    turn: str = ""
    urgent: str = ""
    may_leave: bool = False
