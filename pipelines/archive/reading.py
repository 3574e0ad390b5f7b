"""An archived answer to pages: through its outlet where one is declared, else the generic road by host."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from items import OutletFacts, Page, Problem
from pipelines.attribution.identity import directory
from pipelines.replay import is_page, request_for, response_of
from spiders.base import OutletSpider
from spiders.extract.encoding import decode
from spiders.extract.hosts import may_be_public
from spiders.extract.page import extract_page
from spiders.support import answers
from spiders.support.archived import Archived
from spiders.support.reading import Step, steps_of, walk
from spiders.support.recorded import Recorded

logger = logging.getLogger(__name__)


def stranger(host: str) -> OutletFacts:
    """Give the facts of a site that nobody declared: named by its host, its terms the narrowest."""
    return OutletFacts(
        name=host,
        title=host,
        home=f"https://{host}",
        hosts=(host,),
        zone="UTC",
        languages=(),
        terms="headline",
        source=directory().key(host, "en"),
        country="ZZ",  # "unknown" among the codes that ISO 3166-1 leaves to its users
    )


@dataclass(frozen=True, slots=True)
class Known:
    """The spiders of an address's host that take it for an article's, or the host that nobody declared."""

    spiders: tuple[OutletSpider, ...] = ()
    host: str = ""


@dataclass(slots=True)
class Reader:
    """Reads archived answers by the outlets' own spiders and the steps of the road.

    Args:
        spiders: of every outlet.
        settings: the project's.
    """

    spiders: Iterable[type[OutletSpider]]
    settings: Settings
    _served: dict[str, list[OutletSpider]] = field(init=False)
    _steps: dict[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        self._steps = steps_of(self.settings.getlist("JARSHY_STEPS"))
        self._served = defaultdict(list)
        for kind in self.spiders:
            spider = kind.from_crawler(Crawler(kind, self.settings))
            for host in dict.fromkeys(name for served in kind.served() for name in _mirrors(served)):
                self._served[host].append(spider)

    def asked(self, url: str) -> Known | None:
        """Tell who reads an address; None for one that may be no article, or no public site's."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return None
        declared = self._served.get(parts.netloc.lower())
        if declared is not None:
            found = tuple(spider for spider in declared if spider.is_article(url))
            return Known(spiders=found) if found else None
        bare = host.removeprefix("www.")
        if "." not in bare or len(bare) > 253 or not may_be_public(bare):
            return None
        return Known(host=bare)

    def pages(self, answer: Archived, label: str) -> Iterator[Page]:
        """Read an answer; nothing of one that may be no page (a redirect, a picture, a listing of ours).

        Of a site that nobody declared an answer gives a page where it holds an article that has a headline,
        a body and a date: what else is there is no news, and no outlet that could mend it.

        Args:
            answer: as archived.
            label: what the file it is from is called in the store.
        """
        known = self.asked(answer.url)
        if known is None or not is_page(answer):
            return
        for spider in known.spiders:
            yield from self._declared(spider, answer, label)
        if known.host:
            stray = _stray(known.host, answer, label)
            if stray is not None:
                yield self._walked(stray)

    def _declared(self, spider: OutletSpider, answer: Archived, label: str) -> Iterator[Page]:
        request = request_for(spider, answer, label)
        response = response_of(answer, request)
        if 200 <= answer.status < 300 or answer.status == 304:
            found = spider.parse_article(response, **request.cb_kwargs)
        else:  # as Scrapy's own middleware would have it
            error = HttpError(response, f"status {answer.status}")
            failure = Failure(error)  # type: ignore[no-untyped-call]
            failure.request = request  # type: ignore[attr-defined] # Scrapy sets it
            found = spider.failed(failure)
        yield from (page for page in found if isinstance(page, Page))

    def _walked(self, page: Page) -> Page:
        if page.article is None:
            return page
        article, problems, faults = walk(
            page.article, self._steps.items(), outlet=page.fetch.outlet, asked=page.fetch.url
        )
        for fault in faults:
            logger.error("%s", fault)
        return replace(page, article=article, problems=(*page.problems, *problems))


def _stray(host: str, answer: Archived, label: str) -> Page | None:
    """Read a page of a site that nobody declared; None for what is no article."""
    if answer.status != 200:
        return None
    request = Request(answer.url, dont_filter=True)
    answers.note(request, Recorded(at=answer.at, file=label, offset=answer.offset))
    response = response_of(answer, request)
    if answers.not_html(response):
        return None
    seen: dict[str, Any] = {"outlet": host, "kind": "article", "asked": answer.url, "now": answer.at}
    try:
        decoded = decode(answer.body, declared=answers.declared_charset(response))
        extraction = extract_page(decoded.text, url=answer.url, now=answer.at)
    except Exception as error:  # what the room promises never to do costs this page alone
        logger.exception("event=extraction_error url=%r", answer.url)
        why = f"{type(error).__name__} while it was read"
        problem = Problem(outlet=host, url=answer.url, field="extraction", why=why)
        return Page(fetch=answers.fetch_of(response, **seen, error=why), problems=(problem,))
    if extraction.missing:
        return None
    fetch = answers.fetch_of(response, **seen, charset=decoded.charset)
    problems = tuple(replace(each, outlet=host) for each in extraction.problems)
    if decoded.note:
        problems += (Problem(outlet=host, url=answer.url, field="charset", why=decoded.note),)
    return Page(fetch=fetch, article=replace(extraction.article, outlet=host), problems=problems)


def _mirrors(served: str) -> tuple[str, str]:
    """Give a host with and without "www.": archives have both."""
    bare = served.removeprefix("www.")
    return bare, f"www.{bare}"
