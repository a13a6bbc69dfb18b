"""QTI 3.0 spells ``qti-choice-interaction`` what 2.x spells ``choiceInteraction``; inside we speak 2.x."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from exams.exchange.xml import Node, attribute

PREFIX = "qti-"
KEBAB, CAMEL = re.compile(r"-([a-z0-9])"), re.compile(r"([A-Z])")
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"
OLD_TEMPLATES = "http://www.imsglobal.org/question/qti_v{version}/rptemplates/{name}"


@dataclass(frozen=True)
class Version:
    """What tells the versions apart."""

    namespace: str
    resource: str
    schema: str
    is_new: bool
    short: str

    def element(self, tag: str, attrs: Mapping[str, str] | None = None, inner: str = "") -> str:
        """Return an element of QTI as this version spells it."""
        name = PREFIX + _kebab(tag) if self.is_new else tag
        given = "".join(
            f' {_kebab(key) if self.is_new and ":" not in key else key}="{attribute(value)}"'
            for key, value in (attrs or {}).items()
        )
        return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"

    def template(self, name: str) -> str:
        """Return the address of a template of response processing."""
        return (TEMPLATES if self.is_new else OLD_TEMPLATES).format(name=name, version=self.short)


VERSIONS = {
    "2.1": Version("http://www.imsglobal.org/xsd/imsqti_v2p1", "imsqti_item_xmlv2p1", "QTIv2.1 Package", False, "2p1"),
    "2.2": Version("http://www.imsglobal.org/xsd/imsqti_v2p2", "imsqti_item_xmlv2p2", "QTIv2.2 Package", False, "2p2"),
    "3.0": Version("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "imsqti_item_xmlv3p0", "QTI Package", True, "3p0"),
}


def _kebab(name: str) -> str:
    return CAMEL.sub(lambda found: "-" + found[1].lower(), name)


def _camel(name: str) -> str:
    return KEBAB.sub(lambda found: found[1].upper(), name)


def normalised(node: Node) -> Node:
    """Spell an item as 2.x does, in place; return it."""
    if node.tag.startswith(PREFIX):
        node.tag = _camel(node.tag.removeprefix(PREFIX))
        node.attrs = {name if name.startswith("data-") else _camel(name): value for name, value in node.attrs.items()}
    for item in node.items:
        if isinstance(item, Node):
            normalised(item)
    return node
