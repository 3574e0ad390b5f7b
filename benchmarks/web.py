"""Five outlets on loopback, of any number of pages, for benchmarks: `python -m benchmarks.web`.

Pages have the true structure of their outlets (as the recorded pages of `tests/outlets/` have it) inside what
real pages carry around an article, 40 to 150 kB each. Texts are invented: words at random, with paragraphs of
the attribution cases among them, so that there is something to attribute. Everything but the dates, which
end today, depends on the number of an article alone. One thread, written for speed: it shares the machine
with what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final
from urllib.parse import parse_qs, urlsplit

from benchmarks.furniture import furniture
from benchmarks.web_pages import (
    Item,
    Listing,
    Prose,
    Render,
    akorda,
    cards,
    feed,
    inbusiness,
    tengrinews,
    wordpress,
)

A_DAY: Final = 250  # articles of an outlet
LEAST, MOST = 40_000, 150_000  # bytes of a page, without the article itself
VARIANTS: Final = 24  # of what stands around an article, an outlet
CARDS: Final = 50  # of a listing page, unless they would be too many pages
ZONE: Final = timezone(timedelta(hours=5))
_SLUG: Final = "zhana-kopir-zhane-terminal-ashyldy"


@dataclass(frozen=True, slots=True)
class Channel:
    """The articles of an outlet in one language: where they are, and where they are listed."""

    lang: str
    host: str
    path: str  # of the listing; {page} in it, or the key of the query has the number
    address: Callable[[int, datetime], str]  # of an article, below the host
    key: str = ""
    first: int = 1

    def page(self, path: str, query: dict[str, list[str]]) -> int | None:
        """Tell which page of the listing an address names, from 0; None if it is none of it."""
        if self.key:
            return int(query.get(self.key, [str(self.first)])[0]) - self.first if path == self.path else None
        before, _, after = self.path.partition("{page}")
        number = path.removeprefix(before).removesuffix(after)
        return int(number) - self.first if path.startswith(before) and number.isdigit() else None


@dataclass(frozen=True, slots=True)
class Outlet:
    """How the pages and listings of an outlet are made."""

    channels: tuple[Channel, ...]
    render: Render
    listing: Listing
    pages: int = 20  # of a listing


OUTLETS: Final = {
    "akorda": Outlet(
        tuple(
            Channel(
                lang,
                "www.akorda.kz",
                f"/{prefix}/events",
                lambda n, _, prefix=prefix: f"/{prefix}/{_SLUG}-{100_000 + n}",  # type: ignore[misc]
                "page",
            )
            for lang, prefix in (("kk", "kz"), ("ru", "ru"), ("en", "en"))
        ),
        akorda,
        cards(
            lambda item: f'<div class="card"><h3><a href="{item.url}">{item.headline}</a></h3></div>',
            '<main id="main_block">',
            "</main>",
        ),
    ),
    "inbusiness": Outlet(
        (
            Channel("kk", "inbusiness.kz", "/kz/news", lambda n, _: f"/kz/last/{_SLUG}-{n}", "page"),
            Channel("ru", "inbusiness.kz", "/ru/last", lambda n, _: f"/ru/last/{_SLUG}-{n}", "page"),
        ),
        inbusiness,
        cards(
            lambda item: (
                f'<a href="{item.url}"><time datetime="{item.at.isoformat()}">{item.at:%H:%M}</time>'
                f"<span>{item.headline}</span></a>"
            ),
            '<div class="catitems2">',
            "</div>",
        ),
    ),
    "tengrinews": Outlet(
        tuple(
            Channel(lang, host, "/news/page/{page}/", lambda n, _: f"/kazakhstan_news/{_SLUG}-{300_000 + n}/")
            for lang, host in (("kk", "kaz.tengrinews.kz"), ("ru", "tengrinews.kz"))
        ),
        tengrinews,
        cards(
            lambda item: (
                '<div class="content_main_item"><span class="content_main_item_title">'
                f'<a href="{item.url}">{item.headline}</a></span></div>'
            ),
            '<div class="content_main">',
            "</div>",
        ),
    ),
    "kursiv": Outlet(
        (Channel("ru", "kz.kursiv.media", "/feed/", lambda n, at: f"/{at:%Y-%m-%d}/{_SLUG}-{n}/", "paged"),),
        wordpress,
        feed,
        5,
    ),
    "astanatimes": Outlet(
        (Channel("en", "astanatimes.com", "/feed/", lambda n, at: f"/{at:%Y/%m}/{_SLUG}-{n}/", "paged"),),
        wordpress,
        feed,
        5,
    ),
}


class Web:
    """The outlets' answers. An address may name its host in the path, for who asks without a Host header."""

    def __init__(self, articles: int) -> None:
        """`articles`: of each outlet."""
        self.articles = articles
        self.newest = datetime.now(UTC).astimezone(ZONE).replace(second=0, microsecond=0)
        self.requests: Counter[str] = Counter()  # by host
        self._prose = {lang: Prose(lang) for lang in ("kk", "ru", "en")}
        self._addresses: dict[str, tuple[str, int]] = {}  # "host/path" -> outlet, number of the article
        for name in OUTLETS:
            for number in range(articles):
                self._addresses[self._url(name, number).removeprefix("https://")] = (name, number)

    def urls(self) -> list[str]:
        """Give the address of every article."""
        return [f"https://{address}" for address in self._addresses]

    def outlet(self, url: str) -> str:
        """Give the outlet that an article's address is of."""
        return self._addresses[url.removeprefix("https://")][0]

    def answer(self, host: str, target: str) -> tuple[int, str, bytes]:
        """Give the status, media type and body for an address."""
        if host.startswith("127."):
            host, _, rest = target.lstrip("/").partition("/")
            target = f"/{rest}"
        self.requests[host] += 1
        if found := self._addresses.get(host + target):
            return 200, "text/html; charset=utf-8", self._page(*found)
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /admin/\n"
        if host == "bench":
            told = {"urls": self.urls(), "requests": dict(self.requests)}
            return 200, "application/json", json.dumps(told[parts.path.lstrip("/")]).encode()
        for name, outlet in OUTLETS.items():
            for place, channel in enumerate(outlet.channels):
                page = channel.page(parts.path, parse_qs(parts.query)) if channel.host == host else None
                if page is not None:
                    kind = "application/rss+xml" if outlet.listing is feed else "text/html; charset=utf-8"
                    return 200, kind, self._listing(name, place, page)
        return 404, "text/plain", b"not here\n"

    def _url(self, name: str, number: int) -> str:
        channels = OUTLETS[name].channels
        channel = channels[number % len(channels)]
        return f"https://{channel.host}{channel.address(number, self._at(number))}"

    def _at(self, number: int) -> datetime:
        return self.newest - timedelta(minutes=number * 24 * 60 // A_DAY)

    def _item(self, name: str, number: int) -> Item:
        channels = OUTLETS[name].channels
        lang = channels[number % len(channels)].lang
        chance = random.Random(f"{name} {number}")
        prose = self._prose[lang]
        headline = f"{prose.words(chance, 7).translate(_PLAIN).capitalize()} {number % 997}"
        paragraphs = tuple(prose.paragraphs(chance))
        return Item(self._url(name, number), lang, self._at(number), headline, paragraphs, number)

    def _page(self, name: str, number: int) -> bytes:
        item = self._item(name, number)
        before, after = self._around(name, item.lang, number * 7 % VARIANTS)
        return OUTLETS[name].render(item, before, after).encode()

    @cache  # noqa: B019 - one of them a process
    def _around(self, name: str, lang: str, variant: int) -> tuple[str, str]:
        chance = random.Random(f"{name} {variant}")
        prose = self._prose[lang]
        size = LEAST + (MOST - LEAST) * variant // (VARIANTS - 1)
        return furniture(size, lambda: prose.words(chance, chance.randint(2, 9)), chance)

    def _listing(self, name: str, place: int, page: int) -> bytes:
        outlet = OUTLETS[name]
        step = len(outlet.channels)
        mine = range(place, self.articles, step)
        size = max(CARDS, -(-len(mine) // outlet.pages))
        return outlet.listing(self._item(name, n) for n in mine[page * size : (page + 1) * size]).encode()


_PLAIN: Final = str.maketrans("", "", "\"'<>&")


class _Protocol(asyncio.Protocol):
    """HTTP/1.1, GET alone, connections kept."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._held = (self._held + data).split(b"\r\n\r\n")
        for head in heads:
            first, *lines = head.decode("latin-1").split("\r\n")
            hosts = (line[5:].strip() for line in lines if line[:5].lower() == "host:")
            status, kind, body = self._web.answer(next(hosts, ""), first.split(" ")[1])
            told = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(told.encode() + body)


async def _serve(articles: int) -> None:
    web = Web(articles)
    server = await asyncio.get_running_loop().create_server(lambda: _Protocol(web), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until told to stop; prints the port first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000, help="of each of the five outlets")
    asyncio.run(_serve(parser.parse_args().articles))


if __name__ == "__main__":
    main()
