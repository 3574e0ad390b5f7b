"""What an outlet's file will declare, decided from what a look at its site found. Nothing is written."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from items import OutletFacts
from pipelines.attribution.identity import OUTLET_KINDS, Directory
from pipelines.newcomer.patterns import pattern_of
from pipelines.newcomer.whereabouts import whereabouts
from pipelines.recorded import read_recorded
from pipelines.text.language import detect, tag
from spiders.base import Confidence
from spiders.extract.urls import canonicalise
from spiders.support.findings import Findings, Found, Recorded
from spiders.support.listings import FeedListing, Listing, PagedListing
from spiders.support.site import LIKE_AN_ARTICLE, registered_name

_WORDPRESS_PAGES: Final = 5
_WORDPRESS_ENTRIES: Final = 10  # of a feed by default: one with fewer has no older ones
_TOLD_HEADLINES: Final = 20  # of a listing, which tell its language


class NoOutlet(ValueError):  # noqa: N818 - what came of the look
    """The findings make no outlet; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A recorded page with what is read of it; `missing` names required fields that are not."""

    name: str  # "kk-1"
    body: bytes
    meta: dict[str, Any]
    expected: dict[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that is to be written of a new outlet."""

    facts: OutletFacts
    known_source: bool  # whether the register of sources has `facts.source`
    editions: tuple[str, ...]
    confidence: Confidence
    listings: tuple[Found, ...]
    allow: str
    deny: str
    cases: tuple[Case, ...]

    def is_article(self, url: str) -> bool:
        """Tell whether an address may be an article's, as the outlet's spider will."""
        path = urlsplit(url).path
        return bool(re.search(self.allow, path)) and not (self.deny and re.search(self.deny, path))


