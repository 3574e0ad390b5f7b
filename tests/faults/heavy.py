"""Pages and listings as large, deep or endless as the project's own bounds let them be.

Every outlet is `NAME.example.kz`, has a feed of two articles at `/feed`, and answers well but for its fault:
`/a/good` is always good, `/a/bad` or the listing is what goes wrong.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from spiders.support.listings import FeedListing, Listing, PagedListing, SitemapListing
from tests.crawls.fleet import Answer, Site, World, outlet
from tests.faults.fault import Fault, Table
from tests.faults.scenario import FINE, GOOD, LISTED, NEVER, TEXT, article, feed
from tests.faults.wire import Wire

# The time of a page is other suites' affair: here it would tell how much else the machine has to do.
SETTINGS = {"RETRY_TIMES": 0, "AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_TIMEOUT": 200}
MB = 1_000_000
Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heavy:
    """A fault, and what must come of it: an article, or an error that holds what is told."""

    fault: Fault
    make: Make
    packed: bool = False
    listing: Listing | None = None
    good: bool = True


def _inside(more: str) -> bytes:
    """An article's page with something before its text."""
    return article("вторая").replace("<article>", f"<article>{more}", 1).encode()


def _plain(text: str) -> bytes:
    """A page that has its text in its body alone."""
    page = article("вторая")
    start, end = page.index("<script"), page.index("</script>")
    head = '<meta property="article:published_time" content="2026-11-20T10:00:00+05:00">'
    return (page[:start] + head + page[end + 9 :]).replace("</article>", f"{text}</article>").encode()


def _linked(script: str, times: int = 1) -> bytes:
    tag = f'<script type="application/ld+json">{script}</script>'
    return article("вторая").replace("</head>", tag * times + "</head>").encode()


def _headed(tag: str, times: int) -> bytes:
    return article("вторая").replace("</head>", tag * times + "</head>").encode()


def _deep() -> bytes:
    return _linked('{"a":' * 10_000 + "1" + "}" * 10_000)


_ATTRIBUTES = "".join(f" a{n}=1" for n in range(1_000_000))
_LINKS = "".join(f'<a href="/a/{n}">ссылка {n}</a>' for n in range(100_000))
HEAVY: list[Heavy] = []


def _page(name: str, does: str, make: Make, told: str = "", *, packed: bool = False) -> None:
    becomes = (NEVER if told and not packed else FINE) if not packed else "it is not unpacked; " + LISTED
    HEAVY.append(
        Heavy(fault=Fault(name=name, does=does, becomes=becomes, told=told), make=make, packed=packed)
    )


def _listing(
    name: str, does: str, make: Make, becomes: str, told: str = "", listing: Listing | None = None
) -> None:
    fault = Fault(name=name, does=does, becomes=becomes, told=told)
    HEAVY.append(Heavy(fault=fault, make=make, listing=listing, good=not told))


_page("nest", "opens two million elements in one another", lambda: b"<div>" * (2 * MB) + GOOD, "no body")
_page(
    "nest-packed", "packs 50 MB of open elements into 50 KB", lambda: gzip.compress(b"<div>" * (10 * MB), 1),
    "unpacked, it is more than", packed=True,
)  # fmt: skip
_page("attributes", "gives one element a million attributes", lambda: _inside(f"<p{_ATTRIBUTES}>x</p>"))
_page("paragraph", "has one paragraph of 5 MB", lambda: _plain(f"<p>{TEXT * 14_000}</p>"), "no body")
_page("lines", "has four million lines of one letter", lambda: _plain("<pre>" + "x\n" * (4 * MB) + "</pre>"))
_page(
    "said",
    "quotes the minister sixty thousand times",
    lambda: _plain("<p>«Да», — сказал министр.</p>" * 60_000),
)
_page("capital", "has a word of 300,000 capitals", lambda: _plain(f"<p>{'А' * 300_000}</p>"))
_page("links", "links to 100,000 pages", lambda: _inside(_LINKS))
_page("nuls", "is 9 MB of NUL", lambda: _inside("\0" * (9 * MB)))
_page(
    "references",
    "has millions of broken character references",
    lambda: _inside("&#x110000;&#0;&amp" * 500_000),
    "no body",
)
_page("linked-deep", "nests its JSON-LD ten thousand deep", _deep)
_page(
    "linked-often",
    "has 100,000 scripts of JSON-LD",
    lambda: _linked('{"@type":"NewsArticle","name":"x"}', 100_000),
)
_page(
    "languages",
    "names 100,000 translations",
    lambda: _headed("<link rel=alternate hreflang=kk href=/a/x>", 100_000),
)
_page("headings", "has 100,000 headings", lambda: _inside("<h1>Другой заголовок</h1>" * 100_000))
_page(
    "comment",
    "opens a comment that never ends, after 9 MB of them",
    lambda: _inside("<!---->" * MB + "<!--"),
    "",
)

