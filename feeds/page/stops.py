"""Who stands in the drawing of a chain: those whom the story's own articles name, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feeds.dates import published_at
from feeds.model import Entry
from feeds.page.chain import Stop
from feeds.page.words import duration
from feeds.plain import one_line, shortened
from feeds.sentence import Display, is_outlet, name_of
from items import Credit, Stored, Story

MAX_NAME = 200  # characters


def stops_of(story: Story, entry: Entry, now: datetime, lang: str, display: Display | None) -> Iterator[Stop]:
    """Give the chain from the origin to the article linked, with the time between those whose times we hold.

    Behind the origin come further origins, and the other outlets that credit the same one.
    """
    lead = story.lead
    times = _times(story, now)
    sources = [(source.name, source.key, source.role) for source in reversed(entry.sources)]
    own = lead.outlet.source
    if sources[0][1] != own and not any(is_outlet(credit, lead.outlet) for credit in _credits(lead)):
        sources.append((lead.outlet.hosts[0].removeprefix("www."), own, "relay"))
    began = last = times.get(sources[0][1])
    for number, (name, key, role) in enumerate(sources):
        at = times.get(key) if number else None
        here = number and number == len(sources) - 1 and role == "relay"
        yield Stop(
            name=plain(name, MAX_NAME),
            kind="here" if here else role,
            lag=duration(at - last, lang) if at and last else "",
        )
        last = at or last
        if number == 0:
            for credit in lead.article.attribution.also if lead.article.attribution else ():
                yield Stop(name=plain(name_of(credit, entry.lang, display), MAX_NAME), kind="also")
            for name, key in others_of(story, entry):
                at = times.get(key)
                yield Stop(name=name, kind="other", lag=duration(at - began, lang) if at and began else "")


def others_of(story: Story, entry: Entry) -> list[tuple[str, str]]:
    """Give name and identity of the outlets beside the chain whose own articles credit the same origin."""
    known = {source.key for source in entry.sources} | {story.lead.outlet.source}
    found: dict[str, str] = {}
    for member in story.members:
        chain, key = _credits(member), member.outlet.source
        if key and key not in known and chain and chain[-1].source == entry.origin.key:
            found.setdefault(key, plain(member.outlet.hosts[0].removeprefix("www."), MAX_NAME))
    return [(name, key) for key, name in found.items()]


def _credits(lead: Stored) -> tuple[Credit, ...]:
    return lead.article.attribution.chain if lead.article.attribution else ()


def _times(story: Story, now: datetime) -> dict[str, datetime]:
    """Give when each outlet's own article appeared, by its identity; the lead for its outlet."""
    times: dict[str, datetime] = {}
    for member in (story.lead, *story.members):
        moment = member.article.published
        if moment is not None and moment.precision != "day" and member.outlet.source:
            times.setdefault(member.outlet.source, published_at(member, now))
    return times


def plain(text: str, limit: int = 0) -> str:
    """Give one line, at most `limit` characters long, if any."""
    line = one_line(text)
    return shortened(line, limit) if limit else line
