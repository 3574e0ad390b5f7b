"""What travels the road of an article: frozen, typed, and made of the standard library alone.

Every `datetime` here is aware and in UTC; every text is a `str` in NFC once the normalise step has run.
The words (outlet, source, article, story) are those of the design: an *outlet* is a site we crawl, a
*source* is whoever an article credits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["relay", "via", "origin"]
Precision = Literal["second", "minute", "day"]
Terms = Literal["full", "excerpt", "headline"]
BlockKind = Literal["paragraph", "subhead", "item", "quote", "row", "preformatted"]
FetchKind = Literal["article", "listing", "feed", "sitemap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFacts:
    """What is declared of an outlet: enough to store it and to obey its terms, without its spider."""

    name: str  # the spider's name and the file's: "akorda"
    title: str  # what readers see: "Akorda"
    home: str  # "https://www.akorda.kz"
    hosts: tuple[str, ...]  # every host that serves it, the canonical one first
    zone: str  # IANA name: "Asia/Almaty"
    languages: tuple[str, ...]  # BCP 47, the usual one first
    terms: Terms = "excerpt"
    rights: str = ""  # the rights statement, as the feed prints it
    source: str = ""  # its identity among the sources: "akorda"
    country: str = "KZ"  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time as a page gave it: never finer than what was printed."""

    at: datetime  # UTC; for precision "day", the start of that day in `zone`
    precision: Precision
    zone: str  # IANA name of the zone the text was read in
    raw: str  # the text it was read from


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link inside the body: its address (absolute, http or https) and its text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the body, in reading order. A table is one `row` a row, cells joined by " | "."""

    kind: BlockKind
    text: str
    level: int = 0  # of a subhead: 2 for h2
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; `credit` is as written, without its label ("Фото:")."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same article in another language or script, as the page links it."""

    lang: str  # BCP 47
    url: str  # canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One link of the chain. `start` and `end` cut `evidence` out of the text that was read."""

    name: str  # as written, in its case
    source: str  # the stable identity behind the name
    role: Role
    confidence: float  # 0 to 1
    evidence: str  # the sentence it was read from
    start: int  # offsets of the evidence, in characters; 0 and 0 when nothing was read
    end: int
    rule: str  # which rule read it
    url: str | None = None  # where the page links the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words in direct speech. `speaker` as written, `person` resolved or None where that would be a guess."""

    speaker: str
    person: str | None
    text: str
    verb: str
    start: int  # offsets of the quoted words
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """All that the attribution room reads from one text."""

    lang: str
    chain: tuple[Credit, ...]  # nearest the reader first, the one origin last
    also: tuple[Credit, ...]  # further origins named beside the first
    photo: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read: kept, counted, never fatal to the rest."""

    outlet: str
    url: str
    field: str  # "headline", "published", "fetch" …
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One page in one language. The `*_found` texts are as the page had them, before repair."""

    outlet: str
    url: str  # the address it was read from
    canonical_url: str
    lang: str  # BCP 47: what the text is in
    headline: str
    blocks: tuple[Block, ...]
    lead: str | None = None
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    images: tuple[Image, ...] = ()
    views: int | None = None
    translations: tuple[Translation, ...] = ()
    lang_declared: str | None = None  # what the page said it was in
    means: Mapping[str, str] = field(default_factory=dict)  # field -> how it was read: "layout", "json-ld" …
    headline_found: str | None = None
    lead_found: str | None = None
    body_found: str | None = None
    attribution: Attribution | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text of every block, in reading order."""
        return tuple(block.text for block in self.blocks)

    @property
    def body(self) -> str:
        """The body as one text, blocks parted by an empty line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request and what came of it. `status` 0 means that no answer came."""

    outlet: str
    kind: FetchKind
    url: str  # as asked for
    at: datetime
    status: int
    final_url: str | None = None  # after redirects
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    charset: str | None = None  # the one the text was decoded with
    size: int = 0  # bytes of the body
    sha256: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one answered (or failed) request gave: the unit that is stored in one transaction."""

    fetch: Fetch
    article: Article | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article as the store holds it."""

    guid: str  # "urn:uuid:…": opaque, made once
    article: Article
    outlet: OutletFacts
    first_seen: datetime
    last_seen: datetime
    revision: int  # 1 for the first state
    revised: datetime | None = None  # when the newest later revision was seen
    changed: tuple[str, ...] = ()  # by that revision: "headline", "lead", "body", "author", "published"
    slight: bool = False  # it set spelling or punctuation right, and said nothing new
    headline_before: str | None = None  # the headline of the revision before it, where that was another


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles about one event. `lead` is one of `members`; members go by publication, earliest first."""

    guid: str
    lead: Stored
    members: tuple[Stored, ...]
    first_seen: datetime
    changed: datetime  # when a reader would last have wanted to know
