"""How the feeds are published: what `jarshy.toml` may say of it, and what holds where it says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feeds.config import Config
from feeds.editions import KINDS, Kind, Search
from feeds.names import slug
from feeds.publish import BASE_URL, FORMATS, LIMIT
from feeds.sentence import FALLBACK, primary
from pipelines.attribution.identity import directory
from pipelines.store import Choice, Words
from pipelines.text.topics import topics
from pipelines.wordforms import Finder


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


def feed_settings(config: Config, base_url: str | None = None) -> FeedSettings:
    """Give the settings of a checked configuration; `base_url` is the command line's.

    Raises:
        ValueError: a search names a topic that there is none, two searches would have one file, or another
            value is of use to nobody.
    """
    searches = tuple(search_of(table) for table in config.searches)
    names: dict[str, str] = {}
    for search in searches:
        other = names.setdefault(slug(search.name), search.name)
        if other != search.name:
            raise ValueError(
                f"search {search.name!r}: its file would be that of {other!r}; give it another name"
            )
    return FeedSettings(
        base_url=base_url or config["feeds.base_url"],
        title=config["feeds.title"] or None,
        language=config["feeds.language"],
        formats=config["feeds.formats"],
        editions=config["feeds.editions"],
        history=config["feeds.history"],
        limit=config["feeds.limit"],
        fold=config["feeds.fold"],
        hub=config["feeds.hub"] or None,
        authority=config["feeds.authority"] or None,
        searches=searches,
    )


def search_of(table: Mapping[str, Any]) -> Search:
    """Give the search of a checked table.

    Raises:
        ValueError: it names a topic that there is none, or its words hold no word.
    """
    strange = [topic for topic in table["topics"] if topic not in topics()]
    if strange:
        known = ", ".join(topics())
        raise ValueError(
            f"search {table['name']!r}: no topic is called {', '.join(strange)}; there are {known}"
        )
    finder = Finder(tuple(table["words"]))
    if table["words"] and not finder.parts:
        raise ValueError(f"search {table['name']!r}: there is no word in its words")
    return Search(
        name=table["name"],
        choice=Choice(
            outlets=tuple(table["outlets"]),
            languages=tuple(dict.fromkeys(primary(lang) for lang in table["languages"])),
            topics=tuple(table["topics"]),
            sources=tuple(dict.fromkeys(key for name in table["sources"] for key in _keys(name))),
            first_hand=table["first_hand"],
        ),
        words=Words(parts=finder.parts, wanted=finder.finds) if table["words"] else None,
        fold=table["fold"],
    )


def _keys(name: str) -> Iterable[str]:
    """Give the identities that a person may mean by a name: a key, or what each language takes it for."""
    sources = directory()
    if name in sources.sources:
        return [name]
    known = [source.key for lang in ("kk", "ru", "en") if (source := sources.known(name, lang))]
    return known or [sources.key(name, lang) for lang in ("kk", "ru", "en")]
