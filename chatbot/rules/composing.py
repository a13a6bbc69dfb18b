"""Answers put together from approved passages. Nothing here knows a fact: only frames around what an article says."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from chatbot.enums import AnswerKind

from .answers import Answer, Choice, Citation
from .refusals import Refusal

MAX_CHARACTERS = 900
MAX_CHOICES = 3
WHY = "为什么"  # the section that explains; someone in danger does not need it now


def danger(document) -> Answer:
    """Return the card for someone in danger: the numbers, the article's steps, what not to do, the source."""
    passages = [passage for passage in document.passages if passage.heading != WHY]
    return _from(document, AnswerKind.DANGER, [_emergency_number(document.calls), *_sections(passages)])


def answer(document, passage, confidence: float | None = None) -> Answer:
    """Return the article's text, the passage that was found first; an article about danger keeps its steps in front."""
    rest = [other for other in document.passages if other != passage]
    found = [*document.passages] if document.danger or passage is None else [passage, *rest]
    return _from(document, AnswerKind.ANSWER, _sections(found), confidence)


def danger_without_article(call: str) -> Answer:
    """Return the number alone, while the article cannot be had: no step is made up."""
    return Answer("", AnswerKind.DANGER, _emergency_number((call,)), calls=(call,))


def choice(documents: Iterable, *, in_danger: bool, confidence: float | None = None) -> Answer:
    """Return up to three articles to choose from; where someone may be in danger, the number before them."""
    offered = list(documents)[:MAX_CHOICES]
    calls = offered[0].calls if in_danger and offered[0].danger else ()
    text = "\n\n".join(part for part in (_emergency_number(calls), _("Which of these do you mean?")) if part)
    return Answer("", AnswerKind.CHOICE, text, (), calls, _choices(offered), confidence=confidence)


def unknown(documents: Iterable, *, all_articles: str, confidence: float | None = None) -> Answer:
    """Return that the bot does not know, and ways on: hotlines, the list of all articles, the nearest titles."""
    text = _(
        "I do not know: no approved article answers this.\n\n"
        "- 12345: city services\n- 12350: safety at work, to report a hazard\n- In danger: 119, 120, 110\n"
        "- All articles: %(link)s"
    ) % {"link": all_articles}
    return Answer("", AnswerKind.UNKNOWN, text, choices=_choices(list(documents)[:MAX_CHOICES]), confidence=confidence)


def refused(refusal: Refusal) -> Answer:
    """Return whom to ask, or that this is not answered here."""
    kind, calls, text = {
        Refusal.ORDERS: (
            AnswerKind.REFUSED,
            (),
            _(
                "I only answer questions about safety, from approved articles. "
                "Ask me what to do when something happens."
            ),
        ),
        Refusal.HARM: (
            AnswerKind.REFUSED,
            (),
            _(
                "I do not help to make dangerous things or to defeat safety devices. If a device is faulty, stop "
                "and have it repaired. A hazard at work can be reported to 12350."
            ),
        ),
        Refusal.DESPAIR: (
            AnswerKind.REFERRAL,
            ("12356", "120", "110"),
            _(
                "You need not bear this alone. Call 12356, the psychological support line, or stay with someone you "
                "trust. If you or someone else is in danger now, call 120 or 110."
            ),
        ),
        Refusal.MEDICAL: (
            AnswerKind.REFERRAL,
            ("120",),
            _("I cannot judge illnesses or medicines. Ask a doctor or a pharmacist; in an emergency call 120."),
        ),
        Refusal.LEGAL: (
            AnswerKind.REFERRAL,
            ("12348",),
            _("I cannot judge legal cases. Ask a lawyer, or call 12348, the public legal service line."),
        ),
    }[refusal]
    return Answer("", kind, text, calls=calls)


def _from(document, kind: AnswerKind, parts: list[str], confidence: float | None = None) -> Answer:
    source = _("Source: %(source)s (%(date)s)") % {"source": document.source, "date": document.date}
    return Answer(
        conversation="",
        kind=kind,
        text="\n\n".join(part for part in (*parts, source) if part),
        citations=(Citation(document.title, document.source, document.date, document.url),),
        calls=tuple(document.calls),
        article=document.id,
        confidence=confidence,
    )


def _sections(passages: Iterable) -> list[str]:
    """Return the passages as Markdown, whole ones only, the first always, up to about 900 characters."""
    parts, length = [], 0
    for passage in passages:
        part = f"**{passage.heading}**\n\n{passage.text}" if passage.heading else passage.text
        length += len(part)
        if parts and length > MAX_CHARACTERS:
            break
        parts.append(part)
    return parts


def _choices(documents: Iterable) -> tuple[Choice, ...]:
    return tuple(Choice(document.title, document.url) for document in documents)


def _emergency_number(calls: Iterable[str]) -> str:
    if not calls:
        return ""
    told = _("Emergency number: %(numbers)s. Call as soon as you are safe.") % {"numbers": " / ".join(calls)}
    return f"**{told}**"
