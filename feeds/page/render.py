"""Views into HTML, by the templates beside this file; and how many stories a page may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from feeds.page.policy import policy
from feeds.page.view import View
from feeds.page.words import date_forms, translations

MAX_PAGE = 98_000  # bytes without pictures: under 100 KB, with room for the links that come last
_TEMPLATES = Path(__file__).with_name("templates")
_MORE = 7_000  # bytes of what a page with stories has beside them: tools, legend, hosts
_HOSTS = 60  # of pictures on a page, in its policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to another page or file, relative to the page it stands on."""

    href: str
    text: str
    lang: str = ""
    current: str = ""  # "page", or "true" on a page that belongs to it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed of the same edition."""

    href: str
    type: str
    title: str
    format: str  # "RSS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in the list of all days."""

    href: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month in the list of all days."""

    heading: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An edition in the list of them."""

    link: Link
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Editions of a kind."""

    heading: str
    editions: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the stories of a page. Addresses are relative to it."""

    title: str
    heading: str
    home: str
    brand: str  # what all of it is called; empty: Jarshy
    editions: tuple[Link, ...]
    feeds: tuple[FeedLink, ...] = ()
    note: str = ""
    search: str = ""  # the label of the search
    index: str = ""  # where the search finds the other pages of the day
    newer: str = ""
    newer_text: str = ""
    older: str = ""
    older_text: str = ""
    recent: tuple[Link, ...] = ()  # days
    all: str = ""  # the list of all days
    months: tuple[Month, ...] = ()
    groups: tuple[Group, ...] = ()
    opml: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as it stands on a page."""

    view: View
    html: Markup

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.html.encode()) + 1


def story(view: View, lang: str, *, outlet: str = "", first: bool = False) -> Told:
    """Render one story for a page in `lang`; `outlet` is where the page of its outlet lies, if it has one."""
    template = environment(lang).get_template("story.html")
    text = template.render(view=view, ui=lang, outlet=outlet, first=first)
    return Told(view=view, html=Markup(text))  # noqa: S704 - by a template that escapes


def page(frame: Frame, stories: Sequence[Told], lang: str) -> bytes:
    """Render a page in `lang`."""
    style, script = _asset("page.css"), _asset("page.js")
    shots = [told.view.picture for told in stories if told.view.picture]
    hosts = sorted({shot.host for shot in shots if shot.showable})[:_HOSTS]
    template = environment(lang).get_template("page.html")
    text = template.render(
        frame=frame,
        stories=[told.html for told in stories],
        ui=lang,
        dates="|".join(date_forms(lang)),
        pictures=bool(hosts),
        policy=policy(style, script, hosts, index=bool(frame.index)),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
    )
    return text.encode()


def parted(stories: Iterable[Told], room: int) -> list[list[Told]]:
    """Part stories, in order, into pages of at most `room` bytes each; every page has one at least."""
    pages: list[list[Told]] = []
    left = 0
    for told in stories:
        if not pages or told.size > left:
            pages.append([])
            left = room
        pages[-1].append(told)
        left -= told.size
    return pages


def room(frame: Frame, lang: str) -> int:
    """Give how many bytes of stories a page with this frame may hold."""
    return MAX_PAGE - len(page(frame, [], lang)) - len(_asset("page.js").encode()) - _MORE


@cache
def environment(lang: str) -> Environment:
    """Give the templates in a language of the interface; whatever they print is escaped."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        keep_trailing_newline=False,
    )
    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _asset(name: str) -> str:
    """Give a style or script as it goes into pages: its lines without their indentation."""
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    return "\n".join(
        line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("//")
    )
