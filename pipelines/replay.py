"""Reads archives (WARC, WACZ) through the outlets' own spiders and pipelines, as if pages were fetched then.

The source of a crawl is changed, not the crawl: what a spider would ask for comes from the archive's records
in their order, one at a time, and what downloads them hands the archived answer over. Nothing else answers:
no socket is opened. A record that was stored from before is not read again, so a replay that was stopped
goes on where it was.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.scraper import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from items import Fetch, Page, Problem
from pipelines.keep import KeepPipeline
from pipelines.store import Store
from spiders.base import OutletSpider
from spiders.extract.layout import Hint
from spiders.support import warc
from spiders.support.answers import note
from spiders.support.archived import Archived
from spiders.support.recorded import Recorded, placed
from spiders.support.warc import Damage

SKIPPED = "jarshy/skipped"
_HANDLER = f"{__name__}.ArchiveHandler"
_START = f"{__name__}.ArchiveStart"
_RENDER = (
    "spiders.support.render.RenderMiddleware"  # the scripts of a page that is gone ask for what is not here
)
_ANSWER = "jarshy_archived"  # where a request's meta holds the answer
_HTML = (b"", b"text/html", b"application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What archives hold, before anything of it is read."""

    files: Mapping[Path, tuple[str, ...]]  # each with the outlets that it has articles of
    waiting: Mapping[str, int]  # articles an outlet, without those that were stored from there before
    damaged: int  # records and stretches that could not be read


def survey(
    files: Sequence[Path], spiders: Mapping[str, type[OutletSpider]], db: Path, archives: Path
) -> Survey:
    """Look through archives for the outlets' articles.

    Args:
        files: WARC or WACZ files.
        spiders: of the outlets that are asked for, by name.
        db: the store that the replay will write to.
        archives: the folder of our own recordings.

    Raises:
        OSError: a file cannot be opened or read.
        FileNotFoundError, sqlite3.Error, pipelines.store.SchemaMismatch: nor can the store.
    """
    waiting: Counter[str] = Counter()
    found: dict[Path, tuple[str, ...]] = {}
    damaged = 0
    served: defaultdict[str, list[str]] = defaultdict(list)
    for name, spider in spiders.items():
        for host in spider.served():
            served[host].append(name)
    with Store.open(db, readonly=True) as store:
        for path in dict.fromkeys(path.resolve() for path in files):
            label = label_of(path, archives)
            done = {name: store.archived(name, label) for name in spiders}
            here: dict[str, int] = {}

            def of(url: str, offset: int | None) -> list[str]:
                named = [name for name in served.get(_host(url), ()) if spiders[name].is_article(url)]
                here.update((name, here.get(name, 0)) for name in named)  # noqa: B023 - called within this turn
                return [name for name in named if offset not in done[name]]  # noqa: B023 - likewise

            for each in warc.read(path, lambda url, offset: bool(of(url, offset))):
                if isinstance(each, Damage):
                    damaged += 1
                elif is_page(each):  # a redirect, say, is never stored, and would wait for ever
                    for name in of(each.url, each.offset):
                        here[name] += 1
            found[path] = tuple(here)
            waiting.update(here)
    return Survey(files=found, waiting=waiting, damaged=damaged)


def recording(archives: Path, settings: BaseSettings) -> dict[str, Any]:
    """Give the settings with which a crawl keeps the bytes of every answer."""
    handlers = dict.fromkeys(("http", "https"), "spiders.support.record.RecordingHandler")
    return {
        "JARSHY_ARCHIVE": str(archives),
        "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), **handlers},
    }


def replaying(surveyed: Survey, archives: Path, settings: BaseSettings) -> dict[str, Any]:
    """Give the settings that turn a crawl into a replay."""
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER}
    return {
        "JARSHY_ARCHIVE": str(archives),
        "JARSHY_REPLAY": {str(path): list(names) for path, names in surveyed.files.items() if names},
        "DOWNLOAD_HANDLERS": handlers,
        "DOWNLOADER_MIDDLEWARES": {**settings.getdict("DOWNLOADER_MIDDLEWARES"), _RENDER: None},
        "SPIDER_MIDDLEWARES": {**settings.getdict("SPIDER_MIDDLEWARES"), _START: 10},
        "ROBOTSTXT_OBEY": False,  # nobody is asked for anything …
        "DOWNLOAD_DELAY": 0,  # … or needs to be spared,
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False,  # … or will answer otherwise the second time
        "JARSHY_RETRY_AFTER_MOST": 0,
        "CLOSESPIDER_TIMEOUT": 0,  # an archive is as long as it is
        "JARSHY_READERS": 0,  # states of an article stay in order: one page after the other
    }


def archives_of(db: Path) -> Path:
    """Give the folder of a store's own recordings: `JARSHY_ARCHIVE`, else `archive` beside the database."""
    return Path(os.environ.get("JARSHY_ARCHIVE") or db.parent / "archive")


