"""A headless Chromium, run by scrapy-playwright, without a way to any network: Scrapy fetches for it.

Packages of the extra are imported where they are used: Scrapy imports every module of this room.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.misc import build_from_crawler

if TYPE_CHECKING:
    from playwright.async_api import Page, Route
    from playwright.async_api import Request as Part

logger = logging.getLogger(__name__)

_AT_ONCE = 2  # pages in the browser; each has a process of its own
_CLOSING = 5.0  # seconds for a page to go before the browser goes
_LOADED = frozenset({"script", "xhr", "fetch"})  # what may add text to a page
_STYLESHEET = Response("about:blank", headers={"Content-Type": "text/css"})  # scripts may wait for theirs
_PASSED_ON = ("accept", "authorization", "origin", "x-requested-with")  # headers of a script's own request
_NOT_SHOWN = frozenset(  # headers whose work is done, or that would move the page or be remembered
    {
        b"alt-svc", b"clear-site-data", b"connection", b"content-disposition", b"content-encoding",
        b"content-length", b"nel", b"refresh", b"report-to", b"set-cookie", b"transfer-encoding",
    }
)  # fmt: skip
_UNTRUE = ("ETag", "Last-Modified")  # they are the empty frame's, which stays while its articles change


class Browser:
    """The browser of one crawl, started with its first page.

    Settings: `JARSHY_RENDER_TIMEOUT` (seconds a page), `JARSHY_RENDER_REQUESTS` (what a page may load),
    `DOWNLOAD_MAXSIZE` (bytes: each part, all parts of a page, and the page as it ends).
    """

    def __init__(self, crawler: Crawler, executable: str) -> None:
        """Prepare it; `executable` is the path of a Chromium."""
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        settings = crawler.settings
        self.crawler = crawler
        self.timeout = settings.getfloat("JARSHY_RENDER_TIMEOUT")
        self.most_requests = settings.getint("JARSHY_RENDER_REQUESTS")
        self.most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self.scripts: dict[str, Response] = {}  # asked for once a crawl
        self._handler: Any = build_from_crawler(ScrapyPlaywrightDownloadHandler, crawler)
        self._handler.config.launch_options = launch_options(executable)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._names = count()
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # the failure is told by the outlet
        crawler.signals.connect(self._handler.close, signal=signals.engine_stopped)

    async def render(self, response: Response) -> Response:
        """Give an HTML answer as the page is when its scripts have come to rest.

        Raises:
            IgnoreRequest: the page crashed, led elsewhere, did not end in time, or became too large.
        """
        from playwright.async_api import Error

        async with self._room:
            shown = _Shown(self, response)
            running = asyncio.ensure_future(self._run(shown))
            try:
                ends = {running, shown.left}
                await asyncio.wait(ends, timeout=self.timeout, return_when=asyncio.FIRST_COMPLETED)
                if shown.left.done():
                    raise IgnoreRequest(f"the page leads elsewhere by itself, to {shown.left.result()[:200]}")
                if not running.done():
                    raise IgnoreRequest(f"not rendered within {self.timeout:g} s")
                html = running.result()
            except Error as error:
                raise IgnoreRequest(f"not rendered: {error.message.partition(chr(10))[0]}") from error
            finally:
                running.cancel()
                await shown.close()
                await asyncio.gather(running, return_exceptions=True)
        body = html.encode()
        if len(body) > self.most_bytes:
            raise IgnoreRequest(f"rendered, the page has more than {self.most_bytes} bytes")
        self.count("rendered")
        headers = response.headers.copy()
        for name in _UNTRUE:
            headers.pop(name, None)
        headers["Content-Type"] = "text/html; charset=utf-8"
        return response.replace(cls=HtmlResponse, body=body, headers=headers, encoding="utf-8")

    def count(self, what: str) -> None:
        """Count an event in the crawl's statistics."""
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"jarshy/{what}")

    async def _run(self, shown: _Shown) -> str:
        from scrapy_playwright.page import PageMethod

        spider: Any = self.crawler.spider
        meta = {
            "playwright": True,
            "playwright_context": f"page {next(self._names)}",  # nothing is remembered from page to page
            "playwright_context_kwargs": {
                "accept_downloads": False,
                "locale": spider.languages[0],
                "service_workers": "block",
                "timezone_id": spider.zone,  # in which a script prints dates
                "user_agent": self.crawler.settings["USER_AGENT"],
            },
            "playwright_page_init_callback": shown.begin,
            "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": 0},  # `rest` waits for more
            "playwright_page_methods": [PageMethod(shown.rest)],
        }
        rendered = await self._handler.download_request(Request(shown.response.url, meta=meta))
        return str(rendered.text)


