"""Outlets whose articles move, repeat, go and are spelt anew, in ways that a crawl must see through."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from spiders.support.listings import DatedListing, FeedListing, Listing, PagedListing, SitemapListing
from tests.crawls.fleet import Answer, Site, World, outlet
from tests.faults.wire import Wire

SETTINGS = {"RETRY_TIMES": 0, "AUTOTHROTTLE_ENABLED": False}
ABOUT = ("больницу", "школу", "мост", "театр", "вокзал", "музей", "рынок", "стадион", "завод", "парк")
KAZAKH = "Қала әкімі жаңа мектептің құрылысы күзге дейін аяқталатынын, қаржы бюджеттен бөлінгенін айтты. "
WORLD = World({})


def headline(number: int) -> str:
    return f"В городе № {number} откроют {ABOUT[number % 10]} осенью"


def page(number: int, *, head: str = "", lang: str = "ru", title: str = "", more: str = "") -> str:
    title = title or headline(number)
    graph = {"@type": "NewsArticle", "headline": title, "datePublished": "2026-11-20T10:00:00+05:00"}
    text = KAZAKH * 3 if lang == "kk" else (
        f"Аким сообщил, что {ABOUT[number % 10]} номер {number} построят до конца осени. Средства выделили "
        f"из бюджета района {number}, подрядчика выбрали на конкурсе, а жители ждали этого {number + 3} лет."
    )  # fmt: skip
    return (
        f'<!doctype html><html lang={lang}><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script></head><body>'
        f"<article><h1>{title}</h1><p>{text}</p><p>{text}{more}</p></article></body></html>"
    )


def html(text: str, *headers: str) -> Answer:
    return lambda wire: wire.answer(text.encode(), *headers)


def items(*entries: tuple[str, str]) -> bytes:
    """Give an RSS feed of (what an item holds, its title)."""
    each = "".join(f"<item><title>{title}</title>{inner}</item>" for inner, title in entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{each}</channel></rss>'.encode()


def feed(*entries: tuple[str, int]) -> Answer:
    """Give a feed of (path, number) on the host that is asked."""
    return lambda wire: wire.answer(
        items(*((f"<link>http://{wire.host}{path}</link>", headline(n)) for path, n in entries))
    )


def by_run(*each: Answer) -> Answer:
    """Answer the first way in the first run, and so on; the last way ever after."""
    return lambda wire: each[min(WORLD.run, len(each)) - 1](wire)


def cards(*entries: tuple[str, int]) -> str:
    return "".join(f"<div class=c><a href='{path}'>{headline(n)}</a></div>" for path, n in entries)


def gone(status: str, *headers: str) -> Answer:
    return lambda wire: wire.answer(b"", *headers, status=status)


def conditional(body: Callable[[Wire], bytes], etags: tuple[str, ...], modified: str = "") -> Answer:
    """A server that answers 304 to whoever names its tag, with the tag of this run."""

    def answer(wire: Wire) -> Wire:
        tag = etags[min(WORLD.run, len(etags)) - 1] if etags else ""
        told = [f"ETag: {tag}"] if tag else []
        told += [f"Last-Modified: {modified}"] if modified else []
        if b"if-none-match" in wire.head.lower() or b"if-modified-since" in wire.head.lower():
            return wire.answer(b"", *told, status="304 Not Modified")
        return wire.answer(body(wire), *told)

    return answer


def plain(*numbers: int) -> Site:
    return {f"/a/{n}": html(page(n)) for n in numbers}


def pair(number: int, lang: str, other: str, path: str) -> str:
    host = "http://pairs.example.kz"
    links = "".join(
        f"<link rel=alternate hreflang={code} href='{host}{where}'>"
        for code, where in ((other, path), ("x-default", "/"))
    )
    title = "" if lang == "ru" else "Қалада жаңа мектеп күзде ашылады"
    return page(number, lang=lang, head=links, title=title)


LOGIN = "<html><body><h1>Войдите</h1><form><input name=login></form><a href=/login>Вход</a></body></html>"
FRONT = "<html><head><meta property=og:type content=website></head><body><h1>Новости</h1>" + cards(
    *((f"/a/{n}", n) for n in range(50, 60))
)


def named(base: str, *paths: str) -> bytes:
    urls = "".join(f"<url><loc>http://{base}{path}</loc></url>" for path in paths)
    return f"<urlset>{urls}</urlset>".encode()


def one(wire: Wire) -> bytes:
    """A feed of /a/1."""
    return items((f"<link>http://{wire.host}/a/1</link>", headline(1)))


SITES: dict[str, Site] = {
    # A listing whose last page is served for ever.
    "repeats": {
        "/l?page=1": html(cards(("/a/1", 1), ("/a/2", 2))),
        "/l?page=2": html(cards(("/a/3", 3), ("/a/1", 1))),
        **{f"/l?page={n}": html(cards(("/a/3", 3), ("/a/1", 1))) for n in range(3, 21)},
        **plain(1, 2, 3),
    },
    # One article under eight spellings of its address.
    "spelt": {
        "/feed": feed(
            ("/a/1", 1), ("/a/1/", 1), ("/a/1?utm_source=rss", 1), ("/a/1#top", 1), ("/a/1/amp", 1),
            ("//a/1", 1),             ("/a/2?id=7&amp;v=1", 2), ("/a/2?v=1&amp;id=7", 2),
        ),
        **plain(1), "/a/2?id=7&v=1": html(page(2)),
    },
    # AMP and mobile copies, which name the article as their canonical.
    "copies": {
        "/feed": feed(("/a/1", 1), ("/a/mobile-1", 1), ("/a/2", 2)),
        "/a/1": html(page(1)),
        "/a/mobile-1": html(page(1, head="<link rel=canonical href=/a/1>")),
        "/a/2": html(page(2, head="<link rel=amphtml href=/a/2/amp>")),
    },
    # Canonicals that are not to be believed: another site's, the front page.
    "elsewhere": {
        "/feed": feed(("/a/1", 1), ("/a/2", 2), ("/a/3", 3)),
        "/a/1": html(page(1, head="<link rel=canonical href=https://other.example/a/9>")),
        "/a/2": html(page(2, head="<link rel=canonical href=/>")),
        "/a/3": html(page(3, head="<link rel=canonical href='javascript:x'>")),
    },
    # Items whose guid is no link, or the only link.
    "guids": {
        "/feed": lambda wire: wire.answer(items(
            (f"<guid isPermaLink='false'>tag:1</guid><link>http://{wire.host}/a/1</link>", headline(1)),
            (f"<guid>http://{wire.host}/a/2</guid>", headline(2)),
            ("<guid>12345</guid>", headline(3)), ("<guid isPermaLink='false'>/a/4</guid>", headline(4)),
            (f"<link>/a/5</link><guid>http://{wire.host}/?p=5</guid>", headline(5)),
        )),
        **plain(1, 2, 3, 4, 5),
    },
    "tags": {"/feed": conditional(one, ('"one"', '"two"', '"three"')), **plain(1)},
    "future": {"/feed": conditional(one, (), "Sat, 01 Jan 2095 00:00:00 GMT"), **plain(1)},
    "login": {"/feed": by_run(feed(("/a/1", 1)), html(LOGIN, 'ETag: "login"'),
                              feed(("/a/1", 1), ("/a/2", 2))),
              **plain(1, 2)},
    "gone": {"/feed": by_run(feed(("/a/1", 1), ("/a/2", 2)), feed(("/a/1", 9), ("/a/2", 2))),
             "/a/1": by_run(html(page(1)), gone("410 Gone")), "/a/2": html(page(2))},
    "turned": {"/feed": by_run(feed(("/a/1", 1)), feed(("/a/1", 9))),
               "/a/1": by_run(html(page(1)), html(FRONT))},
    "charset": {
        "/feed": by_run(feed(("/a/1", 1)), feed(("/a/1", 9))),
        "/a/1": by_run(
            lambda wire: wire.answer(page(1).replace("utf-8", "cp1251").encode("cp1251"), kind="text/html"),
            html(page(1)),
        ),
    },
    "pairs": {"/feed": feed(("/a/1", 1), ("/a/kk-77", 1)), "/a/1": html(pair(1, "ru", "kk", "/a/kk-77")),
              "/a/kk-77": html(pair(1, "kk", "ru", "/a/1"))},
    "moved": {"/feed": by_run(feed(("/a/old", 1)), feed(("/a/new", 1)), feed(("/a/old", 1), ("/a/new", 1))),
              "/a/old": gone("301 Moved", "Location: /a/new"), "/a/new": html(page(1))},
    "mixed": {"/feed": feed(("/a/1", 1)), "/kk": gone("404 Not Found"), **plain(1)},
    "maps": {
        "/robots.txt": lambda wire: wire.answer(
            f"User-agent: *\nDisallow: /a/9\nsitemap:  http://{wire.host}/index.xml.gz \nSitemap: http://other.example/x.xml\n"
            "Sitemap: /relative.xml\n".encode(), kind="text/plain",
        ),
        "/index.xml.gz": lambda wire: wire.answer(gzip.compress(
            f"<sitemapindex><sitemap><loc>http://{wire.host}/1.xml.gz</loc></sitemap></sitemapindex>".encode()
        ), kind="application/x-gzip"),
        "/1.xml.gz": lambda wire: wire.answer(gzip.compress(named(wire.host, "/a/1", "/a/2", "/a/9", "/t/1")),
                                              kind="application/x-gzip"),
        "/relative.xml": lambda wire: wire.answer(named(wire.host, "/a/3")),
        **plain(1, 2, 3, 9),
    },
    "days": {
        **{f"/day?date=2026-11-{d}": html(cards((f"/a/{d}", d))) for d in range(10, 26)},
        "/day?date=2026-11-21": html("<p>Нет новостей</p>"), **plain(*range(10, 26)),
    },
}  # fmt: skip


def _url(name: str, path: str = "/feed") -> str:
    return f"http://{name}.example.kz{path}"


LISTINGS: dict[str, tuple[Listing, ...]] = {
    "repeats": (PagedListing(url=_url("repeats", "/l?page={page}"), card=".c"),),
    "mixed": (FeedListing(url=_url("mixed")), FeedListing(url=_url("mixed", "/kk"), lang="kk")),
    "maps": (SitemapListing(url=_url("maps", "/robots.txt")),),
    "days": (DatedListing(url=_url("days", "/day?date={date}"), card=".c"),),
}
FLEET = {
    name: outlet(name, *LISTINGS.get(name, ()), module=__name__, languages=("ru", "kk")) for name in SITES
}


def world() -> World:
    WORLD.sites = {f"{name}.example.kz": site for name, site in SITES.items()}
    return WORLD
