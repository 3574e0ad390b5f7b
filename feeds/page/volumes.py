"""The editions as pages have them: which files, in which words, and which feeds they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feeds.desk import Desk
from feeds.editions import Edition
from feeds.names import slug
from feeds.page.render import FeedLink
from feeds.page.words import interface, language_name
from feeds.publish import FORMATS
from items import Story

INDEX = "index.html"
FRONT = 40  # stories on a front page, at most
_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An edition as pages. Those of everything and of a language have pages of days; others only a front."""

    edition: Edition
    ui: str  # the language it speaks
    stories: tuple[Story, ...]  # its newest, as it tells them
    feeds: tuple[FeedLink, ...] = ()  # addresses from the top

    @property
    def daily(self) -> bool:
        """Whether it has pages of days."""
        return self.edition.kind in ("everything", "language")

    @property
    def front(self) -> str:
        """Where its front page lies, from the top."""
        return self.path(INDEX) if self.daily else f"{self.edition.name}.html"

    @property
    def name(self) -> str:
        """What links to it say; empty for everything, whose name is a matter of who speaks."""
        if self.edition.kind == "language":
            return language_name(self.edition.language or "")
        return self.edition.label

    def path(self, name: str) -> str:
        """Give where a file of a daily edition lies, from the top: a language's in a folder of its name."""
        language = self.edition.language if self.edition.kind == "language" else None
        return f"{slug(language)}/{name}" if language else name


def volumes(
    desk: Desk, published: Iterable[Edition], *, lang: str, limit: int, formats: Sequence[str]
) -> list[Volume]:
    """Give the volumes of editions that have been published as feeds.

    Args:
        desk: where their stories come from.
        published: in the order in which they are listed.
        lang: what pages speak whose edition has no language of its own.
        limit: stories of a daily one: their days are written.
        formats: in which its feeds are written, by name.
    """
    found = []
    for edition in published:
        folded = replace(edition, fold=True)  # a page always shows stories, with their versions beneath
        stories = desk.stories(folded, limit if edition.kind in ("everything", "language") else FRONT)
        feeds = tuple(
            FeedLink(
                href=f"{edition.name}{FORMATS[name].ending}",
                type=FORMATS[name].media_type,
                title=edition.title,
                format=_NAMES.get(name, name),
            )
            for name in formats
        )
        speaks = interface(edition.language or lang)
        found.append(Volume(edition=folded, ui=speaks, stories=tuple(stories), feeds=feeds))
    return found
