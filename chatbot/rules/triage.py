"""Whether a question tells of someone in danger, and whether that is happening now."""

from dataclasses import dataclass

from chatbot.enums import Decides
from kb.enums import Decision

from . import cues, presence
from .hazards import HAZARDS
from .presence import Strength

LIKELY = 0.4  # confidence from which the article found first is taken for the danger
BESIDE = 0.35  # of the best hit's score: below that an article about a danger is about another one


@dataclass(frozen=True)
class Rule:
    """An editor's rule: one word of each of ``groups`` is in the normalised question."""

    groups: tuple[tuple[str, ...], ...]
    decides: Decides
    article: str = ""
    call: str = ""

    def is_in(self, text: str) -> bool:
        """Say whether the rule speaks of the normalised text."""
        return bool(self.groups) and all(any(word in text for word in group) for group in self.groups)


@dataclass(frozen=True)
class Case:
    """A danger that the question tells of: its article, the number while there is none, and whether it is now."""

    slug: str
    call: str
    ongoing: bool


@dataclass(frozen=True)
class Verdict:
    """How sure it is that somebody is in danger now, by which chance, and the danger: an article's slug, a number.

    Without a slug no article is about it, without a number the article names none.
    """

    strength: Strength
    chance: float = 0.0
    slug: str = ""
    call: str = ""


def triage(text: str, rules: tuple[Rule, ...] = ()) -> Case | None:
    """Return the danger that a rule knows in the normalised text, an editor's rule before our own, or None."""
    for rule in rules:
        if rule.decides == Decides.PRESENT and rule.is_in(text):
            return Case(rule.article, rule.call, sounds_ongoing(text))
    for hazard in HAZARDS:
        if hazard.is_in(text):
            return Case(hazard.slug, hazard.call, sounds_ongoing(text))
    return None


def said_by_rule(text: str, rules: tuple[Rule, ...], *decisions: Decides) -> Rule | None:
    """Return the first rule that decides one of ``decisions`` on the normalised text, or None."""
    return next((rule for rule in rules if rule.decides in decisions and rule.is_in(text)), None)


def weigh(text: str, found, case: Case | None, *, own: str = "") -> Verdict:
    """Return whether somebody is in danger now.

    ``found``: what search found for ``text``; ``own``: what was said last where ``text`` holds the question before it.
    A rule's danger that is told and not asked about is sure; the rest is a matter of chance (``presence``).
    """
    model, said = presence.fitted(), own or text
    chance = model.chance(presence.signs(said, found.hits, confidence=found.confidence, ruled=bool(case)))
    strength = model.strength(chance, doubtful=found.decision == Decision.UNKNOWN and case is None)
    if case and case.ongoing:
        strength = Strength.SURE if cues.only_tells(said) else _at_least_possible(strength)
    if strength == Strength.NONE or (strength == Strength.POSSIBLE and _is_clearly_none(said)):
        return Verdict(Strength.NONE, chance)
    if case and not finds_danger(found):
        return Verdict(strength, chance, case.slug, case.call)
    if answers_otherwise(found):  # its own steps, and no card of something else in its place
        return Verdict(Strength.POSSIBLE, chance, found.hits[0].document.id)
    best = best_danger(found)
    return Verdict(strength, chance, best.id, best.calls[0]) if best else Verdict(Strength.POSSIBLE, chance)


def finds_danger(found) -> bool:
    """Say whether search tells the danger better than a rule: it may know this fire where a rule knows fires."""
    return found.confidence >= LIKELY and best_danger(found) is found.hits[0].document


def answers_otherwise(found) -> bool:
    """Say whether search is sure of an article that is about no danger to life, and says in steps what to do."""
    if found.decision != Decision.ANSWER:
        return False
    first = found.hits[0].document
    return bool(first.steps) and not (first.danger and first.calls)


def best_danger(found):
    """Return the first article about a danger, with a number to call, that is not far behind the best; or None."""
    least = BESIDE * found.hits[0].score if found.hits else 0.0
    near = (hit.document for hit in found.hits if hit.score >= least)
    return next((document for document in near if document.danger and document.calls), None)


def sounds_ongoing(text: str) -> bool:
    """Say whether the text asks for help rather than for knowledge. In doubt it is happening now."""
    seen = cues.in_text(text)
    return not seen["learns"] or _cries(seen)


def asks_for_help(text: str) -> bool:
    """Say whether the text itself says that help is wanted, whatever it is about."""
    seen = cues.in_text(text)
    return sounds_ongoing(text) and _cries(seen)


def _cries(seen: dict[str, bool]) -> bool:
    return seen["help"] or seen["now"] or (seen["person"] and seen["aspect"])


def _is_clearly_none(said: str) -> bool:
    """Say whether the text plainly supposes, recalls or learns, and tells of nobody to whom something is happening."""
    seen = cues.in_text(said)
    told = seen["now"] or seen["cries"] or (seen["person"] and seen["aspect"])
    return not told and any(seen[name] for name in ("supposes", "recalls", "learns"))


def _at_least_possible(strength: Strength) -> Strength:
    return Strength.POSSIBLE if strength == Strength.NONE else strength
