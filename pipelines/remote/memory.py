"""What a crawl knows from before, taken along to where it is run; and what it brings back."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from scrapy.crawler import Crawler

from items import Page
from spiders.extract.urls import canonicalise
from spiders.support.freshness import Known

FOLDER: Final = "JARSHY_REMOTE"  # the setting that names the folder of a crawl
_ORDER, _PAGES, _ENDED = "order.pickle", "pages.pickle", "ended.pickle"
ARCHIVE: Final = "archive"  # the folder in there of what was recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a worker is asked for: the crawl of one outlet, and all that it needs to know for it."""

    outlet: str
    hosts: tuple[str, ...]  # the outlet's, by which addresses are spelt
    known: Mapping[str, Known]  # by address, in canonical spelling
    complete: bool  # the outlet's last crawl saw all there was
    bounds: Mapping[str, str]
    record: bool
    log_level: str
    variables: Mapping[str, str]  # of the environment: who asks, and where outlets are on loopback


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a crawl ended."""

    reason: str  # in Scrapy's words
    bounded: bool
    stats: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of an order: pages in the order they came, recorded bytes by the names of their files.

    `ended` is None where the crawl never said its end; `why` then tells what is known of it.
    """

    outlet: str
    began: datetime
    pages: tuple[Page, ...]
    recorded: tuple[tuple[str, bytes], ...] = ()
    ended: Ended | None = None
    why: str = ""


class Carried:
    """`spiders.support.freshness.Freshness` from the order of the crawl."""

    def __init__(self, order: Order) -> None:
        self._order = order

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Carried:
        """Build it from the setting `JARSHY_REMOTE`."""
        return cls(ordered(Path(str(crawler.settings[FOLDER]))))

    def look(self, url: str) -> Known | None:
        """Tell what was known of an address, whatever its spelling."""
        try:
            return self._order.known.get(canonicalise(url, hosts=self._order.hosts))
        except ValueError:
            return self._order.known.get(url)

    def complete(self) -> bool:
        """Tell whether the outlet's last crawl saw all there was."""
        return self._order.complete


def order(folder: Path, what: Order) -> None:
    """Lay an order into the folder of its crawl."""
    (folder / _ORDER).write_bytes(pickle.dumps(what))


def ordered(folder: Path) -> Order:
    """Give the order of a crawl."""
    found: Order = pickle.loads((folder / _ORDER).read_bytes())  # noqa: S301 - of our own process
    return found


class Spool:
    """The pages of a crawl as they come, in a file: a crawl that dies leaves those before."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / _PAGES).open("ab")

    def write(self, page: Page) -> None:
        """Write a page; it is out of this process afterwards."""
        pickle.dump(page, self._file)
        self._file.flush()

    def close(self) -> None:
        """Close the file. Harmless when repeated."""
        self._file.close()


def spooled(folder: Path) -> Iterator[Page]:
    """Give the pages of a crawl; of one that died those that were written whole."""
    path = folder / _PAGES
    if not path.exists():
        return
    with path.open("rb") as file:
        while True:
            try:
                page: Page = pickle.load(file)  # noqa: S301 - of our own process
            except (EOFError, pickle.UnpicklingError):
                return
            yield page


def end(folder: Path, how: Ended) -> None:
    """Note how a crawl ended."""
    (folder / _ENDED).write_bytes(pickle.dumps(how))


def ended(folder: Path) -> Ended | None:
    """Give how a crawl ended; None where it never said."""
    path = folder / _ENDED
    if not path.exists():
        return None
    found: Ended = pickle.loads(path.read_bytes())  # noqa: S301 - of our own process
    return found
