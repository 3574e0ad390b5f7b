"""What an outlet declares of its article page, and what a listing already told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from items import Article, Problem

REQUIRED = ("headline", "body", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSS selectors of one state of an outlet's article page; of each tuple the first that matches is read.

    An empty tuple says that the place is not known: the page's metadata and the generic extractor then serve.
    """

    headline: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the container, not its paragraphs
    date: tuple[str, ...] = ()  # `datetime` attribute first, then the text
    modified: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # every match is one tag
    views: tuple[str, ...] = ()  # the first whole number in its text that is no part of the date
    images: tuple[str, ...] = ()  # every match is one `img` (or holds one)
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()  # every match is an `a` to the article in another language
    remove: tuple[str, ...] = ()  # taken out of the body before it is read
    until: dt.date | None = None  # the last day on which the outlet's pages looked so


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a listing, feed or sitemap said of a page before it was fetched; trusted after the page itself."""

    headline: str | None = None
    date_text: str | None = None  # as printed: an RFC 2822, ISO or human date
    lang: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read of a page, and what could not be. `article` may lack required fields: see `missing`."""

    article: Article
    problems: tuple[Problem, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that the page did not yield."""
        article = self.article
        have = {"headline": article.headline, "body": article.blocks, "published": article.published}
        return tuple(field for field in REQUIRED if not have[field])
