"""One spelling for the names of three languages, so that they can be compared letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import Any, Final

from pipelines.folding.tables import read

_RAW: Final[dict[str, Any]] = read("spelling.toml")
_TABLE: Final[dict[str, str]] = {
    **dict.fromkeys(_RAW["vowels"]["letters"], "a"),
    **_RAW["consonants"],
    **_RAW["groups"],
}
# Groups first, read in capitals so that their letters are not read again.
_LETTERS: Final = str.maketrans(
    {part: to for part, to in _TABLE.items() if len(part) == 1}
    | {letter.upper(): letter for letter in ascii_lowercase}
)
_GROUPS: Final = re.compile(
    "|".join(re.escape(part) for part in sorted(_TABLE, key=len, reverse=True) if len(part) > 1)
)
_RUN: Final = re.compile(r"(.)\1+")
_LONGEST: Final = 40  # letters of a word that are read


@lru_cache(maxsize=65536)
def common_spelling(word: str) -> str:
    """Give a word in the spelling that Kazakh, Russian and English share.

    Case does not matter. Vowels are not told apart, double letters are single and a last vowel is left out,
    being grammar more often than not: "Тоқаев" and "Tokayev" both give "takav". Other scripts' letters stay.
    """
    plain = word[:_LONGEST].casefold()
    plain = _GROUPS.sub(lambda match: _TABLE[match[0]].upper(), plain).translate(_LETTERS)
    return _RUN.sub(r"\1", plain).removesuffix("a")
