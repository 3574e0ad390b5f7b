"""How rare a particular is in the window: what few articles hold says more than what many do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pipelines.folding.remembered import Remembered
from pipelines.folding.tables import read

_UNSEEN: Final = 400  # articles of ordinary news that stand behind a window that holds few
_EACH: Final = 2.0  # of them that hold any one name, word or number
_OFTEN: Final[Mapping[str, Mapping[str, float]]] = read("often.toml")  # … or more, by kind and by name
_FIGURE: Final = "figure:"
_STEADY: Final = 12  # one article in so many may come or go before weights are taken anew


class Rarity(dict[str, float]):
    """Counts of particulars over the articles of a window; as a mapping, the weights they have by it.

    `weight(particular)` is how much it says: 0 where every article holds it, about 1 where hardly any does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weight: Callable[[str], float] = self.__getitem__
        self._counts: Counter[str] = Counter()
        self._articles = 0
        self._moves = 0  # articles that came or went since weights were taken
        self._totals: dict[frozenset[str], float] = {}
        self._squares: dict[frozenset[str], float] = {}
        self._moved(0)

    def __missing__(self, particular: str) -> float:
        often, fine = _PRIOR[particular]
        holding = self._counts.get(particular, 0) + often
        weight = self[particular] = max(0.0, self._whole - math.log(holding)) * self._scale * fine
        return weight

    def sum(self, particulars: Iterable[str]) -> float:
        """Give the weight of some particulars together."""
        # fsum: a sum of floats must not depend on how a set happens to be laid out.
        return math.fsum(map(self.weight, particulars))

    def total(self, particulars: frozenset[str]) -> float:
        """Give the weight of all that an article holds of a kind; remembered until weights are taken anew."""
        found = self._totals.get(particulars)
        if found is None:
            found = self._totals[particulars] = self.sum(particulars)
        return found

    def squares(self, particulars: frozenset[str]) -> float:
        """Give the sum of the squares of weights; remembered likewise."""
        found = self._squares.get(particulars)
        if found is None:
            found = self._squares[particulars] = math.fsum(
                [each * each for each in map(self.weight, particulars)]
            )
        return found

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
        self._whole = math.log(self._articles + _UNSEEN)
        self._scale = 1.0 / (self._whole - math.log(_EACH))
        self._moves += abs(step)
        if self._moves * _STEADY >= self._articles:
            self.refresh()

    def refresh(self) -> None:
        """Take all weights anew, so that they depend on what is held alone."""
        self.clear()
        self._totals.clear()
        self._squares.clear()
        self._moves = 0


def _prior(particular: str) -> tuple[float, float]:
    """How many of the articles that stand behind the window hold a particular, and its `precision`."""
    kind = _OFTEN["kind"].get(particular.partition(":")[0], _EACH)
    return _OFTEN["each"].get(particular, kind), precision(particular)


_PRIOR: Final = Remembered(_prior)


def figure_mark(value: float) -> str:
    """Give the particular of a number, whatever it counts."""
    return f"{_FIGURE}{value:.6g}"


def precision(particular: str) -> float:
    """Give how little a number is found by accident, by its digits (5 is everywhere); 1 for what is none."""
    if particular[:7] != _FIGURE:
        return 1.0
    digits = len(particular.removeprefix(_FIGURE).replace(".", "").split("e")[0].strip("0"))
    return (0.25, 0.25, 0.6, 0.9)[min(digits, 3)]
