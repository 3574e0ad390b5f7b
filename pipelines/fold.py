"""Fold: the articles of one event into one story, whoever told it and in whatever language.

While outlets are crawled, side by side, an article that comes has a story of its own and waits. Once all have
been read, those that wait are settled together, so that it makes no difference in which order they came; what
a killed run left waiting is settled by the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from items import Stored
from pipelines.folding.copies import Overlap
from pipelines.folding.folder import Folder, Settled
from pipelines.folding.piece import Evidence, Piece
from pipelines.folding.vectors import configured
from pipelines.store import Store
from pipelines.store.settling import Copy, Placed, Settlement

WINDOW_DAYS = 5.0  # how far apart two articles on one event may be published
BATCH = 2000  # articles that are settled together: bounds memory; a batch is cut by time, not by arrival
_FIRST, _LAST = (
    datetime(1900, 1, 1, tzinfo=UTC),
    datetime(2900, 1, 1, tzinfo=UTC),
)  # a window fits around them
_TOLD = 14  # pieces of evidence that are kept


def settle(store: Store) -> int:
    """Find the stories of all articles that wait; gives how many joined one that is not theirs alone.

    Each batch is one transaction: a kill leaves the rest waiting.

    Args:
        store: open for writing.
    """
    span = timedelta(days=WINDOW_DAYS)
    folder = Folder(WINDOW_DAYS, configured())
    known: dict[str, str] = {}  # the folder's name of a story -> its guid
    guids: dict[str, str] = {}  # address of an article -> its guid
    ruled = store.rulings.apart()
    for one, other in ruled:
        folder.keep_apart(one, other)
    joined = 0
    read_to: datetime | None = None
    for batch in _batches(store.settling.waiting()):
        first, last = bounded(batch[0][1]), bounded(batch[-1][1])
        since = first - span if read_to is None else max(read_to, first - span)
        until = last + span + timedelta(seconds=1)
        folder.forget(first)
        for stored, story in store.settling.between(since, until):
            folder.remember(piece_of(stored), story)
            guids[stored.article.canonical_url] = stored.guid
        read_to = until
        articles = store.settling.articles(number for number, _ in batch)
        guids |= {stored.article.canonical_url: stored.guid for stored in articles.values()}
        own = {stored.article.canonical_url: store.story_of(stored.guid) for stored in articles.values()}
        for one, other in ruled:  # an article that waits is a story by its address
            for name in (address for address, story in own.items() if story in (one, other)):
                folder.keep_apart(name, other if own[name] == one else one)
        settled = folder.settle([piece_of(stored) for stored in articles.values()])
        known |= {key: story for key, story in own.items() if story is not None}
        store.settling.settle(_settlement(list(articles), settled, known, guids, folder))
        joined += sum(each.reason != "first" for each in settled.joined)
    return joined


def bounded(at: datetime) -> datetime:
    """Give a time that a window fits around."""
    return max(_FIRST, min(at, _LAST))


def _batches(waiting: list[tuple[int, datetime]]) -> Iterator[list[tuple[int, datetime]]]:
    for start in range(0, len(waiting), BATCH):
        yield waiting[start : start + BATCH]


def _settlement(
    numbers: list[int], settled: Settled, known: dict[str, str], guids: dict[str, str], folder: Folder
) -> Settlement:
    placed = []
    for number, joined in zip(numbers, settled.joined, strict=True):
        copies = tuple(_copy(each, guids) for each in folder.overlaps(joined.article))
        if joined.reason == "first":
            placed.append(Placed(number, copies=copies))
        else:
            story = known.get(joined.story, joined.story)
            nearest = guids.get(joined.nearest, "")
            placed.append(Placed(number, story, joined.reason, told(joined.evidence), nearest, copies))
    merged = tuple((known.get(kept, kept), known.get(gone, gone)) for kept, gone in settled.merged)
    return Settlement(tuple(placed), merged)


def _copy(overlap: Overlap, guids: dict[str, str]) -> Copy:
    return Copy(guids[overlap.of], overlap.containment, overlap.jaccard)


def piece_of(stored: Stored) -> Piece:
    """Give a stored article as folding sees it, by its address; one without a date is of when it was seen."""
    article = stored.article
    chain = article.attribution.chain if article.attribution else ()
    return Piece(
        id=article.canonical_url,
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
    ranked = sorted(evidence, key=lambda each: (-abs(each.weight), each.family, each.told))
    return "; ".join(f"{each.family} {each.told} {each.weight:+.1f}" for each in ranked[:_TOLD])
