"""What an item declares of its responses: what is right, what each earns, how far off a number may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exams.exchange.weights import ALL, NONE, PLACES, number
from exams.exchange.xml import Node

# What a response processing may consist of and still say no more than "the right ones, or by the mapping".
PLAIN = {
    "responseCondition", "responseIf", "responseElseIf", "responseElse", "match", "mapResponse", "isNull", "not", "and",
    "or", "variable", "correct", "setOutcomeValue", "sum", "baseValue", "equal", "default", "stringMatch",
}  # fmt: skip


@dataclass(frozen=True)
class Response:
    """One response: its right values, and the fraction in per cent that each value earns, where a mapping says so."""

    identifier: str
    cardinality: str
    base: str
    right: tuple[str, ...]
    fractions: Mapping[str, Decimal] | None
    otherwise: Decimal
    tolerance: Decimal | None


def responses(item: Node) -> dict[str, Response]:
    """Return the responses of an item by their identifier."""
    processing = item.first("responseProcessing")
    margins = dict(_tolerances(processing)) if processing else {}
    maps = _maps(processing)
    return {
        one.attrs.get("identifier", ""): _response(one, margins, maps or _has_no_right(one))
        for one in item.all("responseDeclaration")
    }


def is_plain(item: Node) -> bool:
    """Say whether responses are processed by a known template or by nothing but the usual comparisons."""
    processing = item.first("responseProcessing")
    if processing is None:
        return True
    template = processing.attrs.get("template", "")
    known = ("match_correct", "map_response")
    if template and not template.removesuffix(".xml").endswith(known):
        return False
    return all(node.tag in PLAIN for node in _all(processing))


def _all(node: Node) -> Iterator[Node]:
    for item in node.items:
        if isinstance(item, Node):
            yield item
            yield from _all(item)


def _maps(processing: Node | None) -> bool:
    if processing is None:
        return False
    template = processing.attrs.get("template", "").removesuffix(".xml")
    return template.endswith("map_response") or any(True for _ in processing.within("mapResponse"))


def _has_no_right(declaration: Node) -> bool:
    return declaration.first("correctResponse") is None


def _tolerances(processing: Node) -> Iterator[tuple[str, Decimal]]:
    for equal in processing.within("equal"):
        variables = equal.all("variable")
        margins = [number(text) for text in equal.attrs.get("tolerance", "0").split()]
        exact = equal.attrs.get("toleranceMode", "exact") == "exact"
        if variables and margins and None not in margins and (exact or equal.attrs["toleranceMode"] == "absolute"):
            yield variables[0].attrs.get("identifier", ""), Decimal(0) if exact else max(margins)


def _response(node: Node, margins: Mapping[str, Decimal], maps: bool) -> Response:
    right = node.first("correctResponse")
    identifier = node.attrs.get("identifier", "")
    cardinality = node.attrs.get("cardinality", "single")
    mapping = node.first("mapping") if maps else None
    values = tuple(_value(value) for value in right.all("value")) if right else ()
    fractions, otherwise = _fractions(mapping, cardinality) if mapping else (None, NONE)
    base = node.attrs.get("baseType", "")
    return Response(identifier, cardinality, base, values, fractions, otherwise, margins.get(identifier))


def _value(node: Node) -> str:
    return node.text()


def _fractions(mapping: Node, cardinality: str) -> tuple[dict[str, Decimal], Decimal]:
    """Return what each value earns of the most that can be earned."""
    points = {
        entry.attrs.get("mapKey", ""): number(entry.attrs.get("mappedValue", "0")) or NONE
        for entry in mapping.all("mapEntry")
    }
    gains = [one for one in points.values() if one > 0]
    most = number(mapping.attrs.get("upperBound", "")) or (
        max(gains, default=NONE) if cardinality == "single" else sum(gains, NONE)
    )
    most = most if most > 0 else Decimal(1)
    otherwise = number(mapping.attrs.get("defaultValue", "0")) or NONE
    return {key: _of(one, most) for key, one in points.items()}, _of(otherwise, most)


def _of(points: Decimal, most: Decimal) -> Decimal:
    share = points * ALL / most
    return share if share == share.quantize(PLACES) else share.quantize(PLACES)
