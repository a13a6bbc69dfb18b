"""The interactions of QTI that the bank holds; each gives kind, parts and what stands in its place in the stem."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from exams.enums import QuestionKind
from exams.exchange import weights
from exams.exchange.reads import said
from exams.exchange.texts import HTML, Texts
from exams.exchange.truth import as_true_false
from exams.exchange.xml import Node
from exams.rules.responses import LETTERS, MOST_BLANKS
from exams.rules.scoring import Part

from .responses import Response

Answers = tuple[str, tuple[Part, ...], dict]
FEEDBACK = ("feedbackInline", "feedbackBlock")


class NotHeld(ValueError):
    """An interaction that the bank has no kind for, or one that is filled in wrongly."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.code, self.params = code, params


def interactions(body: Node) -> list[Node]:
    """Return the interactions of an item in order."""
    return [node for node in _below(body) if node.tag.endswith("Interaction")]


def _below(node: Node):
    for item in node.items:
        if isinstance(item, Node):
            yield item
            yield from _below(item)


def read(found: Sequence[Node], declared: Mapping[str, Response], texts: Texts) -> Answers:
    """Return kind, parts and extras of the interactions of one item.

    :raises NotHeld: as its code says.
    """
    if not found:
        raise NotHeld("no_interaction")
    if all(node.tag == "textEntryInteraction" for node in found):
        return _text_entries(found, declared)
    if len(found) > 1:
        raise NotHeld("several_interactions")
    node = found[0]
    response = declared.get(node.attrs.get("responseIdentifier", ""))
    if node.tag not in _READERS:
        raise NotHeld("kind_not_held", kind=node.tag)
    if response is None:
        raise NotHeld("no_response")
    return _READERS[node.tag](node, response, texts)


def _content(node: Node, name: str, texts: Texts) -> str:
    inside = Node(node.tag, items=[item for item in node.items if not _is(item, FEEDBACK)])
    return texts.take(name, inside.inner().strip(), HTML)


def _is(item, tags) -> bool:
    return isinstance(item, Node) and item.tag in tags


def _parts(choices: Sequence[Node], texts: Texts) -> list[Part]:
    parts = []
    for place, choice in enumerate(choices):
        feedback = choice.first(*FEEDBACK)
        shown = texts.take(f"feedback.{place}", feedback.inner().strip(), HTML) if feedback else ""
        parts.append(Part(place, _content(choice, f"text.{place}", texts), feedback=shown))
    return parts


def _names(choices: Sequence[Node]) -> tuple[list[str], dict]:
    """Return the identifiers of choices, and as extras those that are not ours."""
    names = [choice.attrs.get("identifier", "") for choice in choices]
    return names, {} if names == list(identifiers(len(names))) else {"ids": names}


def identifiers(count: int) -> tuple[str, ...]:
    """Return the identifiers that we give."""
    return tuple(LETTERS[place] if place < len(LETTERS) else f"C{place + 1}" for place in range(count))


def _choice(node: Node, response: Response, texts: Texts) -> Answers:
    choices = node.all("simpleChoice", "inlineChoice")
    several = response.cardinality == "multiple"
    kind = QuestionKind.MULTIPLE_CHOICE if several else QuestionKind.SINGLE_CHOICE
    names, more = _names(choices)
    unknown = set(response.right) - set(names)
    if unknown:
        raise NotHeld("unknown_choice", choice=", ".join(sorted(unknown)))
    parts = _parts(choices, texts)
    rights = set(response.right)
    if response.fractions is not None:
        fractions = [response.fractions.get(name) for name in names]
        given = [response.otherwise if one is None else one for one in fractions]
        rights = rights or {name for name, one in zip(names, given, strict=True) if one > 0}
        parts = [
            replace(part, weight=one if one is not None or not response.otherwise else response.otherwise)
            for part, one in zip(parts, fractions, strict=True)
        ]
    parts = [replace(part, is_right=name in rights) for part, name in zip(parts, names, strict=True)]
    parts, kind = as_true_false(parts, kind)
    settings = {key: value for key, value in node.attrs.items() if key in ("shuffle", "minChoices", "maxChoices")}
    usual = {"shuffle": "true", "maxChoices": "0" if several else "1"}
    if settings != usual and node.tag == "choiceInteraction":
        more = {**more, "settings": settings}
    return kind, tuple(parts), more


