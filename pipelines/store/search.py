"""Search spelling: one text for all the ways a word is typed. Pure."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

_LETTERS = str.maketrans(tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8")))


def search_spelling(text: str) -> str:
    """Fold a text for search, since SQLite's own `lower()` knows no letter beyond ASCII.

    NFKC, case-folded, runs of white space as one space, Kazakh letters as the Russian ones typed in their
    stead (letters.toml): "Қазақстан" and "казакстан" become the same. Give both the text and the question.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_LETTERS).split())
