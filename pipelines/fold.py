"""Fold: the articles of one event into one story, whoever told it and in whatever language."""

from __future__ import annotations

from items import Stored
from pipelines.folding.folder import Folder
from pipelines.folding.piece import Evidence, Joined, Piece
from pipelines.store import Store

WINDOW_DAYS = 5.0  # how far apart two articles on one event may be published
_EVER = 36_500.0  # days; what a run has read it keeps: listings come newest first, archives in any order


class StoryFolder:
    """Finds the stories of the articles that a run stores.

    What stands in the store around an article is read once a run, so that its cost does not grow with the
    archive.

    Args:
        store: open for writing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = Folder(_EVER)
        self._held: set[str] = set()  # guids of the articles the folder knows
        self._guids: dict[str, str] = {}  # a story begun in this run: the folder's name for it -> its guid

    def fold(self, guid: str) -> bool:
        """Find the story of an article that has just come; True where it joined one that was there.

        To be called in the transaction that stored the article, so that no article stays unfolded, however a
        run ends. Its translations, if they came before it, are in its story already (the store sees to that)
        and move with it.

        Raises:
            KeyError: No article has this guid.
        """
        stored = self._store.article(guid)
        if stored is None:
            raise KeyError(f"no article has the guid {guid}")
        self._remember(stored)
        own = self._store.story_of(guid)
        joined = self._folder.add(piece_of(stored))
        self._held.add(guid)
        if joined.reason == "first":
            self._guids[joined.story] = own or self._store.assign(guid, None, "first")
            return False
        self._join(guid, own, joined)
        return True

    def _remember(self, stored: Stored) -> None:
        for other in self._store.candidates(stored, WINDOW_DAYS, but=self._held):
            story = self._store.story_of(other.guid)
            if story is not None:
                self._folder.remember(piece_of(other), story)
                self._held.add(other.guid)

    def _join(self, guid: str, own: str | None, joined: Joined) -> None:
        target = self._guids.get(joined.story, joined.story)
        story = self._store.assign(guid, target, joined.reason, told(joined.evidence))
        others = (*(self._guids.get(each, each) for each in joined.also), *((own,) if own else ()))
        for other in others:
            story = self._store.merge_stories(story, other, joined.reason)


def piece_of(stored: Stored) -> Piece:
    """Give a stored article as folding sees it; one without a date counts from when it was first seen."""
    article = stored.article
    chain = article.attribution.chain if article.attribution else ()
    return Piece(
        id=stored.guid,
        lang=article.lang,
        outlet=stored.outlet.name,
        published=article.published.at if article.published else stored.first_seen,
        title=article.headline,
        text=article.body if article.lead is None else f"{article.lead}\n\n{article.body}",
        url=article.canonical_url,
        chain=tuple(credit.source for credit in chain if credit.source),
        translations=tuple(translation.url for translation in article.translations),
        mentions=tuple(link.url for block in article.blocks for link in block.links),
    )


def told(evidence: tuple[Evidence, ...]) -> str:
    """Give the evidence of a join in one line, the weightiest first: "person Тоқаев +2.1; time -0.3"."""
    ranked = sorted(evidence, key=lambda each: -abs(each.weight))
    return "; ".join(f"{each.family} {each.told} {each.weight:+.1f}" for each in ranked)
