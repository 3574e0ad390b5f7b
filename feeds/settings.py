"""How the feeds are published: what `jarshy.toml` may say of it, and what holds where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.editions import KINDS, Kind, Search
from feeds.publish import BASE_URL, FORMATS, LIMIT
from feeds.sentence import FALLBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """All that a person may choose of the feeds."""

    base_url: str = BASE_URL  # where their folder is served
    title: str | None = None  # of everything; None: the digest's own
    language: str = FALLBACK  # of titles, where an edition has no language of its own
    formats: tuple[str, ...] = tuple(FORMATS)
    editions: tuple[Kind, ...] = KINDS
    history: tuple[Kind, ...] = ("everything", "language", "search")  # editions whose archives are kept
    limit: int = LIMIT  # entries in a feed
    fold: bool = True  # an entry a story
    hub: str | None = None  # WebSub
    authority: str | None = None  # "example.org,2026": who coins the feeds' identifiers
    searches: tuple[Search, ...] = ()
