"""Write one item of QTI. It is read back at once; what it does not say goes into an instruction of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from exams.exchange.moodle.usual import LINE
from exams.exchange.packing import sha256
from exams.exchange.reads import Malformed, sayable
from exams.exchange.residue import residue
from exams.exchange.texts import PLACE, PLAIN, Texts, stem_given_back
from exams.exchange.xml import instruction, tree
from exams.rules.items import Draft, Medium

from . import bodies
from .names import Version, normalised
from .reading import OURS, said_without, usual

FOLDER = "items"


@dataclass
class Written:
    """An item's XML and its files by their paths in the package."""

    xml: str
    files: dict[str, bytes]


def item(draft: Draft, number: int, version: Version) -> Written:
    """Return the item of a draft."""
    stem, files = _stem(draft)
    paths = {name: f"media/{sha256(medium.content)[:12]}/{name}" for name, medium in files.items()}
    for name, path in sorted(paths.items(), key=lambda pair: -len(pair[0])):
        stem = stem.replace(PLACE + name, f"../{path}")
    content = {paths[name]: medium.content for name, medium in files.items()}
    line = residue(draft, _read_back(_item(draft, stem, number, version, ""), content))
    return Written(_item(draft, stem, number, version, instruction(LINE, line)), content)


def _read_back(xml: str, files: Mapping[str, bytes]) -> Draft | None:
    try:
        node = normalised(tree(xml.encode()))
    except Malformed:
        return None
    return said_without(node, files, f"{FOLDER}/x.xml", Texts())[0]


def _stem(draft: Draft) -> tuple[str, dict[str, Medium]]:
    """Return the stem as XHTML, as it came if that is well-formed and the text unchanged; and its files."""
    text, format, files = stem_given_back(draft)
    if format == PLAIN or not bodies.is_xhtml(text):
        text, files = usual("stem", draft.stem, list(draft.media)), stem_given_back(replace(draft, extras={}))[2]
    return text, {name: medium for _, name, medium in files}


def _item(draft: Draft, stem: str, number: int, version: Version, line: str) -> str:
    qti = draft.extras.get("qti")
    sheet = bodies.Sheet(draft, version, qti if isinstance(qti, dict) else {})
    el, said = version.element, bodies.body(sheet, stem)
    inner = said.declared + _outcome(version, "SCORE", "float")
    inner += _outcome(version, "EXPLANATION", "identifier") if draft.explanation else ""
    inner += _outcome(version, "FEEDBACK", "identifier") if any(part.feedback for part in draft.parts) else ""
    inner += el("itemBody", inner=said.body) + said.processing + _explanation(sheet)
    own = sheet.qti.get("identifier")
    attrs = {
        "xmlns": version.namespace,
        "identifier": own if isinstance(own, str) and own else OURS + (draft.code or f".{number}"),
        "title": draft.title,
        "adaptive": "false",
        "timeDependent": "false",
    }
    return sayable(f'<?xml version="1.0" encoding="UTF-8"?>\n{el("assessmentItem", attrs, line + inner)}\n')


def _outcome(version: Version, name: str, base: str) -> str:
    return version.element("outcomeDeclaration", {"identifier": name, "cardinality": "single", "baseType": base})


def _explanation(sheet: bodies.Sheet) -> str:
    if not sheet.draft.explanation:
        return ""
    text = sheet.text("explanation", sheet.draft.explanation)
    text = sheet.el("contentBody", inner=text) if sheet.version.is_new else text
    # Hidden where the outcome says so, and nothing ever sets it: shown to whoever has answered.
    attrs = {"outcomeIdentifier": "EXPLANATION", "identifier": "explanation", "showHide": "hide"}
    return sheet.el("modalFeedback", attrs, text)
