"""Pages that need JavaScript: the fleet's own road fetches them, then a browser without a network runs them.

What a page loads, Scrapy's downloader fetches too. So one road serves rendered and plain outlets: robots.txt,
delays, AutoThrottle, the guard against private addresses, bounds and the loopback setting hold for both.
"""

from __future__ import annotations

import logging
import shutil
from importlib.util import find_spec

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from spiders.support.answers import not_html
from spiders.support.browser import Browser

logger = logging.getLogger(__name__)

_PACKAGES = ("playwright", "scrapy_playwright")  # what the extra installs
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_SHOWN = ("article", "listing")  # a feed and a sitemap hold what they say


class NoBrowser(Exception):  # noqa: N818 - what there is
    """Nothing here can run a page's scripts; the message says what to install."""


def chromium(declared: str = "") -> str:
    """Give the path of the system's browser, for an outlet that needs it; see `program`.

    Raises:
        NoBrowser: the extra is not installed, or the browser is not.
    """
    if not all(find_spec(package) for package in _PACKAGES):
        raise NoBrowser("this outlet needs a browser: pip install 'jarshy[render]'")
    return program(declared)


def program(declared: str = "") -> str:
    """Give the path of the system's browser.

    Args:
        declared: a program, by name or path, that is taken instead of looking for one.

    Raises:
        NoBrowser: there is none.
    """
    for name in (declared,) if declared else _PROGRAMS:
        if found := shutil.which(name):
            return found
    if declared:
        raise NoBrowser(f"this outlet needs a browser, and JARSHY_CHROMIUM={declared!r} is no program")
    raise NoBrowser("this outlet needs a browser: apt install chromium, or set JARSHY_CHROMIUM")


class RenderMiddleware:
    """Shows the articles and HTML listings of an outlet that declares `render` as a browser has them.

    To stand before every other: it hands out answers last, when the others have made them what they are.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._missing = ""
        self._browser: Browser | None = None
        try:
            self._browser = Browser(crawler, chromium(str(crawler.settings["JARSHY_CHROMIUM"] or "")))
        except NoBrowser as error:
            self._missing = str(error)
            logger.error("event=no_browser outlet=%s why=%r", crawler.spidercls.name, self._missing)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderMiddleware:
        """Build it, for an outlet that declares `render`.

        Raises:
            NotConfigured: it does not.
        """
        if not getattr(crawler.spidercls, "render", False):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the outlet's requests through where there is a browser.

        Raises:
            IgnoreRequest: there is none, so nobody is asked for pages that could not be read.
        """
        if self._missing and "jarshy_kind" in request.meta:
            raise IgnoreRequest(self._missing)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Give a page as its scripts leave it, in UTF-8; any other answer as it is.

        Raises:
            IgnoreRequest: it was not done within the bounds.
        """
        shown = request.meta.get("jarshy_kind") in _SHOWN and response.status == 200
        if not shown or not_html(response) or self._browser is None:
            return response
        return await self._browser.render(response)