def _order(node: Node, response: Response, texts: Texts) -> Answers:
    choices = node.all("simpleChoice")
    by_name = {choice.attrs.get("identifier", ""): choice for choice in choices}
    if sorted(response.right) != sorted(by_name) or len(by_name) < len(choices):
        raise NotHeld("order_incomplete")
    ordered = [by_name[name] for name in response.right]
    return QuestionKind.ORDERING, tuple(_parts(ordered, texts)), _names(ordered)[1]


def _match(node: Node, response: Response, texts: Texts) -> Answers:
    sets = node.all("simpleMatchSet")
    if len(sets) != 2:
        raise NotHeld("match_incomplete")
    lefts, rights = (one.all("simpleAssociableChoice") for one in sets)
    return _pairs(lefts, rights, response, texts)


def _associate(node: Node, response: Response, texts: Texts) -> Answers:
    choices = node.all("simpleAssociableChoice")
    named = {choice.attrs.get("identifier", ""): choice for choice in choices}
    pairs = [value.split() for value in response.right]
    if any(len(pair) != 2 or not set(pair) <= set(named) for pair in pairs):
        raise NotHeld("match_incomplete")
    firsts = [pair[0] for pair in pairs]
    return _pairs([named[name] for name in firsts], [c for n, c in named.items() if n not in firsts], response, texts)


def _pairs(lefts: Sequence[Node], rights: Sequence[Node], response: Response, texts: Texts) -> Answers:
    pairs = [tuple(value.split()) for value in response.right]
    match = dict(pair for pair in pairs if len(pair) == 2)
    names = [left.attrs.get("identifier", "") for left in lefts]
    targets = {right.attrs.get("identifier", ""): right for right in rights}
    if len(match) < len(pairs) or set(match) != set(names) or not set(match.values()) <= set(targets):
        raise NotHeld("match_incomplete")
    parts = [
        Part(
            place, _content(left, f"text.{place}", texts), match=_content(targets[match[name]], f"match.{place}", texts)
        )
        for place, (left, name) in enumerate(zip(lefts, names, strict=True))
    ]
    spare = [target for name, target in targets.items() if name not in match.values()]
    for place, target in enumerate(spare, len(parts)):
        parts.append(Part(place, match=_content(target, f"match.{place}", texts)))
    if response.fractions is not None and len(set(response.fractions.values())) > 1:
        texts.doubts.append(said("pair_weights"))
    return QuestionKind.MATCHING, tuple(parts), {}


def _text_entries(found: Sequence[Node], declared: Mapping[str, Response]) -> Answers:
    if len(found) > MOST_BLANKS:
        raise NotHeld("too_many_blanks")
    parts: list[Part] = []
    for blank, node in enumerate(found):
        response = declared.get(node.attrs.get("responseIdentifier", ""))
        if response is None:
            raise NotHeld("no_response")
        for text, fraction in _accepted(response):
            weight = None if fraction == weights.ALL else fraction
            parts.append(Part(len(parts), text, blank=blank, tolerance=_margin(response), weight=weight))
    return QuestionKind.FILL_IN, tuple(parts), {}


def _accepted(response: Response) -> list[tuple[str, Decimal]]:
    """Return the spellings that earn something."""
    if response.fractions is not None:
        return [(text, fraction) for text, fraction in response.fractions.items() if fraction > 0]
    return [(text, weights.ALL) for text in response.right]


def _margin(response: Response) -> Decimal | None:
    if response.tolerance is not None:
        return response.tolerance
    return Decimal(0) if response.base in ("float", "integer") else None


_READERS = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "associateInteraction": _associate,
}
