"""Articles to stories, as the one folder of one machine would: window after window, its state handed on.

What `pipelines.fold.settle` does with all the articles of a store that wait, in batches by the time they
count for, is done here with the same batches out of files. Only the reading of texts is done beforehand and
side by side: the joining is a chain, since what an article joins depends on all that came before it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from pipelines.fold import BATCH, WINDOW_DAYS, bounded, piece_of, told
from pipelines.folding.facts import Facts, read_piece
from pipelines.folding.folder import Folder
from pipelines.store import Store
from pipelines.store.db import from_text
from pipelines.store.tables import base_of

_ARTICLES: Final = 1000  # of a store that are in memory at once
_ORDER: Final = attrgetter("at", "url")  # of the articles that wait


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that waits for its story, read. Numbers are those of the tables of the archive."""

    at: str  # the time it counts for
    url: str
    number: int
    seen: str
    reason: str
    evidence: str
    least: int  # the first article of the story it is in meanwhile, with its translations
    facts: Facts


@dataclass(frozen=True, slots=True)
class Linked:
    """A settled article: why it is in its story, and what it is largely a copy of. Others by number."""

    at: str
    url: str
    number: int
    seen: str
    reason: str
    evidence: str
    nearest: int | None = None
    copies: tuple[tuple[int, float, float], ...] = ()


class Stories:
    """Stories as sets of articles that were found to be in one."""

    def __init__(self) -> None:
        self._into: dict[int, int] = {}

    def unite(self, one: int, other: int) -> bool:
        """Take two articles' stories for one; tells whether they were two."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._into[second] = first
        return first != second

    def root(self, article: int) -> int:
        """Give the article that stands for all of its story, for as long as none is united with it."""
        path = []
        while (into := self._into.get(article)) is not None:
            path.append(article)
            article = into
        for each in path:
            self._into[each] = article
        return article


@dataclass(slots=True)
class State:
    """What one window hands on to the next."""

    folder: Folder = field(default_factory=lambda: Folder(WINDOW_DAYS))
    stories: Stories = field(default_factory=Stories)
    rest: list[Waiting] = field(default_factory=list)  # too few for a batch
    numbers: dict[str, int] = field(default_factory=dict)  # of what the folder holds, by address


def waiting(store: Store, group: str) -> Iterator[Waiting]:
    """Read the articles of a store that wait, in their order."""
    base = base_of(group)
    members = store.tables.members()
    for start in range(0, len(members), _ARTICLES):
        some = members[start : start + _ARTICLES]
        articles = store.settling.articles(each.number for each in some)
        for each in some:
            yield Waiting(
                at=each.at,
                url=each.url,
                number=base + each.number,
                seen=each.seen,
                reason=each.reason,
                evidence=each.evidence,
                least=base + each.least,
                facts=read_piece(piece_of(articles[each.number])),
            )


def advance(state: State, come: Iterable[Waiting], *, last: bool) -> list[Linked]:
    """Settle what a window brings, but for what is too little for a batch; that too if it is the `last`.

    Args:
        state: as the window before left it; changed.
        come: the window's articles: none counts for an earlier time than one of the window before.
        last: no other window follows.
    """
    queue = sorted([*state.rest, *come], key=_ORDER)
    whole = len(queue) if last else len(queue) - len(queue) % BATCH
    state.rest = queue[whole:]
    found: list[Linked] = []
    for start in range(0, whole, BATCH):
        found += _settle(state, queue[start : min(start + BATCH, whole)])
    held = state.folder.held()
    state.numbers = {url: number for url, number in state.numbers.items() if url in held}
    return found


def _settle(state: State, batch: Sequence[Waiting]) -> Iterator[Linked]:
    """Do with a batch what `pipelines.fold` and the store do with it, in the same order."""
    folder, numbers, stories = state.folder, state.numbers, state.stories
    folder.forget(bounded(from_text(batch[0].at)))
    numbers.update((each.url, each.number) for each in batch)
    for each in batch:  # translations were in one story before
        stories.unite(each.least, each.number)
    settled = folder.settle([each.facts for each in batch])
    for kept, gone in settled.merged:
        stories.unite(numbers[kept], numbers[gone])
    for each, joined in zip(batch, settled.joined, strict=True):
        # One that is in that story already stays there for the reason it has.
        moved = joined.reason != "first" and stories.unite(numbers[joined.story], each.number)
        yield Linked(
            at=each.at,
            url=each.url,
            number=each.number,
            seen=each.seen,
            reason=joined.reason if moved else each.reason,
            evidence=told(joined.evidence) if moved else each.evidence,
            nearest=numbers[joined.nearest] if moved else None,
            copies=tuple(
                (numbers[copy.of], round(copy.containment, 3), round(copy.jaccard, 3))
                for copy in folder.overlaps(each.url)
            ),
        )


def dump(path: Path, what: Any) -> None:
    """Write working data of the folding, for another task of the same program."""
    making = path.with_name(f".{path.name}.making")
    making.write_bytes(pickle.dumps(what, protocol=5))
    making.replace(path)


def load(path: Path) -> Any:
    """Read what `dump` wrote."""
    return pickle.loads(path.read_bytes())  # noqa: S301 - our own, beside what it was made of
