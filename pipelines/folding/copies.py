"""How much of one text is in another, by their runs of three words.

Runs are counted exactly: a text has a few hundred, and only those of one story in one language are laid side
by side. A sketch of them (MinHash) costs more to make than the runs themselves, and tells their likeness as a
whole where a reprint that leaves out two thirds is known by what it holds of the other: see docs/folding.md.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipelines.folding.remembered import Remembered

# Knuth's multiplicative hashing (TAOCP 6.4): odd, near 2**64 divided by the golden ratio.
_FACTOR: Final = 0x9E3779B97F4A7C15
_MASK: Final = 2**60 - 1  # a number that Python keeps in two digits
_STEM: Final = 6  # letters of a word that are compared
_LEAST: Final = 12  # runs that a text needs to be called a copy
_COPIED: Final = 0.3  # share of the shorter text from which it is one
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of two texts is the same; shares of their runs of three words."""

    of: str  # id of the earlier article
    containment: float  # of the shorter text's runs, how many the other has
    jaccard: float


def code(word: str) -> int:
    """Give a number that stands for a word, the same in every run of the program as hash() would not be."""
    return zlib.crc32(word.encode())


def runs(codes: Sequence[int]) -> frozenset[int]:
    """Give every three codes in a row as one number."""
    return frozenset(
        (first * _FACTOR + second) * _FACTOR + third & _MASK
        for first, second, third in zip(codes, codes[1:], codes[2:], strict=False)
    )


def overlap(of: str, text: str, before: str) -> Overlap | None:
    """Measure how much of two texts is the same; None unless one is largely in the other.

    By containment: a wire's reprint may leave out two thirds of it, and share little as a whole.

    Args:
        of: the id of the earlier article.
        text: of the later one.
        before: of the earlier one.
    """
    mine, theirs = _runs_of(text), _runs_of(before)
    least = min(len(mine), len(theirs))
    both = len(mine & theirs)
    if least < _LEAST or both < _COPIED * least:
        return None
    return Overlap(of, both / least, both / (len(mine) + len(theirs) - both))


_CODES: Final = Remembered(lambda word: code(word[:_STEM]))


@lru_cache(maxsize=1024)
def _runs_of(text: str) -> frozenset[int]:
    return runs([_CODES[word] for word in _WORD.findall(text.lower())])
