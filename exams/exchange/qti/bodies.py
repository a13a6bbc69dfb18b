"""Each kind of question as an interaction of QTI, with what it declares and how its responses are processed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from exams.enums import QuestionKind
from exams.exchange import weights
from exams.exchange.reads import Malformed, sayable
from exams.exchange.texts import HTML, given_back
from exams.exchange.xml import quoted, tree
from exams.rules.items import BLANK, Draft
from exams.rules.scoring import Part

from .interactions import identifiers
from .names import Version
from .reading import usual

TAG = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")
SETTINGS = ("shuffle", "minChoices", "maxChoices")


@dataclass(frozen=True)
class Body:
    """The parts of an item that its kind decides."""

    declared: str
    body: str
    processing: str


@dataclass(frozen=True)
class Sheet:
    """A draft on its way into a version; ``qti`` is what it came with."""

    draft: Draft
    version: Version
    qti: Mapping

    def el(self, tag: str, attrs: Mapping[str, str] | None = None, inner: str = "") -> str:
        """Return an element."""
        return self.version.element(tag, attrs, inner)

    def text(self, name: str, text: str) -> str:
        """Return a text as XHTML, as it came if nobody changed it."""
        shown, format = given_back(self.draft, name, text)
        return shown if format == HTML and is_xhtml(shown) else usual(name, text, [])

    def names(self) -> list[str]:
        """Return the identifiers of the choices."""
        names, count = self.qti.get("ids"), len(self.draft.parts)
        if isinstance(names, list) and all(isinstance(one, str) for one in names) and len(set(names)) == count:
            return names if len(names) == count else list(identifiers(count))
        return list(identifiers(count))

    def template(self, name: str) -> str:
        """Return a response processing by a template."""
        return self.el("responseProcessing", {"template": self.version.template(name)})

    def declared(
        self, right: Sequence[str], cardinality: str, base: str, name: str = "RESPONSE", mapping: str = ""
    ) -> str:
        """Return the declaration of a response."""
        values = "".join(self.el("value", inner=quoted(one)) for one in right)
        attrs = {"identifier": name, "cardinality": cardinality, "baseType": base}
        return self.el(
            "responseDeclaration", attrs, (self.el("correctResponse", inner=values) if right else "") + mapping
        )

    def mapping(self, shares: Mapping, *, words: bool = False) -> str:
        """Return what each value earns, from 0 to 1."""
        fold = {"caseSensitive": "false"} if words else {}
        entries = "".join(
            self.el("mapEntry", {"mapKey": key, "mappedValue": weights.shown(share / 100), **fold})
            for key, share in shares.items()
        )
        return self.el("mapping", {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}, entries)


def is_xhtml(text: str) -> bool:
    """Say whether a text can stand in an item as it is."""
    try:
        root = tree(f"<div>{sayable(text)}</div>".encode())
    except Malformed:
        return False
    return not any(True for _ in root.within("script", "style")) and "<?" not in text and "Interaction" not in text


def body(sheet: Sheet, stem: str) -> Body:
    """Return the item's body; of a kind that is none, the stem alone."""
    return _KINDS[sheet.draft.kind](sheet, stem) if sheet.draft.kind in _KINDS else Body("", stem, "")


def _choices(sheet: Sheet, names: Sequence[str]) -> str:
    return "".join(
        sheet.el("simpleChoice", {"identifier": name}, _said(sheet, part) + _feedback(sheet, part, name))
        for name, part in zip(names, sheet.draft.parts, strict=True)
    )


def _said(sheet: Sheet, part: Part) -> str:
    return sheet.text(f"text.{part.position}", part.text)


def _feedback(sheet: Sheet, part: Part, name: str) -> str:
    if not part.feedback:
        return ""
    attrs = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
    return sheet.el("feedbackInline", attrs, sheet.text(f"feedback.{part.position}", part.feedback))


def _choice(sheet: Sheet, stem: str) -> Body:
    several = sheet.draft.kind == QuestionKind.MULTIPLE_CHOICE
    pairs = list(zip(sheet.names(), sheet.draft.parts, strict=True))
    weighed = {name: part.weight for name, part in pairs if part.weight is not None}
    mapping = sheet.mapping(weighed) if weighed else ""
    right = [name for name, part in pairs if part.is_right]
    attrs = {"shuffle": "true", "maxChoices": "0" if several else "1"}
    given = sheet.qti.get("settings")
    if isinstance(given, dict) and given and all(isinstance(one, str) for one in given.values()):
        attrs = {key: given[key] for key in SETTINGS if key in given}
    block = sheet.el("choiceInteraction", {"responseIdentifier": "RESPONSE", **attrs}, _choices(sheet, sheet.names()))
    return Body(
        sheet.declared(right, "multiple" if several else "single", "identifier", mapping=mapping),
        stem + block,
        sheet.template("map_response" if weighed else "match_correct"),
    )


