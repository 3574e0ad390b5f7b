"""The pages of the digest: which there are, and which stories stand on each.

index.html                 the newest stories of all languages
days/2026-11-25.html       a day of them, days/2026-11-25-2.html where one page does not hold it
days/index.html            all days
ru/index.html, ru/days/…   the same for each language, led by the article in it, in its own words
outlets/akorda.html        and so for each topic and saved search: its newest stories
editions.html              all of these, with their feeds
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feeds.desk import Desk
from feeds.editions import led
from feeds.model import Entry
from feeds.page.days import days_in
from feeds.page.pages import Files, Site
from feeds.page.view import View, day_of, view_of
from feeds.page.volumes import FRONT, Volume
from items import Story

TOUCHED_DAYS = 31  # written in one run, at most
KEPT_FRESH = 3  # newest days, written whether or not a story of theirs is new: one may have been taken down


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What became of the pages."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]


def write_pages(
    desk: Desk,
    editions: Sequence[Volume],
    stories_of: Callable[[date], Sequence[Story]],
    out: Path,
    *,
    opml: str = "",
    title: str = "",
) -> PageReport:
    """Write the front page of every edition, and the pages of the days that its stories touch.

    Args:
        desk: makes the entries, and is told what cannot be shown.
        editions: everything first; one without a story is left as it is.
        stories_of: gives every story that may belong to a day, more at will.
        out: the folder of the feeds.
        opml: the list of all feeds in it, if there is one.
        title: what a person calls all of it; empty: Jarshy.

    Returns:
        What was written and left alone. Without a story nothing is written.

    Raises:
        OSError: a file could not be written; each is whole, old or new.
    """
    files = Files(out)
    fronts = {volume.front: _entries(desk, volume.stories) for volume in editions}
    shown = [volume for volume in editions if fronts[volume.front]]
    daily = [volume for volume in shown if volume.daily]
    kept = {volume.front: days_in(out / volume.path("days")) for volume in daily}
    touched = {day_of(entry, story.lead) for volume in daily for entry, story in fronts[volume.front]}
    newest = {day for days in kept.values() for day in sorted(days)[-KEPT_FRESH:]}
    told: dict[str, dict[date, list[View]]] = {volume.front: {} for volume in daily}
    for day in sorted(touched | newest, reverse=True)[:TOUCHED_DAYS]:
        stories = stories_of(day)
        for volume in daily:
            found = _entries(desk, (own for story in stories if (own := led(story, volume.edition))))
            its = [(entry, story) for entry, story in found if day_of(entry, story.lead) == day]
            told[volume.front][day] = _views(desk, volume, its)
    for front, days in told.items():
        kept[front] -= {day for day, views in days.items() if not views}
        kept[front] |= {day for day, views in days.items() if views}
    site = Site(volumes=shown, days=kept, files=files, opml=opml, title=title)
    for volume in daily:
        for day, views in told[volume.front].items():
            if views:
                site.write_day(volume, day, views)
            else:
                site.drop_day(volume, day)
        site.write_days(volume)
    for volume in shown:
        site.write_front(volume, _views(desk, volume, fronts[volume.front][:FRONT]))
    if shown:
        site.write_editions()
    return PageReport(written=tuple(files.written), unchanged=tuple(files.unchanged))


def _entries(desk: Desk, stories: Iterable[Story]) -> list[tuple[Entry, Story]]:
    """Give stories with their entries, the newest publication first, as the feeds have them."""
    found = [(entry, story) for story in stories if (entry := desk.entry(story))]
    found.sort(key=lambda pair: pair[0].guid)
    found.sort(key=lambda pair: pair[0].published, reverse=True)
    return found


def _views(desk: Desk, volume: Volume, entries: Iterable[tuple[Entry, Story]]) -> list[View]:
    return [view_of(story, entry, desk.now, volume.ui, desk.display) for entry, story in entries]
