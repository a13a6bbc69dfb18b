"""Print the document in a folder, in a process of its own: what a whole room takes (600 MB) goes back when it ends.

Run as ``python press.py FOLDER TEMPLATE``; the folder holds the template, its data and pictures, and ``fonts.json``.
"""

import json
import sys
from pathlib import Path


def main(folder: Path, template: str) -> None:
    """Write ``out.pdf`` beside the template."""
    import typst

    paths = json.loads((folder / "fonts.json").read_text())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    compiler = typst.Compiler(folder / template, root=folder, font_paths=fonts, ignore_system_fonts=True)
    (folder / "out.pdf").write_bytes(compiler.compile(format="pdf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
