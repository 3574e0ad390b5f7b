"""Runs that store nothing: a look at a new site, and a few pages of a prepared outlet."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from items import Article, Page
from pipelines.runner import project_settings
from spiders.base import OutletSpider
from spiders.extract.layout import REQUIRED, Extraction
from spiders.support.findings import Findings
from spiders.support.reading import Reading
from spiders.support.scout import Scout

FIELDS: Final = (
    *REQUIRED, "lead", "author", "section", "tags", "images", "modified", "views", "translations",
    "canonical_url",
)  # fmt: skip
"""What is told of, the required first."""

Asked = Callable[[int, str], None]  # the status of an answer, and its address


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of a few pages: `pages` as the crawl yielded them, `read` as extracted, whole or not."""

    pages: tuple[Page, ...]
    read: tuple[Extraction, ...]
    refused: int  # by robots.txt


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCount:
    """How a field did: in how many pages it was found, by which means each, and the first that was."""

    name: str
    found: int
    means: Mapping[str, int]
    sample: str

    def wanting(self, pages: int) -> bool:
        """Tell whether it is required, and missing on most of so many pages."""
        return self.name in REQUIRED and self.found * 2 < pages


def look(url: str, *, asked: Asked) -> Findings:
    """Look at a site; see `spiders.support.scout`. To be called once in a process.

    Args:
        url: of a front page or an article.
        asked: told of every answer.
    """
    crawler = _run(Scout, {"url": url}, asked=asked)
    if not isinstance(crawler.spider, Scout):
        raise RuntimeError("the look did not start; see the log")
    return crawler.spider.findings


def try_outlet(outlet: type[OutletSpider], *, limit: int, asked: Asked) -> Trial:
    """Crawl a few articles and store nothing. To be called once in a process.

    Args:
        outlet: its spider.
        limit: articles, at most.
        asked: told of every answer.
    """
    read: list[Extraction] = []
    pages: list[Page] = []

    class Overheard(outlet):  # type: ignore[valid-type, misc] # the class is the caller's
        """The outlet's spider, with what it reads kept, pages that lack a required field included."""

        def _page(self, response: Response, reading: Reading, asked: str, now: datetime) -> Page:
            if reading.extraction is not None:
                read.append(reading.extraction)
            page: Page = super()._page(response, reading, asked, now)
            return page

    crawler = _run(Overheard, {"limit": str(limit)}, asked=asked, pages=pages)
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    return Trial(pages=tuple(pages), read=tuple(read), refused=int(stats.get("jarshy/robots_refused", 0)))


def count_fields(read: Iterable[Extraction], zone: str) -> list[FieldCount]:
    """Count how each of FIELDS did, in their order; times are told in `zone`, the outlet's (IANA)."""
    articles = [extraction.article for extraction in read]
    counted = []
    for name in FIELDS:
        samples = [
            (sample, article.means.get(name, ""))
            for article in articles
            if (sample := _told(article, name, zone))
        ]
        means = Counter(by for _, by in samples if by)
        sample = samples[0][0] if samples else ""
        counted.append(
            FieldCount(name=name, found=len(samples), means=dict(means.most_common()), sample=sample)
        )
    return counted


def _told(article: Article, name: str, zone: str) -> str:
    """A field in one line; "" where it was not found."""
    value: Any = getattr(article, "paragraphs" if name == "body" else name)
    if name in ("published", "modified"):
        if value is None:
            return ""
        at = value.at.astimezone(ZoneInfo(zone))
        return f"{at:%Y-%m-%d}, a day" if value.precision == "day" else at.isoformat(timespec="minutes")
    if name in ("images", "translations"):
        return ", ".join(each.url for each in value)
    if name in ("body", "tags"):
        return (" " if name == "body" else ", ").join(value)
    return "" if value is None else str(value)


def _run(
    spider: type[Scout] | type[OutletSpider],
    arguments: Mapping[str, str],
    *,
    asked: Asked,
    pages: list[Page] | None = None,
) -> Crawler:
    process = AsyncCrawlerProcess(_settings())
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    # Where robots.txt cannot be had, neither can what was asked for, and that is told.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    crawler = process.create_crawler(spider)

    def answered(response: Response) -> None:
        asked(response.status, response.url)

    def scraped(item: Page) -> None:
        if pages is not None:
            pages.append(item)

    crawler.signals.connect(answered, signal=signals.response_received)
    crawler.signals.connect(scraped, signal=signals.item_scraped)
    process.crawl(crawler, **arguments)
    process.start()
    return crawler


def _settings() -> Settings:
    """The project's, manners included, but for the store."""
    settings = project_settings()
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("JARSHY_STEPS", ["pipelines.normalise.normalise_article"], priority="cmdline")
    settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    return settings
