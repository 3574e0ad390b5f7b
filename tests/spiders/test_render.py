"""Who gets a browser, which one, and what it may do: without one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from items import Page
from pipelines.runner import project_settings
from spiders.akorda import AkordaSpider
from spiders.support import render
from spiders.support.browser import launch_options
from spiders.support.render import NoBrowser, RenderMiddleware, chromium

URL = "https://www.akorda.kz/en/a-10001"


class RenderedSpider(AkordaSpider):
    render = True
    render_hosts = ("static.akorda.example",)


class Shown:
    """A browser that writes one word under every page."""

    async def render(self, response: Response) -> Response:
        return response.replace(body=response.body + b"shown")


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "find_spec", lambda _: object())


def program(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("extra")
def test_the_system_s_browser_is_found_by_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowser, match="apt install chromium"):
        chromium()
    chrome = program(tmp_path, "google-chrome")
    assert chromium() == chrome
    found = program(tmp_path, "chromium")
    assert chromium() == found
    assert chromium("google-chrome") == chromium(chrome) == chrome
    with pytest.raises(NoBrowser, match="JARSHY_CHROMIUM='/nowhere/chromium'"):
        chromium("/nowhere/chromium")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "chromium")
    monkeypatch.setattr(render, "find_spec", lambda name: None if name == "scrapy_playwright" else object())
    with pytest.raises(NoBrowser, match=r"pip install 'jarshy\[render\]'"):
        chromium()


def test_an_outlet_that_declares_nothing_has_no_browser_in_its_road() -> None:
    with pytest.raises(NotConfigured):
        RenderMiddleware.from_crawler(get_crawler(AkordaSpider))


def lame() -> RenderMiddleware:
    crawler = get_crawler(RenderedSpider, {"JARSHY_CHROMIUM": "/nowhere/chromium"})
    return RenderMiddleware.from_crawler(crawler)


def test_without_a_browser_no_page_is_asked_for_and_the_failure_is_the_outlet_s() -> None:
    asked = Request(URL, meta={"jarshy_kind": "feed"}, cb_kwargs={"asked": URL})
    with pytest.raises(IgnoreRequest, match="needs a browser") as refused:
        lame().process_request(asked)
    failure = Failure(refused.value)  # type: ignore[no-untyped-call]
    failure.request = asked  # type: ignore[attr-defined]
    (page,) = RenderedSpider.from_crawler(get_crawler(RenderedSpider)).failed(failure)
    assert isinstance(page, Page)
    assert "needs a browser" in str(page.fetch.error)
    assert [problem.field for problem in page.problems] == ["fetch"]


@pytest.mark.parametrize(
    ("kind", "status", "media", "shown"),
    [
        ("article", 200, "text/html; charset=utf-8", True),
        ("listing", 200, "text/html", True),
        ("article", 200, "application/pdf", False),
        ("article", 304, "text/html", False),
        ("article", 301, "text/html", False),
        ("article", 503, "text/html", False),
        ("feed", 200, "text/html", False),
        ("sitemap", 200, "text/xml", False),
        (None, 200, "text/html", False),  # robots.txt, and what a page loads
    ],
)
def test_pages_are_shown_and_nothing_else(kind: str | None, status: int, media: str, shown: bool) -> None:
    middleware: Any = lame()
    middleware._browser = Shown()
    asked = Request(URL, meta={"jarshy_kind": kind} if kind else {})
    answer = Response(URL, status=status, headers={"Content-Type": media}, request=asked)
    given = asyncio.run(middleware.process_response(asked, answer))
    assert (given.body == b"shown") == shown


def test_hosts_of_scripts_are_asked_and_are_not_the_outlet_s() -> None:
    made = RenderedSpider.from_crawler(get_crawler(RenderedSpider))
    assert "static.akorda.example" in (made.allowed_domains or [])
    assert "static.akorda.example" not in made.served()


def test_the_browser_stands_before_every_other_step_of_the_road() -> None:
    steps = project_settings().getwithbase("DOWNLOADER_MIDDLEWARES")
    own = steps.pop("spiders.support.render.RenderMiddleware")
    assert own < min(order for order in steps.values() if order is not None)


def test_the_browser_finds_no_host_and_is_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    options = launch_options("/usr/bin/chromium")
    assert options["executable_path"] == "/usr/bin/chromium"
    assert options["headless"]
    assert options["chromium_sandbox"]
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in options["args"]
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert not launch_options("/usr/bin/chromium")["chromium_sandbox"]
