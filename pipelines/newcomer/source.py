"""The text of an outlet's file, and of its entry among the sources. Pure: a draft in, text out.

Nothing that the site says stands in it but as a quoted string: a title is no code.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timedelta

from pipelines.newcomer.draft import Draft
from pipelines.newcomer.whereabouts import UNKNOWN
from pipelines.text.language import tag
from spiders.support.findings import Findings, Found
from spiders.support.listings import FeedListing, PagedListing, SitemapListing

_KINDS = {FeedListing: "a feed", SitemapListing: "a sitemap", PagedListing: "the links of a page"}
_SHOWN = (
    "url",
    "older",
    "pages",
    "card",
    "link",
    "lang",
)  # of a listing, in this order, where not the default
_OFFSET = re.compile(r":\d\d(?:\.\d+)? ?([+-]\d\d):?(\d\d)$")  # after a time: RFC 2822 or ISO 8601
_NEWEST = timedelta(days=30)  # a new outlet's newest article is declared to be younger
_FIELDS = ("headline", "body", "published", "author", "images")  # whose means are told


def spider_source(made: Draft, findings: Findings) -> str:
    """Give the text of `spiders/<name>.py`: declarations, each with what speaks for it."""
    facts = made.facts
    kinds = sorted({type(found.listing).__name__ for found in made.listings})
    camel = "".join(part.title() for part in facts.name.split("_"))
    how = "Looked at" if findings.live else "Known by a saved page"
    lines = [
        f'"""{facts.hosts[0]}: {how.lower()} on {findings.at:%Y-%m-%d}; nobody has checked it yet."""',
        "",
        "from __future__ import annotations",
        "",
        *(["from datetime import timedelta", ""] if _is_fresh(made, findings) else []),
        "from spiders.base import OutletSpider",
        "from spiders.support.bounds import Bounds",
        f"from spiders.support.listings import {', '.join(kinds)}",
        "",
        "",
        f"class {camel}Spider(OutletSpider):",
        '    """No selector of its pages is declared: JSON-LD, metadata and the generic reader serve."""',
        "",
        *(f"    {line}" if line else "" for line in _declarations(made, findings)),
    ]
    return "\n".join([*lines, ""])


def source_entry(made: Draft) -> str:
    """Give the TOML of the outlet's entry in `data/sources/`, an empty line before it."""
    facts = made.facts
    names = ", ".join(f"{lang} = {_text(facts.title)}" for lang in ("kk", "ru", "en"))
    host = facts.hosts[0].removeprefix("www.")
    return (
        f'\n[[source]]\nkey = {_text(facts.source)}\nkind = "outlet"\nname = {{ {names} }}\n'
        f"hosts = [{_text(host)}]\n"
    )


def _declarations(made: Draft, findings: Findings) -> Iterator[str]:
    facts = made.facts
    yield f"name = {_text(facts.name)}"
    yield f"title = {_text(facts.title)}"
    yield f"home = {_text(facts.home)}"
    yield "# Assumed: the second leads to the first."
    yield f"hosts = {_tuple(facts.hosts)}"
    if made.editions:
        yield f"editions = {_tuple(made.editions)}"
    why = "for its domain tells no country" if facts.country == UNKNOWN else "by its domain"
    offsets = ", ".join(_offsets(findings))
    yield f"# Zone and country: assumed, {why}.{f' Its listings print {offsets}.' if offsets else ''}"
    yield f"zone = {_text(facts.zone)}"
    yield f"country = {_text(facts.country)}"
    others = sorted(_other_languages(findings) - set(facts.languages))
    yield f"# Of the recorded pages.{' The site names also: ' + ', '.join(others) + '.' if others else ''}"
    yield f"languages = {_tuple(facts.languages)}"
    yield 'terms = "excerpt"'
    yield "# Assumed: look for the site's own statement of terms."
    yield f"rights = {_text(facts.rights)}"
    yield f"source = {_text(facts.source)}"
    yield f'confidence = "{made.confidence}"'
    yield "listings = ("
    for found in made.listings:
        yield from (f"    {line}" for line in _listing(found))
    yield ")"
    newest = f", newest=timedelta(days={_NEWEST.days})" if _is_fresh(made, findings) else ""
    yield "# Assumed, and wide: draw them in once a month of its days is known."
    yield f"bounds = Bounds(articles_a_week=(1, 2000){newest})"
    if findings.sitemaps:
        yield f"# Sitemaps that robots.txt names, should the archive be wanted: {len(findings.sitemaps)}."
    if made.allow:
        count = sum(len(found.candidates) for found in made.listings)
        yield f"# What {count} listed addresses have in common; assumed of the rest."
        yield f"allow = {_pattern(made.allow)}"
    if made.deny:
        yield f"deny = {_pattern(made.deny)}"
    for case in made.cases[:1]:
        means = case.expected["means"]
        told = ", ".join(f"{name} by {means[name]}" for name in _FIELDS if name in means)
        yield f"# Read of the first page: {told or 'nothing'}."
        if case.missing:
            yield f"# Not read of it: {', '.join(case.missing)}. Declare where they stand: `layouts`."


def _is_fresh(made: Draft, findings: Findings) -> bool:
    """Whether a recorded page is young enough for the age of the newest to be bounded."""
    told = (case.expected["published"] for case in made.cases)
    moments = (datetime.fromisoformat(each["at"]) for each in told if each)
    return any(findings.at - each < _NEWEST / 2 for each in moments)


def _listing(found: Found) -> Iterator[str]:
    listing = found.listing
    default = {each.name: each.default for each in fields(listing)}
    yield f"# {_KINDS[type(listing)].capitalize()}, named by {found.named_by}; {_told(found)}."
    if getattr(listing, "older", ""):
        yield "# Its older entries: as WordPress has it everywhere."
    yield f"{type(listing).__name__}("
    for name in _SHOWN:
        value = getattr(listing, name, None)
        if name in default and (
            value != default[name] or (name == "pages" and isinstance(listing, PagedListing))
        ):
            yield f"    {name}={_text(value) if isinstance(value, str) else value},"
    yield "),"


def _told(found: Found) -> str:
    if found.recorded is None:
        return "not asked yet"
    return f"it listed {len(found.candidates)} articles of the site"


def _offsets(findings: Findings) -> list[str]:
    """The offsets from UTC that the listings' dates bear, the commonest first."""
    dates = (each.hint.date_text or "" for found in findings.listings for each in found.candidates)
    found = Counter(f"{match[1]}:{match[2]}" for date in dates if (match := _OFFSET.search(date)))
    return [offset for offset, _ in found.most_common(3)]


def _other_languages(findings: Findings) -> set[str]:
    named = (lang for home in findings.homes for lang, _ in home.editions)
    return {known for lang in named if (known := tag(lang))}


def _text(text: str) -> str:
    """A string as Python and TOML both write it: JSON's escapes are theirs."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _tuple(texts: Sequence[str]) -> str:
    return f"({', '.join(map(_text, texts))}{',' if len(texts) == 1 else ''})"


def _pattern(pattern: str) -> str:
    """A raw string where it can be one."""
    plain = '"' not in pattern and "\n" not in pattern and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain else _text(pattern)
