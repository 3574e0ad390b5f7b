"""The pages of the digest: which there are, what stands on each, and how they lead to each other.

index.html                 the newest stories of all languages
days/2026-11-25.html       a day of them, days/2026-11-25-2.html where one page does not hold it
days/index.html            all days
ru/index.html, ru/days/…   the same for each language, led by the article in it, in its own words
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from feeds.editions import told_in
from feeds.model import Entry, entry_of
from feeds.page.days import days_in
from feeds.page.pages import Edition, Files, Site
from feeds.page.render import FeedLink
from feeds.page.view import View, view_of
from feeds.page.words import interface
from feeds.sentence import Display, primary
from items import Problem, Story

TOUCHED_DAYS = 31  # written in one run, at most
KEPT_FRESH = 3  # newest days, written whether or not a story of theirs is new: one may have been taken down
_LANG = re.compile(r"[a-z]{2,3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What became of the pages."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reader:
    """Makes views of stories, each once; what cannot be shown is a problem, as it is in a feed."""

    now: datetime
    display: Display | None
    homes: Mapping[str, str] | None
    problems: dict[Problem, None] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Entry | None] = field(default_factory=dict)

    def views(self, stories: Iterable[Story], edition: Edition) -> list[View]:
        """Give the views of an edition, the newest publication first, as its feed has them."""
        chosen = stories if edition.lang is None else told_in(stories, edition.lang)
        found = [(entry, story) for story in chosen if (entry := self._entry(story))]
        found.sort(key=lambda pair: pair[0].guid)
        found.sort(key=lambda pair: pair[0].published, reverse=True)
        return [view_of(story, entry, self.now, edition.ui, self.display) for entry, story in found]

    def _entry(self, story: Story) -> Entry | None:
        key = (story.guid, story.lead.guid)
        if key not in self._entries:
            try:
                self._entries[key] = entry_of(story, self.now, display=self.display, homes=self.homes)
            except (KeyError, TypeError, ValueError) as error:
                lead = story.lead
                told = Problem(
                    outlet=lead.outlet.name, url=lead.article.canonical_url, field="entry", why=str(error)
                )
                self.problems[told] = None
                self._entries[key] = None
        return self._entries[key]


def write_pages(
    recent: Sequence[Story],
    stories_of: Callable[[date], Sequence[Story]],
    out: Path,
    now: datetime,
    *,
    ui: str = "en",
    feeds: Mapping[str | None, Sequence[FeedLink]] | None = None,
    display: Display | None = None,
    homes: Mapping[str, str] | None = None,
) -> PageReport:
    """Write the front pages, and the pages of the days that `recent` touches.

    Args:
        recent: the stories that changed last; the front pages show the newest of them.
        stories_of: gives every story that may belong to a day, more at will.
        out: the folder of the feeds.
        now: aware; no time shown is later, and nothing else depends on it.
        ui: the language that pages of all languages speak, one of `feeds.page.words.INTERFACES`.
        feeds: of each language, and of all under None; addresses relative to `out`.
        display: names of sources in the nominative, where known.
        homes: where a source is found, by identity.

    Returns:
        What was written, left alone, and could not be shown. Without a story nothing is written.

    Raises:
        OSError: a file could not be written; each is whole, old or new.
    """
    reader, files = _Reader(now, display, homes), Files(out)
    editions = _editions(recent, ui, feeds or {})
    fronts = {edition.folder: reader.views(recent, edition) for edition in editions}
    editions = [edition for edition in editions if fronts[edition.folder]]
    kept = {edition.folder: days_in(out / edition.path("days")) for edition in editions}
    touched = {view.day for views in fronts.values() for view in views}
    newest = {day for days in kept.values() for day in sorted(days)[-KEPT_FRESH:]}
    told: dict[str, dict[date, list[View]]] = {edition.folder: {} for edition in editions}
    for day in sorted(touched | newest, reverse=True)[:TOUCHED_DAYS]:
        stories = stories_of(day)
        for edition in editions:
            views = reader.views(stories, edition)
            told[edition.folder][day] = [view for view in views if view.day == day]
    for folder, days in told.items():
        kept[folder] -= {day for day, views in days.items() if not views}
        kept[folder] |= {day for day, views in days.items() if views}
    site = Site(editions=editions, days=kept, files=files)
    for edition in editions:
        for day, views in told[edition.folder].items():
            if views:
                site.write_day(edition, day, views)
            else:
                site.drop_day(edition, day)
        site.write_front(edition, fronts[edition.folder])
        site.write_days(edition)
    return PageReport(
        written=tuple(files.written), unchanged=tuple(files.unchanged), problems=tuple(reader.problems)
    )


def _editions(
    stories: Iterable[Story], ui: str, feeds: Mapping[str | None, Sequence[FeedLink]]
) -> list[Edition]:
    langs = {primary(member.article.lang) for story in stories for member in story.members}
    told = sorted(
        (lang for lang in langs if _LANG.match(lang)), key=lambda lang: (lang != "kk", lang != "ru", lang)
    )
    return [
        Edition(folder="", lang=None, ui=ui, feeds=tuple(feeds.get(None, ()))),
        *(
            Edition(folder=lang, lang=lang, ui=interface(lang), feeds=tuple(feeds.get(lang, ())))
            for lang in told
        ),
    ]
