"""The store's door: everything the rest of the house asks of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from items import Article, Attribution, OutletFacts, Page, Stored, Story
from pipelines.store import crawls, facets, read, rows, settling, stories, tallies, words
from pipelines.store.addresses import Addresses
from pipelines.store.arrivals import Arrivals
from pipelines.store.book import CrawlBook
from pipelines.store.crawls import Counts, Freshness, OutletStatus, SourceFacts
from pipelines.store.db import BUSY_SECONDS, from_text, open_database, storable, writing
from pipelines.store.door import Door
from pipelines.store.keep import Kept, article_at, keep
from pipelines.store.picks import Choice, Pick, Words, pick, times, values
from pipelines.store.recordings import Recording, archived, recordings, reread
from pipelines.store.rulings import Rulings
from pipelines.store.settling import Settling, StoryHistory
from pipelines.store.tables import Tables


class Store(Door):
    """An open database. Not for use from several threads; one writing process at a time (see `lock`).

    Articles and stories are named by their guid ("urn:uuid:…"). Times given must be aware; times returned are
    in UTC, whole seconds. Every writing method is one transaction, and joins one that is open.
    """

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._addresses = Addresses(db)
        self.settling = Settling(db)
        self.rulings = Rulings(db)
        self.tables = Tables(db)
        self.patience = BUSY_SECONDS  # that transactions and ends of crawls have with a locked file

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False, patience: float = BUSY_SECONDS) -> Self:
        """Open the file, making or migrating it unless `readonly`; raises as `db.open_database`."""
        return cls(open_database(path, readonly=readonly, patience=patience))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold several writes together: all of them stand, or none."""
        with writing(self._db, self.patience):
            yield

    # Outlets, sources, crawls

    @property
    def book(self) -> CrawlBook:
        """What is known of how the crawls went."""
        return CrawlBook(self._db)

    def sync_outlets(self, outlets: Iterable[OutletFacts], now: datetime) -> None:
        """Store what outlets declare today. An outlet that is no longer declared stays, with its articles."""
        with writing(self._db):
            crawls.sync_outlets(self._db, outlets, now)
        self._addresses = Addresses(self._db)

    def sync_sources(self, sources: Iterable[SourceFacts], now: datetime) -> None:
        """Store what the register of sources knows today: display names, kinds, Wikidata items."""
        with writing(self._db):
            crawls.sync_sources(self._db, sources, now)

    def outlets(self) -> dict[str, OutletFacts]:
        """Give every outlet that was ever declared, by name."""
        return read.outlets(self._db)

    def begin_crawl(self, outlet: str, now: datetime) -> int:
        """Open a crawl and give its id; crawls of the outlet that never ended become `interrupted`.

        Raises:
            sqlite3.IntegrityError: The outlet was never synchronised.
        """
        with writing(self._db):
            return crawls.begin(self._db, outlet, now)

    def end_crawl(
        self,
        crawl_id: int,
        now: datetime,
        outcome: str,
        counts: Mapping[str, int],
        *,
        not_before: datetime | None = None,
    ) -> None:
        """Close a crawl with its outcome and counts; drops the outlet's log entries that served their time.

        `not_before` is when the outlet asked to come back (`Retry-After`), if it did.

        Raises:
            KeyError: No such crawl is running.
        """
        with writing(self._db, self.patience):
            crawls.end(self._db, crawl_id, now, outcome, counts, not_before)

    # Pages

    def keep(self, page: Page, crawl_id: int) -> Kept:
        """Store what one request gave, in one transaction; `page.fetch.at` is the time of all of it.

        An article is found again by its canonical address, the address it was read from, or the same content
        in the same outlet and language. The same page again changes nothing but `last_seen` (and adds its
        line to the log). 304 moves `last_seen`; 404 and 410 set `gone_at`; nothing is deleted. Articles that
        name each other as translations come into one story.

        Raises:
            KeyError: There is no such crawl.
            ValueError: The page is another outlet's than the crawl, or carries a naive time.
        """
        return keep(self._db, self._addresses, page, crawl_id)

    def freshness(self, url: str, *, outlet: str | None = None) -> Freshness | None:
        """Tell what was last seen at an address, whatever its spelling; None if it was never asked for.

        Its validators are those of the last answer that could be read, so that a page we failed on is not
        answered "not modified" for ever.
        """
        return crawls.freshness(self._db, self._addresses.look_up(url, outlet))

    def known(self, url: str, *, outlet: str | None = None) -> bool:
        """Tell whether an article is held under an address, whatever its spelling."""
        return article_at(self._db, self._addresses.look_up(url, outlet)) is not None

    # Articles

    def article(self, url_or_guid: str) -> Stored | None:
        """Give an article by guid, or by any address it is known under; None if there is none."""
        if url_or_guid.startswith("urn:"):
            article_id = self._id(url_or_guid)
        else:
            article_id = article_at(self._db, self._addresses.look_up(url_or_guid))
        return None if article_id is None else read.articles(self._db, [article_id])[article_id]

    def all_articles(self, after_id: int = 0, limit: int = 500) -> list[tuple[int, Stored]]:
        """Give articles in the order they came, with their ids; the last id asks for the next ones."""
        sql = "SELECT id FROM articles WHERE id > ? AND folded_into IS NULL ORDER BY id LIMIT ?"
        ids = [int(row[0]) for row in self._db.execute(sql, [after_id, limit]).fetchall()]
        return list(read.articles(self._db, ids).items())

    def replace_attribution(self, guid: str, attribution: Attribution) -> None:
        """Put a new reading in place of the newest revision's attribution. The text is the same: no revision.

        Raises:
            KeyError: No article has this guid.
        """
        with writing(self._db):
            article_id = self._existing(guid)
            seen = self._db.execute("SELECT last_seen FROM articles WHERE id = ?", [article_id]).fetchone()[0]
            revision_id = rows.newest_revision(self._db, article_id)
            old = read.articles(self._db, [article_id])[article_id].article
            with tallies.kept(self._db, [article_id]):
                rows.write_attribution(self._db, revision_id, storable(attribution), seen)
            facets.touch(self._db, article_id, old, replace(old, attribution=attribution))

    # Archives

    def archived(self, outlet: str, file: str) -> frozenset[int]:
        """Give the offsets of the records of an archive file that were read for an outlet already."""
        return archived(self._db, outlet, file)

    def recordings(self, after_id: int = 0, limit: int = 500) -> list[Recording]:
        """Give articles in the order they came, each with where the bytes of its newest state are kept."""
        return recordings(self._db, after_id, limit)

    def reread(self, guid: str, article: Article, *, whole: bool) -> tuple[str, ...]:
        """Put a new reading of the very same page in place of an article's newest state; no revision.

        The article keeps its addresses, guid and story.

        Args:
            guid: The article.
            article: The new reading.
            whole: As its `Recording` has it. If not, what the new reading lacks and the old one had stays.

        Returns:
            The fields that changed.

        Raises:
            KeyError: No article has this guid.
        """
        with writing(self._db):
            return reread(self._db, self._addresses, self._existing(guid), article, whole=whole)

    # Stories

    def story_of(self, guid: str) -> str | None:
        """Give the guid of an article's story; None while it has none.

        Raises:
            KeyError: No article has this guid.
        """
        found = stories.story_of(self._db, self._existing(guid))
        return found[1] if found else None

    def await_settling(self, guid: str) -> None:
        """Note that an article is to be compared with the others; it has a story from then on.

        Raises:
            KeyError: No article has this guid.
        """
        with writing(self._db):
            article_id = self._existing(guid)
            if stories.story_of(self._db, article_id) is None:
                stories.assign(self._db, article_id, None, stories.FIRST, "")
            settling.queue(self._db, article_id)

    def story_history(self, guid: str) -> StoryHistory | None:
        """Give how a story came about, by its guid or one merged into it; None if there is no such story."""
        return settling.history(self._db, guid)

    def assign(self, guid: str, story: str | None, reason: str, evidence: str = "") -> str:
        """Put an article into a story and give the story's guid.

        Args:
            guid: The article.
            story: The story, or a guid merged into it; None makes a new one, unless the article already has
                one to itself.
            reason: The rule that decided.
            evidence: What the rule saw.

        A story left without members redirects to the one its last member went to.

        Raises:
            KeyError: No such article or story.
        """
        with writing(self._db):
            return stories.assign(self._db, self._existing(guid), story, reason, evidence)

    def merge_stories(self, into: str, source: str, reason: str) -> str:
        """Move all members of `source` to `into`; `source` redirects from now on. Gives the guid that stays.

        Raises:
            KeyError: No such story.
        """
        with writing(self._db):
            return stories.merge(self._db, into, source, reason)

    def stories(self, limit: int, since: datetime | None = None) -> list[Story]:
        """Give stories, newest change first, at most `limit`; with `since`, those changed then or later.

        Articles that their outlet took down (404, 410) are left out, and with the last of them the story.
        """
        return stories.newest(self._db, limit, since)

    def stories_around(self, start: datetime, end: datetime, limit: int) -> list[Story]:
        """Give at most `limit` stories, the newest first, with an article of `start` or later, before `end`.

        It counts when an article was published, by any of its revisions, and when it was first seen.
        """
        return stories.around(self._db, start, end, limit)

    def story(self, guid: str) -> Story | None:
        """Give one story, by its guid or one that was merged into it; None as in `stories`."""
        return stories.by_guid(self._db, guid)

    # Editions

    def picks(
        self, choice: Choice, limit: int, *, words: Words | None = None, fold: bool = True
    ) -> list[Pick]:
        """Give which articles an edition prints, the newest change first; see `picks.pick`."""
        return pick(self._db, choice, limit, words=words, fold=fold)

    @property
    def arrivals(self) -> Arrivals:
        """What came, in the order of the transactions that brought it."""
        return Arrivals(self._db)

    def stories_by(self, numbers: Iterable[int]) -> dict[int, Story]:
        """Give stories by the number that picks and arrivals have for them, in the order asked for."""
        return stories.by_ids(self._db, list(dict.fromkeys(numbers)))

    def articles_by(self, numbers: Iterable[int]) -> dict[int, Stored]:
        """Give articles by the number that picks and arrivals have for them, in the order asked for."""
        return read.articles(self._db, numbers)

    def change_times(self, choice: Choice, limit: int) -> list[datetime]:
        """Give when articles of a choice last changed, newest first, by its rarest condition alone."""
        return [from_text(text) for text in times(self._db, choice, limit)]

    def facet_values(self, kind: str) -> list[str]:
        """Give every value that articles have of a kind of facet: of "language", "kk" and "ru"."""
        return values(self._db, kind)

    def sync_topics(self) -> bool:
        """Make the topics of all articles anew if their words have changed since; tells whether it did."""
        with writing(self._db):
            return facets.sync_topics(self._db)

    def sync_search(self, limit: int = 500) -> int:
        """Read articles of an older store into the search index; gives how many, 0 once it is whole."""
        with writing(self._db):
            return words.sync(self._db, limit)

    # Summaries

    def counts(self, top: int = 10) -> Counts:
        """Count what is held, and give the `top` sources most credited by others than themselves."""
        return crawls.counts(self._db, top)

    def outlet_status(self) -> list[OutletStatus]:
        """Tell of every outlet, by name: last crawl, newest article, problems."""
        return crawls.status(self._db)

    def _id(self, guid: str) -> int | None:
        row = self._db.execute(
            "SELECT coalesce(folded_into, id) FROM articles WHERE guid = ?", [guid]
        ).fetchone()
        return None if row is None else int(row[0])

    def _existing(self, guid: str) -> int:
        article_id = self._id(guid)
        if article_id is None:
            raise KeyError(f"no article has the guid {guid}")
        return article_id
