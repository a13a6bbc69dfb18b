"""The files in deploy/ import each other by name, as they do when make starts them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "deploy"))