_listing(
    "feed-title", "the feed has a title of 9 MB",
    lambda: feed("feed-title.example.kz", "/a/good").replace(b"<title>/a/good", b"<title>" + b"x" * (9 * MB)),
    LISTED,
)  # fmt: skip
_listing(
    "feed-nest", "the feed opens a million elements in one another",
    lambda: b"<rss><channel>" + b"<item>" * MB, "the outlet's crawl fails; the other outlets' do not",
    "the listing holds no article",
)  # fmt: skip
_listing(
    "map-nest", "a sitemap opens a million elements in one another",
    lambda: b"<urlset>" + b"<url>" * MB, "the outlet's crawl fails; the other outlets' do not",
    "the listing holds no article", SitemapListing(url="http://map-nest.example.kz/feed"),
)  # fmt: skip
_listing(
    "cards", "a listing has 100,000 cards", lambda: b"<p><a href=/a/good>x</a></p>" * 100_000,
    "its first 500 cards are read",
    listing=PagedListing(url="http://cards.example.kz/feed", card="p"),
)  # fmt: skip
_listing(
    "pages", "a listing goes on for ever, each page with the same links and new ones to days",
    lambda: b"<p><a href=/a/good>x</a><p><a href=/feed?page=9999>next</a><p><a href=/day/1970-01-01>1</a>",
    "it ends at the second page, which brings nothing new; no link but an article's is followed",
    listing=PagedListing(url="http://pages.example.kz/feed?page={page}", card="p"),
)  # fmt: skip


@cache
def _made(make: Make) -> bytes:
    return make()


def _answer(each: Heavy, wire: Wire) -> Wire:
    body = _made(each.make)
    return wire.answer(body, *(["Content-Encoding: gzip"] if each.packed else []))


def _site(each: Heavy) -> Site:
    host = f"{each.fault.name}.example.kz"
    good: Answer = lambda wire: wire.answer(GOOD)  # noqa: E731 - as the others are
    bad: Answer = partial(_answer, each)
    if each.listing is None and not each.fault.name.startswith("feed"):
        listed: Answer = lambda wire: wire.answer(feed(host, "/a/good", "/a/bad"))  # noqa: E731
        return {"/feed": listed, "/a/good": good, "/a/bad": bad}
    pages = {f"/feed?page={n}": bad for n in range(1, 100)}
    return {"/feed": bad, "/a/good": good, **pages}


def _numbered(number: int, wire: Wire) -> Wire:
    return wire.answer(article(str(number), TEXT.replace("больниц", f"домов № {number} и")).encode())


SITES = {f"{each.fault.name}.example.kz": _site(each) for each in HEAVY}
SITES["plain.example.kz"] = {
    "/feed": lambda wire: wire.answer(feed(wire.host, *(f"/a/{n}" for n in range(20)))),
    **{f"/a/{n}": partial(_numbered, n) for n in range(20)},
}
FLEET = {
    each.fault.name: outlet(
        each.fault.name,
        each.listing or FeedListing(url=f"http://{each.fault.name}.example.kz/feed"),
        module=__name__,
    )
    for each in HEAVY
}
FLEET["plain"] = outlet("plain", module=__name__)

TABLE = Table(
    title="Pages as heavy as they may be",
    intro=(
        "One process crawls these outlets side by side under the project's own bounds (10 MB an answer,\n"
        "1 GB of memory). Each ends as an article or a counted error; all others' articles are kept."
    ),
    faults=[each.fault for each in HEAVY],
)


def world() -> World:
    for each in HEAVY:
        _made(each.make)  # before the crawl, whose time it is not to take
    return World(SITES)
