"""What a look at a site found: answers, and what they name. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from spiders.extract.encoding import decode
from spiders.extract.layout import Hint
from spiders.support.listings import Candidate, FeedListing, Listing
from spiders.support.site import Named, read_site

NamedBy = Literal["the page", "robots.txt", "nobody: a usual place", "its own links"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An answer of status 200. `url` is where it was read, after redirects; `at` is aware."""

    url: str
    body: bytes
    charset: str | None  # as the answer's header named it
    at: dt.datetime
    hint: Hint = field(default_factory=Hint)  # of the listing that named it

    @property
    def text(self) -> str:
        """The body, decoded."""
        return decode(self.body, declared=self.charset).text


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A listing that was found. `recorded` is None where it was not asked for."""

    listing: Listing
    named_by: NamedBy
    recorded: Recorded | None = None
    candidates: tuple[Candidate, ...] = ()  # on the site


@dataclass(slots=True, kw_only=True)
class Findings:
    """What was found, in the order of finding. `notes`: what did not go as hoped, a sentence each."""

    url: str  # as given
    at: dt.datetime
    live: bool = True
    homes: list[Named] = field(default_factory=list)  # front pages: the site's first
    listings: list[Found] = field(default_factory=list)
    articles: list[Recorded] = field(default_factory=list)
    sitemaps: tuple[str, ...] = ()  # that robots.txt names
    notes: list[str] = field(default_factory=list)


def findings_of_saved(url: str, body: bytes, at: dt.datetime) -> Findings:
    """Give what one saved article page tells of its site; nothing is asked for.

    Args:
        url: where the page was read.
        body: as saved.
        at: when it was saved, aware.
    """
    page = Recorded(url=url, body=body, charset=None, at=at)
    named = read_site(page.text, url)
    listings = [Found(listing=FeedListing(url=feed), named_by="the page") for feed in named.feeds[:1]]
    return Findings(url=url, at=at, live=False, homes=[named], listings=listings, articles=[page])
