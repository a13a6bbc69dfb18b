"""Answers put together from approved passages. Nothing here knows a fact: only frames around what an article says."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from chatbot.enums import AnswerKind

from .answers import Answer, Choice, Citation
from .languages import Writing
from .refusals import Refusal, told

MAX_CHARACTERS = 900
MAX_CHOICES = 3
MAX_CITATIONS = 3
FIRST_STEPS = 3
WHY = "为什么"  # the section that explains; someone in danger does not need it now
RULE = "---"
EVERYBODYS = ("119", "120", "110")
GENERAL = frozenset({Refusal.MEDICAL, Refusal.LEGAL})  # referred elsewhere, after the general rule if there is one


def danger(document, *, writing: Writing = Writing.SIMPLIFIED) -> Answer:
    """Return the card for someone in danger: the numbers, at most three first steps, then the rest of the article."""
    first, rest = _first_steps(document)
    passages = [passage for passage in document.passages[1:] if passage.heading != WHY]
    parts = [_emergency_number(document.calls), *_english(document, writing), *first]
    parts += [_then(rest)] if rest else []
    built = _from(document, AnswerKind.DANGER, [*parts, *_sections(passages)], passage=0)
    return replace(built, urgent=document.id)


def answer(document, passage, confidence: float | None = None, *, writing: Writing = Writing.SIMPLIFIED) -> Answer:
    """Return the article's text, the passage that was found first; an article about danger keeps its steps in front."""
    rest = [other for other in document.passages if other != passage]
    found = [*document.passages] if document.danger or passage is None else [passage, *rest]
    cited = document.passages.index(passage) if passage in document.passages else 0
    parts = [*_english(document, writing), *_sections(found)]
    return _from(document, AnswerKind.ANSWER, parts, confidence, passage=cited)


def with_strip(given: Answer, document, *, writing: Writing = Writing.SIMPLIFIED) -> Answer:
    """Return the answer below one strip: whom to call and what to do first if it is happening now."""
    calls = document.calls or EVERYBODYS
    told_now = _("If this is happening now: call %(numbers)s.") % {"numbers": " / ".join(calls)}
    strip = [f"**{told_now}**", *_english(document, writing), *_first_steps(document)[0]]
    cited = (*given.citations, _citation(document, 0))
    if given.kind == AnswerKind.ANSWER and given.article == document.id and document.danger:  # its steps follow anyway
        strip, cited = strip[:1], given.citations
    else:
        strip.append(RULE)
    return replace(
        given,
        text="\n\n".join([*strip, given.text]),
        calls=tuple(dict.fromkeys([*calls, *given.calls])),
        citations=cited[:MAX_CITATIONS],
        urgent=document.id,
    )


def with_numbers(given: Answer) -> Answer:
    """Return the answer below the numbers to call, where no article is about what may be happening."""
    line = _("If somebody is in danger right now: fire 119, ambulance 120, police 110.")
    return replace(given, text=f"**{line}**\n\n{given.text}", calls=given.calls or EVERYBODYS)


def in_other_words(given: Answer, text: str, document) -> Answer:
    """Return the answer with ``text``, which says no more than its article, in place of the article's own words."""
    return replace(given, text=f"{text}\n\n{_source(document)}")


def danger_without_article(call: str) -> Answer:
    """Return the number alone, while the article cannot be had: no step is made up."""
    return Answer("", AnswerKind.DANGER, _emergency_number((call,)), calls=(call,))


def choice(documents: Iterable, *, in_danger: bool, confidence: float | None = None) -> Answer:
    """Return up to three articles to choose from; where someone may be in danger, the number before them."""
    offered = list(documents)[:MAX_CHOICES]
    calls = offered[0].calls if in_danger and offered[0].danger else ()
    text = "\n\n".join(part for part in (_emergency_number(calls), _("Which of these do you mean?")) if part)
    return Answer("", AnswerKind.CHOICE, text, (), calls, _choices(offered), confidence=confidence, may_leave=True)


