"""The pages of an edition: its front, its days, the list of them; and how they lead to each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from feeds.editions import Kind
from feeds.page import render
from feeds.page.days import day_of_file
from feeds.page.render import Day, Frame, Group, Link, Listed, Month, Told
from feeds.page.view import View
from feeds.page.volumes import INDEX, Volume
from feeds.page.words import long_date, month_name, short_date, translations
from feeds.publish import publish

FRESH = timedelta(hours=24)  # how old a story may be, beside the newest, that leads a front page
RECENT_DAYS = 7  # linked from a front page
MOST_DAYS = 1_500  # in the list of all days: four years
MOST_EDITIONS = 200  # in the list of all editions
EDITIONS = "editions.html"


@dataclass(slots=True)
class Files:
    """The files of one run, below a folder."""

    out: Path
    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)

    def put(self, name: str, data: bytes) -> None:
        """Write a file whole, or leave it alone if it holds the same."""
        path = self.out / name
        (self.written if publish(path, data) else self.unchanged).append(path)

    def drop(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.out / name).unlink(missing_ok=True)


@dataclass(slots=True, kw_only=True)
class Site:
    """The editions, the days that each has pages of (by its front page), and where their files go."""

    volumes: Sequence[Volume]
    days: Mapping[str, set[date]]
    files: Files
    opml: str = ""
    title: str = ""  # of all of it; empty: Jarshy

    def write_front(self, volume: Volume, views: Sequence[View]) -> None:
        """Write the front page of so many of these stories as fit, led by the most told of the last hours."""
        say = translations(volume.ui)
        days = sorted(self.days.get(volume.front, ()), reverse=True)
        index = f"days/{max(view.day for view in views)}.json" if volume.daily else ""
        heading = self._heading(volume)
        frame = self._frame(
            volume,
            volume.front,
            title=heading,
            heading=heading,
            search=say.gettext("Search"),
            index=index if index and (self.files.out / volume.path(index)).exists() else "",
            recent=tuple(
                Link(href=f"days/{day}.html", text=short_date(day, volume.ui)) for day in days[:RECENT_DAYS]
            ),
            all=f"days/{INDEX}" if days else "",
        )
        told = self._rendered(volume, _led(views), volume.front)
        shown = render.parted(told, render.room(frame, volume.ui))[0]
        self.files.put(volume.front, render.page(frame, shown, volume.ui))

    def write_editions(self) -> None:
        """Write the list of all editions, with their feeds."""
        first = self.volumes[0]
        say = translations(first.ui)
        headings: dict[Kind, str] = {
            "everything": say.gettext("Everything"),
            "language": say.gettext("Languages"),
            "outlet": say.gettext("Outlets"),
            "topic": say.gettext("Topics"),
            "search": say.gettext("Saved searches"),
        }
        groups = tuple(
            Group(
                heading=headings[kind],
                editions=tuple(
                    Listed(link=self._link(volume, first.ui, "", volume.front), feeds=volume.feeds)
                    for volume in group
                ),
            )
            for kind, group in groupby(self.volumes[:MOST_EDITIONS], key=lambda volume: volume.edition.kind)
        )
        heading = say.gettext("All editions")
        frame = self._frame(first, EDITIONS, title=heading, heading=heading, groups=groups)
        self.files.put(EDITIONS, render.page(frame, [], first.ui))

    def write_day(self, volume: Volume, day: date, views: Sequence[View]) -> None:
        """Write the pages of a day, and what its search needs where they are several."""
        say = translations(volume.ui)
        heading = long_date(day, volume.ui)
        count = say.ungettext("%(count)s story", "%(count)s stories", len(views)) % {"count": len(views)}
        frame = self._frame(
            volume,
            volume.path(f"days/{day}.html"),
            title=heading,
            heading=heading,
            note=count,
            search=say.gettext("Search this day"),
            index=f"{day}.json",
            newer=f"{day}-999.html",
            newer_text=heading,
            older=f"{day}-999.html",
            older_text=heading,
            all=INDEX,
        )
        told = self._rendered(volume, views, volume.path(f"days/{day}.html"))
        pages = render.parted(told, render.room(frame, volume.ui))
        names = [
            f"{day}.html" if number == 1 else f"{day}-{number}.html" for number in range(1, len(pages) + 1)
        ]
        turns = self._turns(volume, day, names)
        for number, stories in enumerate(pages):
            of = say.gettext("page %(number)s of %(total)s") % {"number": number + 1, "total": len(pages)}
            (newer, newer_text), (older, older_text) = turns[number], turns[number + 2]
            shown = replace(
                frame,
                note=f"{count}, {of}" if len(pages) > 1 else count,
                index=f"{day}.json" if len(pages) > 1 else "",
                newer=newer,
                newer_text=newer_text,
                older=older,
                older_text=older_text,
            )
            data = render.page(shown, stories, volume.ui)
            self.files.put(volume.path(f"days/{names[number]}"), data)
        self._after_pages(volume, day, names, pages)

    def drop_day(self, volume: Volume, day: date) -> None:
        """Remove the pages of a day of which no story is left."""
        self.files.drop(volume.path(f"days/{day}.json"))
        self.files.drop(volume.path(f"days/{day}.html"))
        self._drop_after(volume, day, 1)

    def write_days(self, volume: Volume) -> None:
        """Write the list of all days."""
        heading = translations(volume.ui).gettext("All days")
        newest = sorted(self.days[volume.front], reverse=True)[:MOST_DAYS]
        months = tuple(
            Month(
                heading=month_name(month, volume.ui),
                days=tuple(Day(href=f"{day}.html", number=day.day) for day in sorted(group)),
            )
            for month, group in groupby(newest, key=lambda day: day.replace(day=1))
        )
        frame = self._frame(
            volume, volume.path(f"days/{INDEX}"), title=heading, heading=heading, months=months
        )
        self.files.put(volume.path(f"days/{INDEX}"), render.page(frame, [], volume.ui))

    def _turns(self, volume: Volume, day: date, names: Sequence[str]) -> list[tuple[str, str]]:
        """Give address and text of the day after, of each page of this day, and of the day before."""
        known = sorted(self.days[volume.front])
        at = known.index(day)
        after = known[at + 1] if at + 1 < len(known) else None
        before = known[at - 1] if at else None
        say = translations(volume.ui).gettext
        return [
            (f"{after}.html", short_date(after, volume.ui)) if after else ("", ""),
            *(
                (name, say("page %(number)s of %(total)s") % {"number": number, "total": len(names)})
                for number, name in enumerate(names, 1)
            ),
            (f"{before}.html", short_date(before, volume.ui)) if before else ("", ""),
        ]

    def _after_pages(
        self, volume: Volume, day: date, names: Sequence[str], pages: Sequence[Sequence[Told]]
    ) -> None:
        """Write the index of a day of several pages; remove what a longer one left behind."""
        index = volume.path(f"days/{day}.json")
        if len(pages) > 1:
            rows = [
                [
                    told.view.anchor,
                    name,
                    told.view.lang,
                    told.view.title,
                    f"{told.view.outlet} {told.view.sentence}",
                ]
                for name, stories in zip(names, pages, strict=True)
                for told in stories
            ]
            self.files.put(index, json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
        else:
            self.files.drop(index)
        self._drop_after(volume, day, len(pages))

    def _drop_after(self, volume: Volume, day: date, pages: int) -> None:
        number = pages + 1
        while (self.files.out / volume.path(f"days/{day}-{number}.html")).exists():
            self.files.drop(volume.path(f"days/{day}-{number}.html"))
            number += 1

    def _rendered(self, volume: Volume, views: Sequence[View], at: str) -> list[Told]:
        """Render stories for a page at `at`; each leads to the page of its outlet, unless it stands there."""
        top = _top(at)
        outlets = {
            each.edition.choice.outlets[0]: top + each.front
            for each in self.volumes
            if each.edition.kind == "outlet" and each.front != at
        }
        return [
            render.story(view, volume.ui, outlet=outlets.get(view.outlet_name, ""), first=not number)
            for number, view in enumerate(views)
        ]

    def _frame(self, volume: Volume, at: str, *, title: str, heading: str, **more: object) -> Frame:
        """Give what surrounds the stories of a page that lies at `at`, from the top."""
        top = _top(at)
        links = [
            self._link(
                other, volume.ui, top, self._beside(other, volume, at), current=_current(other, volume, at)
            )
            for other in self.volumes
            if other.daily
        ]
        say = translations(volume.ui)
        everywhere = Link(
            href=top + EDITIONS,
            text=say.gettext("All editions"),
            current="page" if at == EDITIONS else "",
        )
        return Frame(
            title=title,
            heading=heading,
            home=top + self.volumes[0].front,
            brand=self.title,
            editions=(*links, everywhere),
            feeds=tuple(replace(feed, href=top + feed.href) for feed in volume.feeds),
            opml=top + self.opml if self.opml else "",
            **more,  # type: ignore[arg-type]
        )

    def _link(self, volume: Volume, ui: str, top: str, path: str, current: str = "") -> Link:
        return Link(
            href=top + path,
            text=volume.name or translations(ui).gettext("All languages"),
            lang=(volume.edition.language or "") if volume.edition.kind == "language" else "",
            current=current,
        )

    def _heading(self, volume: Volume) -> str:
        say = translations(volume.ui).gettext
        if not volume.daily:
            return volume.name
        if volume.edition.kind == "everything":
            return say("Latest stories")
        if volume.edition.language == volume.ui:
            return say("Latest stories in this language")
        return f"{say('Latest stories')}: {volume.name}"

    def _beside(self, other: Volume, volume: Volume, at: str) -> str:
        """Give where an edition tells of the day of the page at `at`; its front page where it does not."""
        day = day_of_file(at) if volume.daily else None
        if day is None or day not in self.days[other.front]:
            return other.front
        return other.path(f"days/{day}.html")


def _top(at: str) -> str:
    """Give the way from a page to the top."""
    return "../" * at.count("/")


def _current(other: Volume, volume: Volume, at: str) -> str:
    """Give what `aria-current` says of a link to an edition: this very page, one of its pages, or nothing."""
    if other is not volume or at == EDITIONS:
        return ""
    return "page" if at == other.front else "true"


def _led(views: Sequence[View]) -> list[View]:
    """Give the views with the most told story of the last hours first; the rest stay in their order."""
    newest = max(view.published for view in views)
    fresh = [view for view in views if newest - view.published <= FRESH]
    first = max(fresh, key=lambda view: (view.outlets, len(view.chain.dots) if view.chain else 0))
    return [first, *(view for view in views if view is not first)]
