"""One spelling for the names of three languages, so that they can be compared letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from pipelines.folding.tables import read

_RAW: Final[dict[str, Any]] = read("spelling.toml")
_TABLE: Final[dict[str, str]] = {
    **dict.fromkeys(_RAW["vowels"]["letters"], "a"),
    **_RAW["consonants"],
    **_RAW["groups"],
}
_PARTS: Final = re.compile("|".join(re.escape(part) for part in sorted(_TABLE, key=len, reverse=True)))
_RUN: Final = re.compile(r"(.)\1+")
_LONGEST: Final = 40  # letters of a word that are read


@lru_cache(maxsize=65536)
def common_spelling(word: str) -> str:
    """Give a word in the spelling that Kazakh, Russian and English share.

    Case does not matter. Vowels are not told apart, double letters are single and a last vowel is left out,
    being grammar more often than not: "Тоқаев" and "Tokayev" both give "takav". Other scripts' letters stay.
    """
    plain = _PARTS.sub(lambda match: _TABLE[match[0]], word[:_LONGEST].casefold())
    return _RUN.sub(r"\1", plain).removesuffix("a")
