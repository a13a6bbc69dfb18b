"""Content packages: an archive whose imsmanifest.xml names the items."""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from exams.exchange.archives import Archive, packed
from exams.exchange.reads import Malformed, Read, skipped, unreadable
from exams.exchange.xml import attribute, tree
from exams.rules.items import Draft

from . import reading
from .names import VERSIONS, Version
from .writing import FOLDER, item

MANIFEST = "imsmanifest.xml"
ITEM = "imsqti_item_xml"
PACKAGING = {
    False: "http://www.imsglobal.org/xsd/imscp_v1p1",
    True: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}


def read(data: bytes) -> Iterator[Read]:
    """Yield the items of a package, or the one item of an XML file.

    :raises Malformed: it is neither, or a bomb.
    """
    if not data.startswith(b"PK"):
        yield reading.read(data, {})
        return
    archive = Archive(data)
    for path, kind in _resources(archive):
        if not kind.startswith(ITEM):
            yield skipped("no_item", first=1, last=1, where=path, raw=path, kind=kind)
        elif path not in archive:
            yield unreadable("file_missing", first=1, last=1, raw=path, where=path)
        else:
            yield _item(archive, path)


def _item(archive: Archive, path: str) -> Read:
    content = archive[path]
    try:
        return reading.read(content, archive, path)
    except Malformed as fault:
        raw = content.decode(errors="replace")
        lines = raw.count("\n") + 1
        return unreadable(fault.code, first=1, last=lines, raw=raw, where=path, line=fault.line or 1)


def _resources(archive: Archive) -> list[tuple[str, str]]:
    """Return path and kind of what the manifest names, in its order; without a manifest, of all XML."""
    manifests = sorted((path for path in archive if posixpath.basename(path) == MANIFEST), key=len)
    if not manifests:
        paths = [path for path in archive if path.lower().endswith(".xml")]
        if not paths:
            raise Malformed("not_this_format")
        return [(path, ITEM) for path in paths]
    folder = posixpath.dirname(manifests[0])
    root = tree(archive[manifests[0]])
    found = []
    for resource in root.within("resource"):
        kind = resource.attrs.get("type", "")
        if kind.startswith("imsqti_"):
            path = posixpath.normpath(posixpath.join(folder, unquote(resource.attrs.get("href", ""))))
            found.append((path, kind))
    return found


def write(drafts: Iterable[Draft], version: str = "2.2") -> bytes:
    """Return a content package."""
    spelling = VERSIONS[version]
    files: dict[str, bytes] = {MANIFEST: b""}
    resources = []
    for number, draft in enumerate(drafts, 1):
        written = item(draft, number, spelling)
        path = f"{FOLDER}/item-{number:05d}.xml"
        files[path] = written.xml.encode()
        files |= written.files
        resources.append((f"item-{number:05d}", path, list(written.files)))
    files[MANIFEST] = _manifest(resources, spelling).encode()
    return packed(files)


def _manifest(resources: list[tuple[str, str, list[str]]], version: Version) -> str:
    rows = "".join(
        f'<resource identifier="{name}" type="{version.resource}" href="{path}"><file href="{path}"/>'
        + "".join(f'<file href="{attribute(one)}"/>' for one in files)
        + "</resource>\n"
        for name, path, files in resources
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{PACKAGING[version.is_new]}" identifier="xuehui-yingji">\n'
        f"<metadata><schema>{version.schema}</schema><schemaversion>1.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{rows}</resources>\n</manifest>\n"
    )
