"""What a page says of its site: its feeds, its editions, its name, what made it. Pure; HTML in, facts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.extract.dom import fold, parse
from spiders.extract.jsonld import Linked, read_jsonld
from spiders.extract.meta import Meta, alternates, language_of_address, read_meta, same_site
from spiders.extract.urls import absolute

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
USUAL_FEEDS = ("/rss", "/feed/", "/rss.xml", "/feed.xml")  # asked where a site names none
USUAL_SITEMAP = "/sitemap.xml"
MAX_NAMED = 20  # feeds, editions or sitemaps that are told of one page
LIKE_AN_ARTICLE = re.compile(r"\d{4,}|[^/]{25,}/?$")  # a path with a number or a headline: menus have neither
_FEED_PATH = re.compile(r"(?:^|/)(?:rss|feed|atom)(?:[/._-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|коммент|пікір", re.IGNORECASE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_TITLE_MOST = 80  # characters of a site's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a page of a site says beside its article. Addresses are absolute and of the same site."""

    url: str  # of the page
    title: str  # the site's name, "" where it says none
    lang: str  # of the `html` element, as written
    feeds: tuple[str, ...]  # by `rel=alternate`, then by links; feeds of comments are left out
    editions: tuple[tuple[str, str], ...]  # (language as written, address): by hreflang, then by links
    generator: str  # what made the page, as it says: "WordPress 6.9"
    linked: bool  # whether JSON-LD tells of an article
    links: tuple[str, ...]  # in page order, each once


def read_site(text: str, url: str) -> Named:
    """Read what a page says of its site.

    Args:
        text: the page, decoded.
        url: where it was read, after redirects.
    """
    root, _ = parse(text)
    meta, linked = read_meta(root), read_jsonld(root, url=url)
    base = next((found for each in root.iter("base") if (found := absolute(url, each.get("href", "")))), url)
    hrefs = (absolute(base, anchor.get("href", "")) for anchor in root.iter("a"))
    links = dict.fromkeys(href for href in hrefs if href and same_site(href, url, None))
    feeds = [
        *_alternate_feeds(root, base),
        *(link for link in links if _FEED_PATH.search(urlsplit(link).path)),
    ]
    own = [feed for feed in dict.fromkeys(feeds) if same_site(feed, url, None) and not _COMMENTS.search(feed)]
    editions = [pair for pair in alternates(root, base) if same_site(pair[1], url, None)]
    editions += [(lang, link) for link in links if is_home(link) and (lang := language_of_address(link))]
    return Named(
        url=url,
        title=_title(meta, linked),
        lang=str(root.get("lang", "")),
        feeds=tuple(own[:MAX_NAMED]),
        editions=tuple(dict.fromkeys(editions))[:MAX_NAMED],
        generator=next(iter(meta.values.get("generator", ())), ""),
        linked=bool(linked.headline),
        links=tuple(links),
    )


def sitemaps_of(robots: str) -> tuple[str, ...]:
    """Give the addresses on the `Sitemap:` lines of a robots.txt (sitemaps.org), those of news first."""
    named = (absolute(address, address) for address in _SITEMAP.findall(robots))
    found = list(dict.fromkeys(address for address in named if address))[:MAX_NAMED]
    return tuple(sorted(found, key=lambda address: "news" not in address.lower()))


def is_home(url: str) -> bool:
    """Tell whether an address is a front page, of the site or of one of its languages: by the path."""
    return len(urlsplit(url).path.strip("/")) <= len("kk")


def registered_name(host: str) -> str:
    """Give the name that a host's owner registered: "nur.kz" of "kaz.nur.kz"."""
    labels = host.partition(":")[0].split(".")
    names = (".".join(labels[-count:]) for count in range(2, len(labels)))
    return next((name for name in names if same_site(f"https://{name}", f"https://{host}", None)), host)


def _alternate_feeds(root: HtmlElement, base: str) -> Iterator[str]:
    for link in root.iter("link"):
        kind = link.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in link.get("rel", "").lower().split() and kind in FEED_TYPES:
            found = absolute(base, link.get("href", ""))
            if found is not None and not _COMMENTS.search(link.get("title", "")):
                yield found


def _title(meta: Meta, linked: Linked) -> str:
    named = (*meta.values.get("og:site_name", ()), linked.publisher, *meta.every("site"))
    return next((fold(name)[:_TITLE_MOST] for name in named if name and "://" not in name), "")
