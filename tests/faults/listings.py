"""What goes wrong with a feed, a sitemap or robots.txt."""

from __future__ import annotations

import gzip

from tests.faults.scenario import LISTED, MOST, feed, head, ill, page, to

# Listings
LAUGHS = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
ill(
    "feed-laughs",
    "the feed nests entities (a billion laughs)",
    lambda wire: wire.answer(
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss><channel><title>&l9;</title></channel>'.encode(),
        kind="application/rss+xml",
    ),
    "the listing holds no article",
)
ill(
    "feed-blown",
    "the feed names 50 KB of text three thousand times (quadratic blow-up)",
    lambda wire: wire.answer(
        b'<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY x "'
        + b"a" * 50_000
        + b'">\n]>\n'
        + feed(wire.host, "/a/good").partition(b"?>")[2].replace(b"<title>/a", b"&x;" * 3000 + b"<title>/a")
    ),
    becomes=f"{LISTED}; no entity is resolved",
    outcome="ok",
    good=True,
)
ill(
    "feed-external",
    "the feed names an external DTD and entity",
    lambda wire: wire.answer(
        b'<!DOCTYPE rss SYSTEM "http://feed-external.example.kz/a/secret" '
        b'[<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + feed(wire.host, "/a/good").partition(b"?>")[2].replace(b"<title>x", b"<title>&x;"),
        kind="application/rss+xml",
    ),
    becomes=f"{LISTED}; nothing external is read",
    outcome="ok",
    good=True,
)
ill(
    "feed-vast",
    "the feed has 30,000 entries",
    lambda wire: wire.answer(
        feed(wire.host, "/a/good", *["/a/good"] * 60_000)
        .replace(b"<title>/a/good</title>", b"")
        .replace(b"http://feed-vast.example.kz", b"")[:MOST]
    ),
    becomes="its first 5,000 entries are read",
    outcome="ok",
    good=True,
)
ill(
    "feed-endless",
    "the feed has no end",
    lambda wire: wire.send(head()).flood(b"<item><link>/a/x</link></item>" * 1000),
    "larger than an answer may be",
)
ill(
    "feed-html",
    "the feed is a page",
    page("<html><body><h1>Not found</h1></body></html>"),
    "the listing holds no article",
)
ill("feed-empty", "the feed is empty", page(b""), "the listing holds no article")
ill(
    "feed-cut",
    "the feed breaks off",
    lambda wire: wire.answer(feed(wire.host, "/a/good", "/a/bad")[:-60]),
    becomes=LISTED,
    outcome="ok",
    good=True,
)
ill(
    "feed-json",
    "the feed is JSON, 100,000 deep",
    page(b'{"items":' + b"[" * 100_000),
    "the listing holds no article",
)
ill(
    "feed-elsewhere",
    "the feed names other sites, addresses inside, ports, schemes",
    lambda wire: wire.answer(
        feed(wire.host, "/a/good").replace(
            b"</channel>",
            b"".join(
                b"<item><link>%s</link></item>" % each
                for each in (
                    b"http://169.254.169.254/a/1",
                    b"http://127.0.0.1/a/2",
                    b"http://other.example.kz/a/3",
                    b"http://feed-elsewhere.example.kz:22/a/4",
                    b"file:///a/5",
                    b"javascript:/a/6",
                    b"http://u:p@feed-elsewhere.example.kz/a/bad",
                )
            )
            + b"</channel>",
        )
    ),
    becomes="the outlet's own articles are crawled, nothing else is asked for",
    outcome="partial",
    good=True,
)
ill(
    "feed-many",
    "the feed names 300 articles that never answer",
    lambda wire: wire.answer(feed(wire.host, "/a/good", *(f"/a/silent{n}" for n in range(300)))),
    becomes="the outlet's time runs out; what came is stored, the next crawl goes on",
    outcome="failed",
    good=True,
)
ill(
    "map-itself",
    "a sitemap index names itself",
    lambda wire: wire.answer(
        b"<sitemapindex>"
        + b"".join(
            b"<sitemap><loc>http://map-itself.example.kz/feed?%d</loc></sitemap>" % n for n in range(200)
        )
        + b"</sitemapindex>"
    ),
    becomes="its newest 5 are read, and no index in an index",
    outcome="ok",
    sitemap=True,
)
ill(
    "map-bomb",
    "a sitemap is a gzip bomb",
    lambda wire: wire.answer(
        gzip.compress(
            b"<urlset>" + b"<url><loc>http://map-bomb.example.kz/a/good</loc></url>" + b"<x/>" * 10_000_000, 1
        ),
        kind="application/gzip",
    ),
    becomes="its first elements are read",
    outcome="ok",
    good=True,
    sitemap=True,
)
ill(
    "map-laughs",
    "a sitemap nests entities",
    lambda wire: wire.answer(
        f'<!DOCTYPE u [<!ENTITY l0 "lol">{LAUGHS}]><urlset><url><loc>http://map-laughs.example.kz/a/good</loc><lastmod>&l9;</lastmod></url></urlset>'.encode()
    ),
    "the listing holds no article",
    becomes="no entity is resolved; the outlet's crawl fails",
    sitemap=True,
)

# robots.txt
R = "/robots.txt"
ill(
    "robots-vast",
    "robots.txt is larger than any answer may be",
    lambda wire: wire.answer(b"Disallow: /x\n" * (MOST // 10), kind="text/plain"),
    at=R,
    told_at="/feed",
    told="robots.txt could not be had",
    becomes="nothing is asked of the outlet (RFC 9309, 2.3.1.4); its crawl fails",
)
ill(
    "robots-endless",
    "robots.txt has no end",
    lambda wire: wire.send(head()).flood(b"Disallow: /x\n" * 1000),
    at=R,
    told_at="/feed",
    told="robots.txt could not be had",
    becomes="nothing is asked of the outlet (RFC 9309, 2.3.1.4); its crawl fails",
)
ill(
    "robots-round",
    "robots.txt redirects to itself",
    to("/robots.txt"),
    at=R,
    becomes="the crawl goes on as without one",
    outcome="ok",
    good=True,
)
ill(
    "robots-inside",
    "robots.txt redirects to an address inside",
    to("http://169.254.169.254/robots.txt"),
    "robots.txt could not be had",
    at=R,
    told_at="/feed",
    becomes="nothing is asked, inside or of the outlet; its crawl fails",
)
ill(
    "robots-page",
    "robots.txt is a page",
    page("<html>Disallow: /</html>"),
    at=R,
    becomes="the crawl goes on",
    outcome="ok",
    good=True,
)
ill(
    "robots-delay",
    "robots.txt asks for a pause of thirty years",
    page("User-agent: *\nCrawl-delay: 1000000000\n", kind="text/plain"),
    "the outlet's time was over",
    at=R,
    told_at="/feed",
    becomes="it is obeyed; the outlet's time runs out",
    outcome="failed",
)
ill(
    "robots-delay-none",
    "robots.txt asks for a pause that is no number",
    page("User-agent: *\nCrawl-delay: nan\nCrawl-delay: inf\nCrawl-delay: -5\n", kind="text/plain"),
    at=R,
    becomes="the crawl goes on at its own pace",
    outcome="ok",
    good=True,
)
ill(
    "robots-pattern",
    "robots.txt has a pattern made to be slow",
    page("User-agent: *\nDisallow: /" + "*a" * 4000 + "$\n", kind="text/plain"),
    at=R,
    becomes="the crawl goes on",
    outcome="ok",
    good=True,
)
