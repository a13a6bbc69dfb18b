"""The answers of each of Moodle's types of question."""

from decimal import Decimal

from exams.enums import QuestionKind
from exams.exchange import fills, weights
from exams.exchange.reads import said
from exams.exchange.texts import Texts
from exams.exchange.truth import as_true_false
from exams.exchange.xml import Node
from exams.rules.items import TRUE_FALSE
from exams.rules.scoring import Part

from . import cloze

Answers = tuple[str, tuple[Part, ...], dict, str | None]  # kind, parts, extras, the stem where the type has it inside
YES = ("true", "1", "yes")


class NotHeld(ValueError):
    """A type that the bank does not hold, or one that is filled in wrongly."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.code, self.params = code, params


def read(type: str, node: Node, texts: Texts) -> Answers:
    """Return kind, parts, extras and, of a cloze, the stem.

    :raises NotHeld: as its code says.
    """
    if type not in _READERS:
        codes = {"essay": "essay", "description": "description"}
        raise NotHeld(codes.get(type, "kind_not_held"), **({} if type in codes else {"kind": type or "?"}))
    return _READERS[type](node, texts)


def _choice(node: Node, texts: Texts) -> Answers:
    from .reading import formatted, words

    single = words(node.first("single")).lower()
    fractions = [_fraction(answer) for answer in node.all("answer")]
    several = single not in YES if single else sum(one > 0 for one in fractions) > 1
    kind = QuestionKind.MULTIPLE_CHOICE if several else QuestionKind.SINGLE_CHOICE
    parts = [
        Part(place, formatted(texts, f"text.{place}", answer), feedback=_feedback(texts, place, answer))
        for place, answer in enumerate(node.all("answer"))
    ]
    parts, kind = as_true_false(weights.weighed(kind, parts, fractions), kind)
    return kind, parts, {}, None


def _fraction(answer: Node) -> Decimal:
    fraction = weights.number(answer.attrs.get("fraction", "0") or "0")
    if fraction is None:
        raise NotHeld("no_fraction", line=answer.line)
    return fraction


def _feedback(texts: Texts, place, answer: Node) -> str:
    from .reading import formatted

    return formatted(texts, f"feedback.{place}", answer.first("feedback"))


def _true_false(node: Node, texts: Texts) -> Answers:
    from .reading import words

    by_text = {words(answer).lower(): answer for answer in node.all("answer")}
    if set(by_text) != {"true", "false"}:
        raise NotHeld("not_true_false")
    parts = [
        Part(place, text, _fraction(by_text[name]) > 0, feedback=_feedback(texts, place, by_text[name]))
        for place, (name, text) in enumerate(zip(("true", "false"), TRUE_FALSE, strict=True))
    ]
    return QuestionKind.TRUE_FALSE, tuple(parts), {}, None


def _short(node: Node, texts: Texts) -> Answers:
    from .reading import formatted

    stem = formatted(Texts(), "stem", node.first("questiontext"))
    answers = [
        fills.Answer(answer.first("text").text(), _fraction(answer), _feedback(texts, place, answer))
        for place, answer in enumerate(node.all("answer"))
        if answer.first("text")
    ]
    parts, more = fills.parts_of(answers, stem, texts.doubts)
    return QuestionKind.FILL_IN, parts, more, None


def _numerical(node: Node, texts: Texts) -> Answers:
    from .reading import words

    answers = []
    for place, answer in enumerate(node.all("answer")):
        text, tolerance = words(answer), words(answer.first("tolerance")) or "0"
        fraction, margin = _fraction(answer), weights.number(tolerance)
        if (fraction > 0 and weights.number(text) is None) or margin is None or margin < 0:
            raise NotHeld("no_number")
        answers.append(fills.Answer(text, fraction, _feedback(texts, place, answer), margin))
    if any(units.all("unit") for units in node.all("units")):
        texts.doubts.append(said("units"))
    parts, more = fills.parts_of(answers, "", [])
    return QuestionKind.FILL_IN, parts, more, None


def _matching(node: Node, texts: Texts) -> Answers:
    from .reading import formatted

    parts = [
        Part(place, formatted(texts, f"text.{place}", pair), match=_match(pair))
        for place, pair in enumerate(node.all("subquestion"))
    ]
    return QuestionKind.MATCHING, tuple(parts), {}, None


def _match(pair: Node) -> str:
    answer = pair.first("answer")
    text = answer.first("text") if answer else None
    return text.text() if text else ""


def _ordering(node: Node, texts: Texts) -> Answers:
    from .reading import formatted

    parts = [
        Part(place, formatted(texts, f"text.{place}", answer), feedback=_feedback(texts, place, answer))
        for place, answer in enumerate(node.all("answer"))
    ]
    return QuestionKind.ORDERING, tuple(parts), {}, None


def _cloze(node: Node, texts: Texts) -> Answers:
    from .reading import formatted

    try:
        stem, parts, more = cloze.read(formatted(texts, "stem", node.first("questiontext")))
    except cloze.NotSimple as fault:
        raise NotHeld("cloze_not_simple") from fault
    return QuestionKind.FILL_IN, parts, more, stem


_READERS = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "multianswer": _cloze,
}