def _ordering(sheet: Sheet, stem: str) -> Body:
    names = sheet.names()
    attrs = {"responseIdentifier": "RESPONSE", "shuffle": "true"}
    block = sheet.el("orderInteraction", attrs, _choices(sheet, names))
    return Body(sheet.declared(names, "ordered", "identifier"), stem + block, sheet.template("match_correct"))


def _matching(sheet: Sheet, stem: str) -> Body:
    lefts = [part for part in sheet.draft.parts if part.text]
    targets = {part.match: part for part in reversed(sheet.draft.parts)}
    in_order = list(dict.fromkeys(part.match for part in sheet.draft.parts))
    name_of = {match: f"R{place}" for place, match in enumerate(in_order, 1)}
    left = "".join(_associable(sheet, f"L{place}", "1", _said(sheet, part)) for place, part in enumerate(lefts, 1))
    right = "".join(
        _associable(sheet, name_of[match], "0", sheet.text(f"match.{targets[match].position}", match))
        for match in in_order
    )
    attrs = {"responseIdentifier": "RESPONSE", "shuffle": "true", "maxAssociations": str(len(lefts))}
    sets = sheet.el("simpleMatchSet", inner=left) + sheet.el("simpleMatchSet", inner=right)
    pairs = [f"L{place} {name_of[part.match]}" for place, part in enumerate(lefts, 1)]
    return Body(
        sheet.declared(pairs, "multiple", "directedPair"),
        stem + sheet.el("matchInteraction", attrs, sets),
        sheet.template("match_correct"),
    )


def _associable(sheet: Sheet, name: str, most: str, text: str) -> str:
    return sheet.el("simpleAssociableChoice", {"identifier": name, "matchMax": most}, text)


def _fill_in(sheet: Sheet, stem: str) -> Body:
    blanks = sorted({part.blank for part in sheet.draft.parts if part.blank is not None})
    names = ["RESPONSE"] if len(blanks) == 1 else [f"RESPONSE{place}" for place in range(1, len(blanks) + 1)]
    gaps = [sheet.el("textEntryInteraction", {"responseIdentifier": name, "expectedLength": "20"}) for name in names]
    pieces = TAG.split(stem)  # texts and tags in turn
    if sum(len(BLANK.findall(piece)) for piece in pieces[::2]) == len(gaps):
        waiting = iter(gaps)
        pieces[::2] = [BLANK.sub(lambda _: next(waiting), piece) for piece in pieces[::2]]
        shown = "".join(pieces)
    else:
        shown = f"{stem}<p>{' '.join(gaps)}</p>"
    declared = processing = ""
    for name, blank in zip(names, blanks, strict=True):
        accepted = [part for part in sheet.draft.parts if part.blank == blank]
        one, gain = (_number if _is_number(accepted) else _words)(sheet, accepted, name)
        declared, processing = declared + one, processing + gain
    return Body(declared, shown, sheet.el("responseProcessing", inner=processing) if processing else "")


def _is_number(accepted: Sequence[Part]) -> bool:
    first = accepted[0]
    return len(accepted) == 1 and first.tolerance is not None and weights.number(first.text) is not None


def _number(sheet: Sheet, accepted: Sequence[Part], name: str) -> tuple[str, str]:
    """Return how a number is declared, and that it earns the blank's point within its tolerance."""
    margin = weights.shown(accepted[0].tolerance)
    both = sheet.el("variable", {"identifier": name}) + sheet.el("correct", {"identifier": name})
    near = sheet.el("equal", {"toleranceMode": "absolute", "tolerance": f"{margin} {margin}"}, both)
    gain = _add(sheet, sheet.el("baseValue", {"baseType": "float"}, "1"))
    condition = sheet.el("responseCondition", inner=sheet.el("responseIf", inner=near + gain))
    return sheet.declared([accepted[0].text], "single", "float", name), condition


def _words(sheet: Sheet, accepted: Sequence[Part], name: str) -> tuple[str, str]:
    """Return how words are declared, and that they earn what the mapping says."""
    shares = {part.text: weights.ALL if part.weight is None else part.weight for part in accepted}
    best = [part.text for part in accepted if part.weight is None][:1]
    declared = sheet.declared(best, "single", "string", name, sheet.mapping(shares, words=True))
    return declared, _add(sheet, sheet.el("mapResponse", {"identifier": name}))


def _add(sheet: Sheet, what: str) -> str:
    total = sheet.el("sum", inner=sheet.el("variable", {"identifier": "SCORE"}) + what)
    return sheet.el("setOutcomeValue", {"identifier": "SCORE"}, total)


_KINDS: Mapping[str, Callable[[Sheet, str], Body]] = {
    QuestionKind.TRUE_FALSE: _choice,
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.MATCHING: _matching,
    QuestionKind.FILL_IN: _fill_in,
}
