"""Kazakh written in Latin letters, read in Cyrillic, so that its words meet those of other articles."""

from __future__ import annotations

import re
from typing import Final

from pipelines.folding.tables import read

_RAW: Final[dict[str, dict[str, str]]] = read("latin.toml")
_TABLES: Final = {name: _RAW["both"] | _RAW[name] for name in ("acute", "dotted")}
_PARTS: Final = {
    name: re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    for name, table in _TABLES.items()
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
_VOWELS: Final = frozenset("аәеиоөуұүыі")
_TOLD_BY: Final = 1000  # characters by which a text's letters are told
_SHARE: Final = 0.6  # of letters that are Latin


def in_cyrillic(text: str) -> str:
    """Give a Kazakh text in Cyrillic if its beginning is mostly Latin; capitals stay, lengths do not.

    Names of other languages in it are read as if they were Kazakh; they still meet their like, for names are
    compared by their sound.
    """
    begun = text[:_TOLD_BY]
    latin = sum(map(len, _LATIN.findall(begun)))
    if latin <= _SHARE * sum(map(len, _WORD.findall(begun))):
        return text
    letters = text.lower()
    known = _RAW["known"]
    counts = {name: sum(char in known[name] for char in letters) for name in _TABLES}
    name = "dotted" if counts["dotted"] > counts["acute"] else "acute"
    return _WORD.sub(lambda match: _word(match[0], name), text)


def _word(word: str, name: str) -> str:
    table = _TABLES[name]
    plain = word.replace("İ", "i").lower()
    read = _PARTS[name].sub(lambda match: table[match[0]], plain)
    # и behind a vowel is й: "adaıy", "Qazaqstandaı"
    read = "".join(
        "й" if char == "и" and at and read[at - 1] in _VOWELS else char for at, char in enumerate(read)
    )
    if word.isupper() and len(word) > 1:
        return read.upper()
    return read[:1].upper() + read[1:] if word[:1].isupper() else read
