"""How rare a particular is in the window: what few articles hold says more than what many do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

_UNSEEN: Final = 400  # articles of ordinary news that stand behind a window that holds few
_EACH: Final = 2.0  # of them that hold any one name, word or number
_OFTEN: Final[Mapping[str, float]] = {  # … or what any news may be about
    "topic": 12.0, "place": 5.0, "world": 8.0, "month": 30.0, "day": 8.0, "person": 4.0,
}  # fmt: skip


class Rarity:
    """Counts of particulars over the articles of a window."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._articles = 0

    def add(self, held: Iterable[str]) -> None:
        """Count what an article holds."""
        self._counts.update(held)
        self._articles += 1

    def remove(self, held: Iterable[str]) -> None:
        """Uncount what an article that has left the window held."""
        for each in held:
            self._counts[each] -= 1
            if self._counts[each] <= 0:
                del self._counts[each]
        self._articles -= 1

    def count(self, particular: str) -> int:
        """Give in how many articles of the window a particular stands."""
        return self._counts[particular]

    def weight(self, particular: str) -> float:
        """Give how much a particular says: 0 where every article holds it, about 1 where hardly any does."""
        whole = self._articles + _UNSEEN
        holding = self._counts.get(particular, 0) + _OFTEN.get(particular.partition(":")[0], _EACH)
        return max(0.0, math.log(whole / holding) / math.log(whole / _EACH))