def unknown(documents: Iterable, *, all_articles: str, search: str = "", confidence: float | None = None) -> Answer:
    """Return that the bot does not know, and ways on: hotlines, search, the list of articles, the nearest titles."""
    text = _(
        "I do not know: no approved article answers this.\n\n"
        "- 12345: city services\n- 12350: safety at work, to report a hazard\n- In danger: 119, 120, 110\n"
        "- All articles: %(link)s"
    ) % {"link": all_articles}
    if search:
        text += "\n" + _("- Search for these words: %(link)s") % {"link": search}
    offered = _choices(list(documents)[:MAX_CHOICES])
    return Answer("", AnswerKind.UNKNOWN, text, choices=offered, confidence=confidence, may_leave=True)


def refused(refusal: Refusal) -> Answer:
    """Return whom to ask, or that this is not answered here."""
    said = told(refusal)
    kind = AnswerKind.REFERRAL if said.refers else AnswerKind.REFUSED
    return Answer("", kind, said.text, calls=said.calls, may_leave=said.refers)


def referred(call: str) -> Answer:
    """Return that somebody else knows, and their number: what an editor's rule says."""
    text = _("This is for people who can look at your own case. Call %(number)s.") % {"number": call}
    return Answer("", AnswerKind.REFERRAL, text, calls=(call,), may_leave=True)


def with_general_rule(given: Answer, document, passage) -> Answer:
    """Return the referral with the general rule below it: one passage of an approved article."""
    shown = passage or document.passages[0]
    rule = _("What holds in general (%(title)s):") % {"title": document.title}
    text = "\n\n".join([given.text, f"**{rule}**", shown.text, _source(document)])
    cited = (_citation(document, document.passages.index(shown)),)
    return replace(given, text=text, citations=cited, article=document.id)


def with_warnings(given: Answer, warnings: Iterable) -> Answer:
    """Return the answer below the public warnings in force; above them only what saves somebody right now."""
    lines = [_warning(each) for each in warnings]
    if not lines:
        return given
    said = "\n".join(f"- {line}" for line in lines)
    if given.urgent:
        return replace(given, text="\n\n".join([given.text, RULE, said]))
    return replace(given, text="\n\n".join([said, given.text]))


def _warning(warning) -> str:
    shown = {"title": warning.title, "area": warning.area, "until": f"{warning.until:%m-%d %H:%M}"}
    line = _("Warning in force: %(title)s (%(area)s, until %(until)s)") % shown
    return f"**{line}** [{_('Details')}]({warning.url})" if warning.url else f"**{line}**"


def _from(document, kind: AnswerKind, parts: list[str], confidence: float | None = None, *, passage: int) -> Answer:
    return Answer(
        conversation="",
        kind=kind,
        text="\n\n".join(part for part in (*parts, _source(document)) if part),
        citations=(_citation(document, passage),),
        calls=tuple(document.calls),
        article=document.id,
        confidence=confidence,
    )


def _source(document) -> str:
    return _("Source: %(source)s (%(date)s)") % {"source": document.source, "date": document.date}


def _citation(document, passage: int) -> Citation:
    """Return the citation of one passage (from 0), whose page shows it marked."""
    url = f"{document.url}?p={passage + 1}#p{passage + 1}"
    return Citation(document.title, document.source, document.date, url)


def _first_steps(document) -> tuple[list[str], str]:
    """Return the heading and the first steps, and what the first section says after them."""
    if not document.passages:
        return [], ""
    first = document.passages[0]
    lines = first.text.splitlines()
    numbered = [at for at, line in enumerate(lines) if line[:1].isdigit()]
    cut = numbered[FIRST_STEPS] if len(numbered) > FIRST_STEPS else len(lines)
    shown = [f"**{first.heading}**"] if first.heading else []
    return [*shown, "\n".join(lines[:cut])], "\n".join(lines[cut:])


def _then(steps: str) -> str:
    return f"**{_('Then:')}**\n\n{steps}"


def _english(document, writing: Writing) -> list[str]:
    """Return for who asked in English the summary, or that there is none yet, before the Chinese text."""
    if writing != Writing.ENGLISH:
        return []
    if not document.english:
        return [_("This article is not in English yet; here it is in Chinese.")]
    return [document.english, _("The whole article, in Chinese:")]


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
    said = _("Emergency number: %(numbers)s. Call as soon as you are safe.") % {"numbers": " / ".join(calls)}
    return f"**{said}**"
