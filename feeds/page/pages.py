"""The pages of one edition: its front, its days, the list of them; and how they lead to each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from feeds.page import render
from feeds.page.days import day_of_file
from feeds.page.render import Day, FeedLink, Frame, Link, Month, Told
from feeds.page.view import View
from feeds.page.words import language_name, long_date, month_name, short_date, translations
from feeds.publish import publish

FRONT = 40  # stories on a front page, at most
FRESH = timedelta(hours=24)  # how old a story may be, beside the newest, that leads a front page
RECENT_DAYS = 7  # linked from a front page
MOST_DAYS = 4_000  # in the list of all days
_INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A set of pages: a folder, the language its stories are told in (None: all), and the one it speaks."""

    folder: str
    lang: str | None
    ui: str
    feeds: tuple[FeedLink, ...] = ()  # addresses relative to the top

    @property
    def top(self) -> str:
        """The way from its front page to the top."""
        return "../" if self.folder else ""

    def path(self, name: str) -> str:
        """Give where a file of it lies, from the top."""
        return f"{self.folder}/{name}" if self.folder else name


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
    """The editions, the days that each has pages of, and where their files go."""

    editions: Sequence[Edition]
    days: Mapping[str, set[date]]
    files: Files

    def write_front(self, edition: Edition, views: Sequence[View]) -> None:
        """Write the front page: the newest stories, led by the most told of the last hours."""
        say = translations(edition.ui)
        newest = max(view.day for view in views)
        index = f"days/{newest}.json"
        heading = say.gettext("Latest stories")
        if edition.lang == edition.ui:
            heading = say.gettext("Latest stories in this language")
        frame = self._frame(
            edition,
            _INDEX,
            title=heading,
            heading=heading,
            search=say.gettext("Search"),
            index=index if (self.files.out / edition.path(index)).exists() else "",
            recent=tuple(
                Link(href=f"days/{day}.html", text=short_date(day, edition.ui))
                for day in sorted(self.days[edition.folder], reverse=True)[:RECENT_DAYS]
            ),
            all="days/index.html",
        )
        told = [
            render.story(view, edition.ui, level=2, first=number == 0)
            for number, view in enumerate(_led(views[:FRONT]))
        ]
        shown = render.parted(told, render.room(frame, edition.ui))[0]
        self.files.put(edition.path(_INDEX), render.page(frame, shown, edition.ui))

    def write_day(self, edition: Edition, day: date, views: Sequence[View]) -> None:
        """Write the pages of a day, and what its search needs where they are several."""
        say = translations(edition.ui)
        heading = long_date(day, edition.ui)
        count = say.ungettext("%(count)s story", "%(count)s stories", len(views)) % {"count": len(views)}
        name = f"days/{day}.html"
        frame = self._frame(
            edition,
            name,
            title=heading,
            heading=heading,
            note=count,
            search=say.gettext("Search this day"),
            index=f"{day}.json",
            newer=f"{day}-999.html",
            newer_text=heading,
            older=f"{day}-999.html",
            older_text=heading,
            all=_INDEX,
        )
        told = [
            render.story(view, edition.ui, level=2, first=not number) for number, view in enumerate(views)
        ]
        pages = render.parted(told, render.room(frame, edition.ui))
        names = [
            f"{day}.html" if number == 1 else f"{day}-{number}.html" for number in range(1, len(pages) + 1)
        ]
        turns = self._turns(edition, day, names)
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
            data = render.page(shown, stories, edition.ui)
            self.files.put(edition.path(f"days/{names[number]}"), data)
        self._after_pages(edition, day, names, pages)

    def drop_day(self, edition: Edition, day: date) -> None:
        """Remove the pages of a day of which no story is left."""
        self.files.drop(edition.path(f"days/{day}.json"))
        self.files.drop(edition.path(f"days/{day}.html"))
        self._drop_after(edition, day, 1)

    def write_days(self, edition: Edition) -> None:
        """Write the list of all days."""
        heading = translations(edition.ui).gettext("All days")
        newest = sorted(self.days[edition.folder], reverse=True)[:MOST_DAYS]
        months = tuple(
            Month(
                heading=month_name(month, edition.ui),
                days=tuple(
                    Day(href=f"{day}.html", number=day.day, text=long_date(day, edition.ui))
                    for day in sorted(group)
                ),
            )
            for month, group in groupby(newest, key=lambda day: day.replace(day=1))
        )
        frame = self._frame(edition, f"days/{_INDEX}", title=heading, heading=heading, months=months)
        self.files.put(edition.path(f"days/{_INDEX}"), render.page(frame, [], edition.ui))

    def _turns(self, edition: Edition, day: date, names: Sequence[str]) -> list[tuple[str, str]]:
        """Give address and text of the day after, of each page of this day, and of the day before."""
        known = sorted(self.days[edition.folder])
        at = known.index(day)
        after = known[at + 1] if at + 1 < len(known) else None
        before = known[at - 1] if at else None
        say = translations(edition.ui).gettext
        return [
            (f"{after}.html", short_date(after, edition.ui)) if after else ("", ""),
            *(
                (name, say("page %(number)s of %(total)s") % {"number": number, "total": len(names)})
                for number, name in enumerate(names, 1)
            ),
            (f"{before}.html", short_date(before, edition.ui)) if before else ("", ""),
        ]

    def _after_pages(
        self, edition: Edition, day: date, names: Sequence[str], pages: Sequence[Sequence[Told]]
    ) -> None:
        """Write the index of a day of several pages; remove what a longer one left behind."""
        index = edition.path(f"days/{day}.json")
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
        self._drop_after(edition, day, len(pages))

    def _drop_after(self, edition: Edition, day: date, pages: int) -> None:
        number = pages + 1
        while (self.files.out / edition.path(f"days/{day}-{number}.html")).exists():
            self.files.drop(edition.path(f"days/{day}-{number}.html"))
            number += 1

    def _frame(self, edition: Edition, name: str, *, title: str, heading: str, **more: object) -> Frame:
        top = "../" * edition.path(name).count("/")
        links = tuple(
            Link(
                href=top + other.path(name if self._has(other, name) else _INDEX),
                text=language_name(other.lang)
                if other.lang
                else translations(edition.ui).gettext("All languages"),
                lang=other.lang or "",
                current=("page" if name == _INDEX else "true") if other is edition else "",
            )
            for other in self.editions
        )
        return Frame(
            title=title,
            heading=heading,
            home=top + edition.path(_INDEX),
            editions=links,
            feeds=tuple(replace(feed, href=top + feed.href) for feed in edition.feeds),
            **more,  # type: ignore[arg-type]
        )

    def _has(self, edition: Edition, name: str) -> bool:
        day = day_of_file(name)
        return day is None or day in self.days[edition.folder]


def _led(views: Sequence[View]) -> list[View]:
    """Give the views with the most told story of the last hours first; the rest stay in their order."""
    newest = max(view.published for view in views)
    fresh = [view for view in views if newest - view.published <= FRESH]
    first = max(fresh, key=lambda view: (view.outlets, len(view.chain.dots) if view.chain else 0))
    return [first, *(view for view in views if view is not first)]
