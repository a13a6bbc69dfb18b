"""The settings that the code reads from the environment against the tables of docs/operations.md."""

import ast
import re
from pathlib import Path

from steps import ROOT

DOCUMENT = ROOT / "docs/operations.md"
SHARED = ("base", "people")  # what every profile starts from: their defaults are the ones documented
SOURCES = [*(ROOT / "site/config").rglob("*.py"), *(ROOT / "deploy").glob("*.py")]
SOURCES.sort(key=lambda path: path.stem not in SHARED)
PROFILES = {"all", "embedded", "production", "commands"}
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NOT_SETTINGS = {"PATH", "CI", "PYTEST_XDIST_WORKER"}  # the machine's own, and the test runner's
COMPUTED = object()  # a default that depends on other settings; the table describes it in words


def faults(document: str | None = None) -> list[str]:
    """Return one line for each setting that is undocumented, gone, or documented with another default."""
    rows = {name: cells for name, *cells in ROW.findall(DOCUMENT.read_text() if document is None else document)}
    read = names_read()
    lines = [f"{name} is read but not in {DOCUMENT.name}" for name in sorted(read.keys() - rows.keys())]
    lines += [f"{name} is in {DOCUMENT.name} but nothing reads it" for name in sorted(rows.keys() - read.keys())]
    for name in sorted(rows.keys() & read.keys()):
        _, default, profile = rows[name]
        if profile not in PROFILES:
            lines.append(f"{name}: the profile is one of {', '.join(sorted(PROFILES))}, not {profile!r}")
        if read[name] is not COMPUTED and default != shown(read[name]):
            lines.append(f"{name}: the default is {shown(read[name])}, not {default}")
    return lines


def names_read() -> dict[str, object]:
    """Return each environment variable the settings and the commands read, with its default."""
    read: dict[str, object] = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(Path(source).read_text())):
            found = _setting(node)
            # The shared ones come first; a later module that reads the name again does not change it.
            if found and found[0] not in NOT_SETTINGS and read.get(found[0], COMPUTED) is COMPUTED:
                read[found[0]] = found[1]
    return read


def shown(default: object) -> str:
    """Return a default as the table writes it."""
    return "none" if default in ("", [], None) else f"`{','.join(default) if isinstance(default, list) else default}`"


def _setting(node: ast.AST) -> tuple[str, object] | None:
    """Return the name and the default that ``env.str("NAME", default=…)`` or ``os.environ.get("NAME", …)`` reads."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return (node.slice.value, COMPUTED) if isinstance(node.slice, ast.Constant) else None
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return None
    function = ast.unparse(node.func)
    if function == "os.environ.get":
        return node.args[0].value, COMPUTED
    if function == "os.environ.setdefault":
        return node.args[0].value, node.args[1].value if isinstance(node.args[1], ast.Constant) else COMPUTED
    if not function.startswith("env.") or not str(node.args[0].value).isupper():
        return None
    default = next((keyword.value for keyword in node.keywords if keyword.arg == "default"), None)
    try:
        return node.args[0].value, ast.literal_eval(default)
    except (ValueError, TypeError):
        return node.args[0].value, COMPUTED
