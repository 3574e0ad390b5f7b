"""How rare a particular is in the window: what few articles hold says more than what many do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pipelines.folding.tables import read

_UNSEEN: Final = 400  # articles of ordinary news that stand behind a window that holds few
_EACH: Final = 2.0  # of them that hold any one name, word or number
_OFTEN: Final[Mapping[str, Mapping[str, float]]] = read("often.toml")  # … or more, by kind and by name
_STEADY: Final = 50  # one article in so many may come or go before weights are taken anew


class Rarity(dict[str, float]):
    """Counts of particulars over the articles of a window; as a mapping, the weights they have by it.

    `weight(particular)` is how much it says: 0 where every article holds it, about 1 where hardly any does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weight: Callable[[str], float] = self.__getitem__
        self._counts: Counter[str] = Counter()
        self._articles = 0
        self._weighed = 0

    def __missing__(self, particular: str) -> float:
        whole = self._articles + _UNSEEN
        kind = _OFTEN["kind"].get(particular.partition(":")[0], _EACH)
        holding = self._counts.get(particular, 0) + _OFTEN["each"].get(particular, kind)
        weight = max(0.0, math.log(whole / holding) / math.log(whole / _EACH))
        self[particular] = weight
        return weight

    def add(self, held: Iterable[str]) -> None:
        """Count what an article holds."""
        self._counts.update(held)
        self._moved(1)

    def remove(self, held: Iterable[str]) -> None:
        """Uncount what an article that has left the window held."""
        for each in held:
            self._counts[each] -= 1
            if self._counts[each] <= 0:
                del self._counts[each]
        self._moved(-1)

    def _moved(self, step: int) -> None:
        self._articles += step
        if abs(self._articles - self._weighed) * _STEADY >= self._articles:
            self.clear()
            self._weighed = self._articles