class _Shown:
    """One page in the browser, and the answers to all it asks for."""

    def __init__(self, browser: Browser, response: Response) -> None:
        self.response = response
        self.left: asyncio.Future[str] = asyncio.get_running_loop().create_future()  # for which address
        self._browser = browser
        self._page: Page | None = None
        self._navigated = False
        self._requests = browser.most_requests
        self._bytes = browser.most_bytes

    async def begin(self, page: Page, _: Request) -> None:
        """Stand between the page and the network; the handler calls it before anything is asked for."""
        self._page = page
        await page.context.route("**", lambda route: route.abort())  # windows that the page opens
        await page.route("**", self._answer)

    async def rest(self, page: Page) -> None:
        """Wait until the page asks for nothing more; one that never ends is taken as it then is."""
        from playwright.async_api import TimeoutError as NotQuiet

        with suppress(NotQuiet):
            await page.wait_for_load_state("load", timeout=0)  # the bound is around it all
            await page.wait_for_load_state("networkidle", timeout=self._browser.timeout * 1000 / 2)

    async def close(self) -> None:
        """Leave nothing of the page behind: of a browser that does not let go of it, neither."""
        from playwright.async_api import Error

        if self._page is None:
            return
        context = self._page.context
        with suppress(Error):
            try:
                await asyncio.wait_for(context.close(), _CLOSING)
            except TimeoutError:
                logger.warning("event=browser_stuck url=%r", self.response.url)
                if context.browser is not None:
                    await context.browser.close()

    async def _answer(self, route: Route) -> None:
        from playwright.async_api import Error

        answer = await self._fetch(route.request)
        with suppress(Error):  # the page has gone meanwhile
            if answer is None:
                self._browser.count("render_refused")
                await route.abort("blockedbyclient")
                return
            headers = {
                name.decode("latin-1"): b", ".join(values).decode("latin-1")
                for name, values in answer.headers.items()
                if name.lower() not in _NOT_SHOWN
            }
            await route.fulfill(status=answer.status, headers=headers, body=answer.body)

    async def _fetch(self, part: Part) -> Response | None:
        """Give what the page asked for; None for what it does not get."""
        if part.is_navigation_request():
            first, self._navigated = not self._navigated, True
            if first:
                return self.response
            if part.frame.parent_frame is None and not self.left.done():
                self.left.set_result(part.url)
            return None
        if part.resource_type == "stylesheet":
            return _STYLESHEET
        if part.resource_type not in _LOADED or part.method != "GET" or not self._may_ask(part.url):
            return None
        scripts = self._browser.scripts
        if part.resource_type == "script" and part.url in scripts:
            return scripts[part.url]
        self._requests -= 1
        self._browser.count("render_requests")
        sent = {name: value for name, value in part.headers.items() if name in _PASSED_ON}
        engine: Any = self._browser.crawler.engine
        try:
            answer: Response = await engine.download_async(Request(part.url, headers=sent))
        except Exception as error:  # noqa: BLE001 - whatever kept it from coming, the page goes without
            logger.info("event=part_failed url=%r why=%r", part.url[:300], str(error)[:300])
            return None
        self._bytes -= len(answer.body)
        if self._bytes < 0:
            return None
        if part.resource_type == "script" and answer.status == 200:
            held = sum(len(script.body) for script in scripts.values())
            if held + len(answer.body) <= self._browser.most_bytes:
                scripts[part.url] = answer
        return answer

    def _may_ask(self, url: str) -> bool:
        """Whether the page has something left to ask for; which hosts it may ask, Scrapy knows."""
        longest = self._browser.crawler.settings.getint("URLLENGTH_LIMIT")
        within = self._requests > 0 and self._bytes >= 0 and len(url) <= longest
        return within and urlsplit(url).scheme in ("http", "https")


def launch_options(executable: str) -> dict[str, Any]:
    """Give Playwright's options for a Chromium that finds no host and sends no datagram.

    Requests are answered before they would leave it; this is for what is no request: sockets of scripts,
    WebRTC, look-ahead. Chromium's own sandbox is on for everyone but root, whom it does not serve.
    """
    return {
        "executable_path": executable,
        "headless": True,
        "chromium_sandbox": os.geteuid() != 0,
        "handle_sigint": False,  # the crawl ends its pages first
        "handle_sigterm": False,
        "args": [
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # the name it had before
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--no-first-run",
            "--js-flags=--max-old-space-size=256",  # MiB of a page's scripts
        ],
    }
