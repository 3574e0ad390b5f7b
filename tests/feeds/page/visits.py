"""Visits of pages in a real Chromium, which gets its answers from a folder and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feeds.desk import Desk
from feeds.editions import editions, led
from feeds.page.render import FeedLink
from feeds.page.site import PageReport, write_pages
from feeds.page.volumes import Volume
from feeds.page.words import interface
from feeds.serve.answer import answer
from items import Problem, Story
from tests.feeds.conftest import NOW

HOME = "http://127.0.0.1:8000/"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0"
    b"\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


class Visit:
    """A page that was opened, and all that it asked for or complained of."""

    def __init__(self, page: Any, out: Path) -> None:
        self.page = page
        self.out = out
        self.asked: list[str] = []
        self.strange: list[Any] = []
        self.told: list[str] = []
        page.on("console", lambda message: self.told.append(message.text))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("dialog", self._dialog)
        page.context.route("**/*", self._route)

    def _dialog(self, dialog: Any) -> None:
        self.told.append(dialog.message)
        dialog.dismiss()

    def _route(self, route: Any) -> None:
        request = route.request
        if not request.url.startswith(HOME):
            self.strange.append(request)
            if request.resource_type == "image":
                route.fulfill(status=200, content_type="image/png", body=PICTURE)
            else:
                route.abort()
            return
        path = urlsplit(request.url).path
        self.asked.append(path)
        made = answer(self.out, request.method, path, request.headers)
        route.fulfill(status=made.status, headers=dict(made.headers), body=made.body)

    def shown(self) -> list[str]:
        """Give the headlines that can be seen."""
        return [each.inner_text() for each in self.page.locator("article h2").all() if each.is_visible()]


@contextmanager
def visiting(browser: Any, out: Path, name: str = "", **options: Any) -> Iterator[Visit]:
    context = browser.new_context(**{"locale": "ru-RU", "timezone_id": "Europe/Berlin", **options})
    visit = Visit(context.new_page(), out)
    visit.page.goto(HOME + name)
    yield visit
    context.close()


def published(
    stories: Sequence[Story], out: Path, every: Sequence[Story] | None = None, **more: str
) -> tuple[PageReport, list[Problem]]:
    """Write the pages of stories, in every edition that they give; `every` is what a day may hold."""
    desk = Desk(store=None, now=NOW)  # type: ignore[arg-type]  # the stories are given
    members = [member for story in stories for member in story.members]
    outlets = {member.outlet.name: member.outlet for member in members}
    made = editions(
        languages=sorted({member.article.lang for member in members if member.article.lang.isalpha()}),
        outlets={name: outlets[name] for name in sorted(outlets)},
        topics=["economy", "sport"],
    )
    told = [
        Volume(
            edition=edition,
            ui=interface(edition.language),
            stories=tuple(own for story in stories if (own := led(story, edition))),
            feeds=tuple(
                FeedLink(href=f"{edition.name}{ending}", type=f"application/{name}", title=name, format=name)
                for name, ending in (("rss+xml", ".xml"), ("atom+xml", ".atom"))
            ),
        )
        for edition in made
    ]
    for volume in told:
        for feed in volume.feeds:
            (out / feed.href).parent.mkdir(exist_ok=True)
            (out / feed.href).touch()
    whole = stories if every is None else every
    return write_pages(desk, told, lambda _: whole, out, **more), desk.problems


def written(stories: list[Story], out: Path) -> Path:
    """Write the pages of stories that can all be shown."""
    _, problems = published(stories, out)
    assert problems == []
    return out
