"""What was looked up of a word, kept for the next time it stands in a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

_MOST: Final = 65536  # words that are remembered; then all are forgotten, which is rare and costs little

T = TypeVar("T")


class Remembered(dict[str, T]):
    """A mapping that finds out what it does not hold: a third of `lru_cache`'s cost where texts are read.

    Args:
        find: gives what there is to know of a word.
    """

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> T:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._find(word)
        return found
