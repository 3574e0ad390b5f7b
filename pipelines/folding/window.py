"""The articles of the last days, found by what they tell: at a cost that does not grow with their number."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from pipelines.folding.facts import GROUPS, Facts, marks
from pipelines.folding.gazetteer import LANGUAGES
from pipelines.folding.rarity import Rarity

# The rarest of each that are looked up, of those that another article holds.
_ASKED: Final = {"particular": 12, "figure": 6, "word": 8, "cognate": 6}
_LOOKED_UP: Final = tuple(sorted(set(GROUPS.values())))
_POSTED: Final = 40  # newest articles of a mark that are looked at
_NEAR: Final = 5  # articles of each language that are compared
_LINKED: Final = 100.0  # what an address adds to what two articles share
# Weight that two articles share at least to be compared: of the gold set's pairs on one event 99 in 100 share
# 1.8, and in one language 3.7; most pairs that share less than these tell of two.
_ENOUGH: Final = 1.4
_ENOUGH_ALIKE: Final = 3.0
_LEAST: Final = 0.4  # of what the nearest shares: an article that shares less is not compared


class Window:
    """An inverted index of facts.

    Args:
        days: how far apart two articles of one event may be published.
        rarity: what weighs the marks; articles are counted in it as they come and go.
    """

    def __init__(self, days: float, rarity: Rarity) -> None:
        self.span = timedelta(days=days)
        self.rarity = rarity
        self.articles: dict[str, Facts] = {}
        self._posted: dict[str, list[str]] = defaultdict(list)
        self._order: deque[str] = deque()

    def add(self, facts: Facts) -> None:
        """Take an article in; one with an id that is held replaces it."""
        if facts.id in self.articles:
            self.drop(facts.id)
        self.articles[facts.id] = facts
        self._order.append(facts.id)
        held = marks(facts)
        self.rarity.add(held)
        posted = self._posted
        for mark in (*held, *_addresses(facts)):
            posted[mark].append(facts.id)

    def drop(self, key: str) -> None:
        """Let an article go; it leaves the lists it is posted in when they are next read."""
        facts = self.articles.pop(key)
        held = marks(facts)
        self.rarity.remove(held)
        for mark in (*held, *_addresses(facts)):
            posted = self._posted.get(mark)
            if posted is None:
                continue
            gone = next((at for at, each in enumerate(posted) if each in self.articles), len(posted))
            if gone == len(posted):
                del self._posted[mark]
            elif gone:
                del posted[:gone]

    def expire(self, now: datetime) -> list[str]:
        """Drop what was published before the window that ends `now`; gives the ids."""
        gone = []
        while self._order:
            facts = self.articles.get(self._order[0])
            if facts is not None and now - facts.at <= self.span:
                break
            key = self._order.popleft()
            if facts is not None:
                self.drop(key)
                gone.append(key)
        return gone

    def near(self, facts: Facts) -> list[Facts]:
        """Give the articles that share most with another, itself left out, most first."""
        scores: dict[str, float] = defaultdict(float)
        for mark in self._asked(facts):
            weight = self.rarity.weight(mark)
            for key in self._posted.get(mark, ())[-_POSTED:]:
                scores[key] += weight
        for url in _addresses(facts):
            posted = self._posted.get(url, ())
            if len(posted) <= _POSTED:  # what all link (a front page) leads nowhere
                for key in posted:
                    scores[key] += _LINKED
        scores.pop(facts.id, None)
        # Of each language its own: two texts of one language share more, whatever they tell.
        best: dict[str, float] = {}
        taken = dict.fromkeys(LANGUAGES, 0)
        chosen = []
        enough = [each for each in scores.items() if each[1] > _ENOUGH]
        for key, score in sorted(sorted(enough), key=itemgetter(1), reverse=True):
            other = self.articles.get(key)
            if other is None or taken[other.lang] >= _NEAR or not self._near(facts, other):
                continue
            if other.lang == facts.lang and score < _ENOUGH_ALIKE:
                continue
            if score >= _LEAST * best.setdefault(other.lang, score):
                taken[other.lang] += 1
                chosen.append(other)
        return chosen

    def _near(self, one: Facts, other: Facts) -> bool:
        return not (one.dated and other.dated) or abs(one.at - other.at) <= self.span

    def _asked(self, facts: Facts) -> Iterator[str]:
        kinds: dict[str, Iterable[str]] = {
            "particular": (each for group in _LOOKED_UP for each in facts.particulars[group]),
            "figure": facts.figure_marks,
            "word": facts.words,
            "cognate": facts.cognates,
        }
        posted = self._posted
        for kind, held in kinds.items():
            shared = sorted([mark for mark in held if len(posted.get(mark, ())) > 1])
            # Twice, for the second sort keeps the order of what weighs alike.
            yield from sorted(shared, key=self.rarity.weight, reverse=True)[: _ASKED[kind]]


def _addresses(facts: Facts) -> Iterable[str]:
    """The addresses by which linked articles find each other."""
    for each in {facts.url, *facts.links, *facts.translations} - {""}:
        yield f"address:{each}"
