"""Read every article anew from the bytes it was read from: a rule was improved, an outlet's layout corrected.

Deterministic: the same bytes and the same rules give the same article, at the time the bytes came. So what a
first run has changed a second finds unchanged, and a run that was stopped is finished by the next.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from items import Article, Page
from pipelines.replay import path_of, request_for, response_of
from pipelines.store import Place, Recording, Store
from pipelines.store.decide import Decision, settle
from spiders.base import OutletSpider
from spiders.extract.layout import Hint
from spiders.support import warc
from spiders.support.archived import Unreadable

_BATCH = 200  # articles asked for at once


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """An article read again.

    `changed`, `unchanged`; `unrecorded`: the bytes it was read from were not kept; `unreadable`: they are
    gone or damaged, or the rules of today read no article from them. What could not be read stays as it was.
    """

    url: str
    outcome: Literal["changed", "unchanged", "unrecorded", "unreadable"]
    fields: tuple[str, ...] = ()  # those that changed
    why: str = ""


def reprocess(
    store: Store, archives: Path, spiders: Mapping[str, type[OutletSpider]], settings: Settings
) -> Generator[Reprocessed, None, None]:
    """Read every article again and store what differs, each article in a transaction of its own.

    Args:
        store: open for writing.
        archives: the folder of our own recordings.
        spiders: every outlet's, by name.
        settings: the project's.

    Yields:
        Every article, in the order it was first stored.
    """
    reader = _Reader(archives, spiders, settings)
    after = 0
    while batch := store.recordings(after, _BATCH):
        for recording in batch:
            after = recording.number
            yield _again(store, recording, reader)


def _again(store: Store, recording: Recording, reader: _Reader) -> Reprocessed:
    if recording.first is None or recording.last is None or reader.rendered(recording.outlet):
        return Reprocessed(recording.url, "unrecorded")
    try:
        article = reader.read(recording.outlet, recording.first)
        if recording.last != recording.first:
            later = reader.read(recording.outlet, recording.last)
            article = settle(article, later, Decision(kind="unchanged", reason="the same state, seen later"))
    except (Unreadable, OSError) as error:
        return Reprocessed(recording.url, "unreadable", why=str(error))
    changed = store.reread(recording.guid, article, whole=recording.whole)
    return Reprocessed(recording.url, "changed" if changed else "unchanged", changed)


class _Reader:
    """Recorded bytes to articles, by the outlets' own spiders, the steps of the road included."""

    def __init__(self, archives: Path, spiders: Mapping[str, type[OutletSpider]], settings: Settings) -> None:
        self._archives = archives
        self._prepared = spiders
        self._settings = settings
        self._made: dict[str, OutletSpider] = {}

    def rendered(self, outlet: str) -> bool:
        """Tell whether an outlet's pages were read after their scripts had run, which no record holds."""
        spider = self._prepared.get(outlet)
        return spider is not None and spider.render

    def read(self, outlet: str, place: Place) -> Article:
        """Read the article of a recorded answer.

        Raises:
            Unreadable: it holds none that the rules of today can read.
            OSError: the file cannot be opened or read.
        """
        spider = self._spider(outlet)
        answer = warc.read_at(path_of(place.file, self._archives), place.offset)
        request = request_for(spider, answer, place.file)
        hint, asked = answer.hint or Hint(), answer.asked or place.asked
        for page in spider.parse_article(response_of(answer, request), hint, asked):
            if isinstance(page, Page) and page.article is not None:
                return page.article
            raise Unreadable(page.fetch.error or "no article" if isinstance(page, Page) else "it moved")
        raise Unreadable("no article")

    def _spider(self, outlet: str) -> OutletSpider:
        if outlet not in self._made:
            spider = self._prepared.get(outlet)
            if spider is None:
                raise Unreadable(f"no outlet is called {outlet} any more")
            self._made[outlet] = spider.from_crawler(Crawler(spider, self._settings))
        return self._made[outlet]