def draft(findings: Findings, *, register: Directory, taken: Collection[str], name: str = "") -> Draft:
    """Decide what to declare.

    Args:
        findings: of one look.
        register: the sources that are known.
        taken: names of outlets and other modules that there are.
        name: the outlet's; by default made of its host.

    Raises:
        NoOutlet: nothing answered, or the name is taken or no name of a module.
    """
    if not findings.homes:
        raise NoOutlet("; ".join(findings.notes) or f"{findings.url} gave nothing")
    home = findings.homes[0]
    host = urlsplit(home.url).netloc
    name = name or name_of(host, taken)
    if name in taken or not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise NoOutlet(f"{name!r} is taken, or no name of a module; give another with --name")
    place = whereabouts(host)
    title = next((each.title for each in findings.homes if each.title), registered_name(host))
    facts = OutletFacts(
        name=name,
        title=title,
        home=f"https://{host}",
        hosts=(host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"),
        zone=place.zone,
        languages=(),
        rights=f"© {title}",
        country=place.country,
    )
    languages = _languages(findings.articles, facts, tag(home.lang))
    key = _source(register, facts, languages)
    facts = replace(facts, languages=languages, source=key)
    listings = [replace(found, listing=_declared(found, findings, languages)) for found in findings.listings]
    own = PagedListing(url=f"{facts.home}/", card="a", link="", pages=1)
    listings = listings or [Found(listing=own, named_by="nobody: a usual place")]
    allow = pattern_of([urlsplit(each.url).path for found in listings for each in found.candidates])
    if not allow and any(isinstance(found.listing, PagedListing) for found in listings):
        allow = LIKE_AN_ARTICLE.pattern
    return Draft(
        facts=facts,
        known_source=key in register.sources,
        editions=_editions(findings, facts.hosts),
        confidence=_confidence(findings),
        listings=tuple(listings),
        allow=allow,
        deny=_deny(allow, [found.listing for found in listings]),
        cases=tuple(_cases(findings.articles, facts, listings)),
    )


def name_of(host: str, taken: Collection[str]) -> str:
    """Give the name of a host's outlet: "nur" of "kaz.nur.kz", "kg24" of "24.kg", "gazeta_uz" where taken."""
    own, _, domain = registered_name(host).partition(".")
    label, domain = (re.sub(r"[^a-z0-9]", "_", text) for text in (own, domain))
    name = f"{domain}{label}" if label[:1].isdigit() else label
    return f"{name}_{domain}" if name in taken else name


def _languages(pages: Sequence[Recorded], facts: OutletFacts, main: str | None) -> tuple[str, ...]:
    """The languages of the recorded pages, the front page's first; its own where none was recorded."""
    found = dict.fromkeys(str(case.expected["lang"]) for case in _cases(pages, facts))
    return tuple(sorted(found, key=lambda lang: lang != main)) or ((main,) if main else ("en",))


def _cases(pages: Sequence[Recorded], facts: OutletFacts, listings: Sequence[Found] = ()) -> Iterator[Case]:
    """The recorded pages as the outlet's spider will read them, with the language of their listing."""
    numbers: Counter[str] = Counter()
    langs = {each.hint: found.listing.lang for found in listings for each in found.candidates}
    for page in pages:
        hint = replace(page.hint, lang=langs.get(page.hint))
        meta = {
            "url": page.url,
            "now": page.at.isoformat(timespec="seconds"),
            "charset": page.charset,
            "hint": {"lang": hint.lang, "headline": hint.headline, "date_text": hint.date_text},
        }
        extraction, expected = read_recorded(page.body, meta, outlet=facts)
        lang = str(expected["lang"])
        numbers[lang] += 1
        name = f"{lang}-{numbers[lang]}"
        yield Case(name=name, body=page.body, meta=meta, expected=expected, missing=extraction.missing)


def _source(register: Directory, facts: OutletFacts, languages: Sequence[str]) -> str:
    """The key of the outlet among the sources: by host, then by name; a new one where there is none."""
    if known := register.by_host(facts.hosts[0]):
        return known.key
    for lang in languages:
        named = register.known(facts.title, lang)
        if named is not None and named.kind in OUTLET_KINDS:
            return named.key
    key = facts.name.replace("_", "-")
    return registered_name(facts.hosts[0]).replace(".", "-") if key in register.sources else key


def _declared(found: Found, findings: Findings, languages: Sequence[str]) -> Listing:
    """The listing with its language, where its headlines tell; a feed of WordPress with its older entries."""
    headlines = [each.hint.headline or "" for each in found.candidates[:_TOLD_HEADLINES]]
    lang = languages[0] if len(languages) == 1 else detect("\n".join(headlines), among=languages)
    listing = replace(found.listing, lang=lang)
    wordpress = any(home.generator.startswith("WordPress") for home in findings.homes)
    full = len(found.candidates) >= _WORDPRESS_ENTRIES and "?" not in listing.url
    if isinstance(listing, FeedListing) and wordpress and full:
        return replace(listing, older=f"{listing.url}?paged={{page}}", pages=_WORDPRESS_PAGES)
    return listing


def _editions(findings: Findings, hosts: Sequence[str]) -> tuple[str, ...]:
    """Further hosts of the site that have pages of their own."""
    addresses = [home.url for home in findings.homes]
    addresses += [each.url for found in findings.listings for each in found.candidates]
    named = dict.fromkeys(urlsplit(address).netloc for address in addresses)
    return tuple(
        host
        for host in named
        if host not in hosts and canonicalise(f"https://{host}/a", hosts=hosts) == f"https://{host}/a"
    )


def _confidence(findings: Findings) -> Confidence:
    if not findings.live:
        return "link" if findings.listings else "assumed"
    return "page" if findings.listings and findings.articles else "probe" if findings.listings else "assumed"


def _deny(allow: str, listings: Sequence[Listing]) -> str:
    """An expression for the listings' own paths, where that of articles holds them too."""
    paths = [urlsplit(listing.address(0)).path.rstrip("/") for listing in listings]
    told = [re.escape(path) for path in dict.fromkeys(paths) if re.search(allow, path or "/")]
    return f"^(?:{'|'.join(told)})/?$" if told else ""
