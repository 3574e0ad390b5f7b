"""A text cut into words and numbers, with what tells a name: capitals and the beginnings of sentences."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LONGEST: Final = 40  # letters of a word that are kept
_LETTER: Final = r"[^\W\d_]"
# The commonest first: no two of the kinds begin with one character, words being tried by their letters alone.
_TOKEN: Final = re.compile(
    r"(?P<word>[мm]/[сs](?!\w)|(?:[A-Za-z]\.){2,}(?!\w)"
    rf"|{_LETTER}+(?:[-']{_LETTER}+)*)"
    r"|(?P<score>(?=\d)(?<![\w.,:–-])\d{1,2}[:–-]\d{1,2}(?![\w:–-]))"
    r"|(?P<number>(?=\d)(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,4}(?!\d))?"
    r"|\d+(?:[.,]\d{1,3}(?!\d))*)"
    r"|(?P<sign>[%$€₽₸°£])"
    r"|(?P<end>[.!?…\n]+)"
)
_QUOTES: Final = frozenset('«„“"‹')
_FOLD: Final = (("ё", "е"), ("Ё", "Е"), ("’", "'"), ("‑", "-"), ("ı", "i"))  # one character for one


class Token(NamedTuple):
    """A word, number, score or sign. `low` is in lower case with ё as е; `start` counts characters."""

    low: str
    start: int
    kind: str  # "word", "number", "score" or "sign"
    upper: bool = False  # begins with a capital
    first: bool = False  # begins a sentence
    quoted: bool = False  # stands behind an opening quotation mark

    @property
    def is_word(self) -> bool:
        """Whether it is a word."""
        return self.kind == "word"


def tokens(text: str) -> list[Token]:
    """Give the tokens of a text in their order. Takes any text; time is linear in its length."""
    for letter, plain in _FOLD:
        text = text.replace(letter, plain)
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        if kind == "end":
            first = True
            continue
        shown = match[0]
        low = shown.lower()
        if kind == "word":
            low = (low.rstrip(".") if low[-1] == "." else low)[:_LONGEST]
        at = match.start()
        quoted = at > 0 and text[at - 1] in _QUOTES
        found.append(Token(low, at, kind, shown[0].isupper(), first, quoted))
        first = False
    return found
