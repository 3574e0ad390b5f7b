"""What a page says of itself in its head and in its attributes: meta, Open Graph, links, microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from items import OutletFacts
from spiders.extract.dom import fold, having, text_of
from spiders.extract.tables import table, words
from spiders.extract.urls import absolute, canonicalise

_LANG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4})(?![A-Za-z]))?")
_GENERIC_LEVELS: Final = frozenset({"com", "co", "gov", "org", "edu", "net", "ac", "mil", "gob", "go", "or"})
_WITH_ITEMPROP = having("itemprop")
_PER_NAME: Final = 50  # elements of one property
_OTHERS: Final = ("Comment", "Review", "ItemList", "WPSideBar", "WPFooter", "WPHeader", "BreadcrumbList")


@dataclass(frozen=True, slots=True)
class Meta:
    """The `meta` elements of a page by name, property or itemprop in lower case; contents in page order."""

    values: Mapping[str, tuple[str, ...]]

    def every(self, fact: str) -> tuple[str, ...]:
        """Every content under the names that metadata.toml has for a fact, in their order."""
        return tuple(value for name in table("metadata")[fact] for value in self.values.get(name, ()))

    def first(self, fact: str) -> str:
        """The first content for a fact, or ""."""
        return next(iter(self.every(fact)), "")


def read_meta(root: HtmlElement) -> Meta:
    """Gather the `meta` elements of the page, wherever they stand."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = fold(element.get("content", ""))
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in element.get(key, "").lower().split():
                values.setdefault(name, []).append(content)
    return Meta({name: tuple(found) for name, found in values.items()})


def microdata(root: HtmlElement) -> Mapping[str, tuple[HtmlElement, ...]]:
    """The elements of the page's article by `itemprop`, without those of comments, lists and furniture."""
    found: dict[str, list[HtmlElement]] = {}
    for element in _WITH_ITEMPROP(root):
        scope = next((above for above in element.iterancestors() if "itemscope" in above.attrib), None)
        if scope is not None and scope.get("itemtype", "").rstrip("/").endswith(_OTHERS):
            continue
        for name in element.get("itemprop", "").split()[:_PER_NAME]:
            if len(held := found.setdefault(name, [])) < _PER_NAME:
                held.append(element)
    return {name: tuple(held) for name, held in found.items()}


def value_of(element: HtmlElement) -> str:
    """The value of a microdata property (WHATWG HTML §5.2.4): an attribute, else the text."""
    for key in ("content", "datetime"):
        if value := fold(element.get(key, "")):
            return value
    if element.tag in {"img", "source", "video", "audio", "iframe", "embed"}:
        return str(element.get("src", "")).strip()
    if element.tag in {"a", "link", "area"} and not text_of(element):
        return str(element.get("href", "")).strip()
    return text_of(element)


def language_tag(value: str) -> str | None:
    """A BCP 47 tag of language and script from what a page wrote ("kz", "ru_RU", "kk-Arab-CN"), or None."""
    match = _LANG.match(value.strip())
    if match is None:
        return None
    language = match[1].lower()
    language = str(table("labels")["languages"].get(language, language))
    return f"{language}-{match[2].title()}" if match[2] else language


def language_of_address(url: str) -> str | None:
    """The language that the first part of the path names ("/kz/…"), else the host's ("kaz.zakon.kz")."""
    parts = urlsplit(url)
    known = words("labels", "path", "languages")
    first = parts.path.strip("/").split("/")[0].lower()
    if first in known:
        return language_tag(first)
    host = (parts.hostname or "").split(".")
    return language_tag(host[0]) if len(host) > 2 and host[0] in known else None


def same_site(one: str, other: str, outlet: OutletFacts | None) -> bool:
    """Whether two addresses belong to one site: the outlet's hosts, or one registered name."""
    hosts = _host(one), _host(other)
    if not all(hosts):
        return False
    if outlet is not None and all(host in {_bare(own) for own in outlet.hosts} for host in hosts):
        return True
    return site(hosts[0]) == site(hosts[1])


def _host(url: str) -> str:
    try:
        return _bare(urlsplit(url).netloc.rsplit("@", 1)[-1])
    except ValueError:
        return ""


def _bare(host: str) -> str:
    host = host.lower().removeprefix("www.")
    return host.removeprefix("m.") if host.count(".") > 1 else host


def site(host: str) -> str:
    """Give the registered name that a host is under, as its spelling tells; an IP address is its own."""
    if ":" in host or host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _GENERIC_LEVELS and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def site_hosts(outlet: OutletFacts | None) -> tuple[str, ...]:
    """The hosts to fold addresses onto: the outlet's, or none."""
    return outlet.hosts if outlet is not None else ()


def canonical_url(
    root: HtmlElement, meta: Meta, linked_url: str, *, url: str, base: str, outlet: OutletFacts | None
) -> tuple[str, str]:
    """The canonical address of the page, and by which means it was found.

    `rel=canonical`, `og:url` and JSON-LD are believed within the same site only, and not when they name the
    front page.

    Raises:
        ValueError: `url` itself is no http(s) address.
    """
    hosts = site_hosts(outlet)
    links = (e.get("href", "") for e in root.iter("link") if "canonical" in e.get("rel", "").lower().split())
    claims = [
        *((href, "meta") for href in links),
        (next(iter(meta.values.get("og:url", ())), ""), "meta"),
        (linked_url, "json-ld"),
    ]
    own = canonicalise(url, hosts=hosts)
    for href, means in claims:
        found = absolute(base, href) if href else None
        if found is None or not same_site(found, url, outlet):
            continue
        try:
            folded = canonicalise(found, hosts=hosts)
        except ValueError:
            continue
        if urlsplit(folded).path.strip("/") or not urlsplit(own).path.strip("/"):
            return folded, means
    return own, "address"


def alternates(root: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    """The pages that `rel=alternate hreflang` names, as (language as written, absolute address)."""
    for element in root.iter("link"):
        lang = element.get("hreflang", "")
        if (
            not lang
            or lang.lower() == "x-default"
            or "alternate" not in element.get("rel", "").lower().split()
        ):
            continue
        found = absolute(base, element.get("href", ""))
        if found is not None:
            yield lang, found
