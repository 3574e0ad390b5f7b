"""The tables beside this file: what folding knows of languages, places and people."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """Give one of the tables beside this file, parsed."""
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