def is_wanted(spider: type[OutletSpider], url: str) -> bool:
    """Tell whether an archived address is one of an outlet's articles."""
    return _host(url) in spider.served() and spider.is_article(url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def label_of(path: Path, archives: Path) -> str:
    """Name an archive file as the store does: by its name alone where it lies in the folder of archives."""
    path, folder = path.resolve(), archives.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def path_of(label: str, archives: Path) -> Path:
    """Give the path of an archive file that `label_of` named."""
    return archives / label


def response_of(answer: Archived, request: Request) -> Response:
    """Give an archived answer as the answer to a request."""
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=answer.url, body=answer.body)
    return kind(answer.url, status=answer.status, headers=headers, body=answer.body, request=request)


def request_for(spider: OutletSpider, answer: Archived, label: str) -> Request:
    """Give the request that an archived article answers, with the answer and its place noted on it."""
    request = spider.article_request(answer.url, answer.hint or Hint(), asked=answer.asked)
    request = request.replace(dont_filter=True)  # an address may be in an archive at several times
    request.meta[_ANSWER] = answer
    note(request, Recorded(at=answer.at, file=label, offset=answer.offset))
    return request


class ArchiveHandler(BaseDownloadHandler):
    """The download handler of a replay: the answer that a request brings with it, and no other."""

    async def download_request(self, request: Request) -> Response:
        """Hand the archived answer over; raises IgnoreRequest for a request that brings none."""
        answer = request.meta.pop(_ANSWER, None)
        if not isinstance(answer, Archived):
            raise IgnoreRequest("not in the archive")
        return response_of(answer, request)


class ArchiveStart:
    """The spider middleware of a replay: in the place of an outlet's listings, its archived articles."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._archives = Path(str(crawler.settings["JARSHY_ARCHIVE"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveStart:
        """Build it from the settings `JARSHY_REPLAY` and `JARSHY_ARCHIVE`."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:  # noqa: ARG002 - not asked
        """Give a request for each archived article, in their order, and a page for each damaged record.

        The next is not read before the last is stored: states of an article stay in order, memory stays flat.
        """
        spider = self.crawler.spider
        if not isinstance(spider, OutletSpider):
            raise TypeError(f"{spider!r} declares no outlet")
        files: dict[str, list[str]] = self.crawler.settings["JARSHY_REPLAY"]
        asked = 0
        for name, outlets in files.items():
            if spider.name not in outlets:
                continue
            path = Path(name)
            label = label_of(path, self._archives)
            for found in self._read(spider, path, label, first=outlets[0] == spider.name):
                if isinstance(found, Archived):
                    if not _within(spider, found.at):
                        continue
                    if spider.limit is not None and asked >= spider.limit:
                        return
                    asked += 1
                    yield request_for(spider, found, label)
                elif found is not None:
                    yield found
                await self._quiet()

    def _read(
        self, spider: OutletSpider, path: Path, label: str, *, first: bool
    ) -> Iterator[Archived | Page | None]:
        """Read what is the spider's of one file; None now and then, to let others work."""
        keep = self.crawler.get_item_pipeline(KeepPipeline)
        done = frozenset() if keep is None else keep.store.archived(spider.name, label)
        most = self.crawler.settings.getint("DOWNLOAD_MAXSIZE")
        for found in warc.read(path, _wanted(spider, done, self._skip), most=most):
            if isinstance(found, Archived):
                yield found if is_page(found) else None
            elif found.offset not in done and (
                is_wanted(type(spider), found.url) or (first and not found.url)
            ):
                yield _damaged(spider, found, label)

    def _skip(self) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(SKIPPED)

    async def _quiet(self) -> None:
        """Wait until what was given is downloaded, read and stored."""
        engine = self.crawler.engine
        await asyncio.sleep(0)
        while engine is not None and (engine.downloader.active or _busy(engine.scraper.slot)):
            await asyncio.sleep(0)


def _busy(slot: Slot | None) -> bool:
    return slot is not None and not slot.is_idle()


def _wanted(spider: OutletSpider, done: Collection[int], skip: Callable[[], None]) -> warc.Wanted:
    def wanted(url: str, offset: int | None) -> bool:
        if not is_wanted(type(spider), url):
            return False
        if offset in done:
            skip()
            return False
        return True

    return wanted


def is_page(answer: Archived) -> bool:
    """Tell whether an answer may be an article: neither a listing of ours, nor a redirect, nor a picture."""
    if answer.kind not in (None, "article") or (300 <= answer.status < 400 and answer.status != 304):
        return False
    media = next((value for name, value in answer.headers if name.lower() == b"content-type"), b"")
    return media.partition(b";")[0].strip().lower() in _HTML or answer.kind is not None


def _within(spider: OutletSpider, at: datetime) -> bool:
    day = at.astimezone(ZoneInfo(spider.zone)).date()
    return not ((spider.since and day < spider.since) or (spider.until and day > spider.until))


def _damaged(spider: OutletSpider, damage: Damage, label: str) -> Page:
    now = datetime.now(UTC)
    url = damage.url or damage.file.as_uri()
    fetch = Fetch(outlet=spider.name, kind="article", url=url, at=now, status=0, error=damage.why)
    problem = Problem(outlet=spider.name, url=url, field="archive", why=f"at {damage.offset}: {damage.why}")
    where = Recorded(at=now, file=label, offset=damage.offset)
    return Page(fetch=placed(fetch, where), problems=(problem,))
