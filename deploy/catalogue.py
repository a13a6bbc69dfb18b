"""The message catalogues without GNU gettext: find the texts, keep site/locale/zh_Hans in step, compile, check.

Traditional Chinese has no catalogue of its own: OpenCC makes it from the simplified one when compiling.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import environment
from steps import ROOT, Steps, Stop

LOCALE = ROOT / "site/locale"
SIMPLIFIED = LOCALE / "zh_Hans/LC_MESSAGES/django.po"
COMPILED = [LOCALE / name / "LC_MESSAGES/django.mo" for name in ("zh_Hans", "zh_Hant")]
ROOMS = [ROOT / name for name in ("site", "training", "exams", "kb", "chatbot")]
NOT_OURS = frozenset({"node_modules", "migrations", "static", "frontend"})
METADATA = {
    "Project-Id-Version": "xuehui-yingji",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# Each function that marks a text: the roles of its first arguments.
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("msgid",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("msgid", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "msgid")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "msgid", "plural")),
}
MARK_IN_TEMPLATE = re.compile(rf"(?<![\w.])({'|'.join(sorted(MARKS, key=len, reverse=True))})\(")
LITERAL = re.compile(r"""\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?""", re.DOTALL)
BLANKS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Message:
    """A text in the sources and where it stands."""

    msgid: str
    plural: str = ""
    context: str | None = None
    places: list[tuple[str, str]] = field(default_factory=list)


def ensure(steps: Steps) -> None:
    """Compile the catalogues where one is missing or older than its source."""
    with steps("Translations") as step:
        if needs_compiling():
            step.run([environment.PYTHON, __file__, "compile"])
        else:
            step.note = "unchanged"


def needs_compiling() -> bool:
    """Say whether a compiled catalogue is missing or older than its source."""
    if not SIMPLIFIED.is_file():
        return False
    newest = SIMPLIFIED.stat().st_mtime
    return any(not file.is_file() or file.stat().st_mtime < newest for file in COMPILED)


def compile_all() -> None:
    """Write the catalogues that Django reads, the traditional one converted from the simplified."""
    import polib
    from opencc import OpenCC

    simplified = polib.pofile(str(SIMPLIFIED))
    to_traditional = OpenCC("s2tw").convert
    for file in COMPILED:
        file.parent.mkdir(parents=True, exist_ok=True)
        simplified.save_as_mofile(str(file))
        for entry in simplified:
            entry.msgstr = to_traditional(entry.msgstr)
            entry.msgstr_plural = {form: to_traditional(text) for form, text in entry.msgstr_plural.items()}


def update() -> str:
    """Bring the catalogue in step with the sources (new texts empty, vanished ones obsolete) and say what changed."""
    import polib

    if SIMPLIFIED.is_file():
        catalogue = polib.pofile(str(SIMPLIFIED), wrapwidth=120)
    else:
        SIMPLIFIED.parent.mkdir(parents=True, exist_ok=True)
        catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = METADATA
    found = messages()
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for entry in catalogue:
        entry.obsolete = (entry.msgctxt, entry.msgid) not in found
    for key, message in found.items():
        entry = known.get(key)
        if entry is None:
            entry = polib.POEntry(msgctxt=message.context, msgid=message.msgid)
            catalogue.append(entry)
        entry.occurrences = message.places
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
        entry.flags = ["python-format"] if re.search(r"%(\(\w+\))?[sd]", message.msgid) else []
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.occurrences[:1], entry.msgid))
    catalogue.save(str(SIMPLIFIED))
    return f"{len(found)} texts, {len(faults())} still to translate in {SIMPLIFIED.relative_to(ROOT)}"


def faults() -> list[str]:
    """Return one line for every text without a finished translation, or whose blanks differ from it."""
    import polib

    if not SIMPLIFIED.is_file():
        return [f"{SIMPLIFIED.relative_to(ROOT)} is missing"]
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(SIMPLIFIED)) if not entry.obsolete}
    lines = []
    for key, message in messages().items():
        entry = entries.get(key)
        chinese = (entry.msgstr_plural.get(0, "") if message.plural else entry.msgstr) if entry else ""
        where = ":".join(message.places[0])
        if not chinese:
            lines.append(f"{where}: no translation of {message.msgid!r}")
        elif entry.fuzzy:
            lines.append(f"{where}: fuzzy translation of {message.msgid!r}")
        elif set(BLANKS.findall(chinese)) != set(BLANKS.findall(message.plural or message.msgid)):
            lines.append(f"{where}: {message.msgid!r} and {chinese!r} have different blanks")
    return lines


def messages() -> dict[tuple[str | None, str], Message]:
    """Return every text marked for translation in our Python files and templates, in the order of the files."""
    found: dict[tuple[str | None, str], Message] = {}
    files = (file for room in ROOMS for file in sorted(room.rglob("*")) if NOT_OURS.isdisjoint(file.parts))
    for file in files:
        if file.suffix in READERS:
            source = file.read_text(encoding="utf-8")
            for line, texts in READERS[file.suffix](source):
                message = found.setdefault((texts.get("context"), texts["msgid"]), Message(**texts))
                message.plural = message.plural or texts.get("plural", "")
                message.places.append((str(file.relative_to(ROOT)), str(line)))
    return found


def in_python(source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the texts of each marked call whose arguments are literal."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            literals = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if name in MARKS and len(literals) >= len(MARKS[name]):
                yield node.lineno, dict(zip(MARKS[name], literals, strict=False))


def in_template(source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the texts of each translate and blocktranslate tag and of each _("…")."""
    from django.utils.translation.template import templatize

    code = templatize(source)
    for mark in MARK_IN_TEMPLATE.finditer(code):
        literals, position = [], mark.end()
        while literal := LITERAL.match(code, position):
            literals.append(ast.literal_eval(literal[1]))
            position = literal.end()
        if len(literals) >= len(MARKS[mark[1]]):
            yield code.count("\n", 0, mark.start()) + 1, dict(zip(MARKS[mark[1]], literals, strict=False))


READERS = {".py": in_python, ".html": in_template, ".txt": in_template}


def _command() -> None:
    if sys.argv[1:] == ["messages"]:
        print(update())
    elif sys.argv[1:] != ["compile"]:
        raise Stop("say what to do: messages or compile")
    if Path(SIMPLIFIED).is_file():
        compile_all()


if __name__ == "__main__":
    environment.main_inside(_command, "run")
