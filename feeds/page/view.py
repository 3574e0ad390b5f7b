"""What a page shows of a story: everything its template prints, decided beforehand and free of markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.content import permitted
from feeds.dates import published_at
from feeds.model import Entry, Picture
from feeds.page.chain import Drawing, draw
from feeds.page.stops import MAX_NAME, others_of, plain, stops_of
from feeds.page.words import local_time, place, short_date
from feeds.plain import clean_url, shortened
from feeds.sanitise import counts
from feeds.sentence import Display, phrases, spoken
from items import Block, Stored, Story

MAX_TEXT = 420  # characters of the article on a page: it is a front page, and the original is a link away
MAX_HEADLINE = 300
MAX_SENTENCE = 1_200
MAX_QUOTE = 360
MAX_QUOTES = 2
MAX_VERSIONS = 24
MAX_ADDRESS = 1_000  # characters of a further address: a page has a size to keep
_PROSE = ("paragraph", "quote")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}\Z")
_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z")  # what a policy can name (CSP, section 2.3.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time as pages print it. `machine` is for `datetime`; with a day alone there is no hour to convert."""

    machine: str
    text: str
    own: str = ""  # the same with the place whose clock it is; empty for a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A quote: what was said, and by whom."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The story as one outlet told it in one language."""

    outlet: str
    lang: str
    url: str
    headline: str
    when: Clock
    seen: Clock

    @property
    def rtl(self) -> bool:
        """Whether its headline runs from right to left."""
        return runs_left(self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture: where it lies, and whether a page may show it when the reader asks."""

    url: str
    host: str
    showable: bool
    description: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the origin's own words are found: the page that the article links, or else the origin's site."""

    url: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One story on a page. All texts are plain and the article's own, in `lang`, but for the times."""

    anchor: str
    day: date  # of publication, in the outlet's zone
    published: datetime
    lang: str
    title: str
    link: str
    outlet: str
    outlet_name: str  # as the store has it
    original: str  # the words of the link to the original
    dated: bool  # False: the page had no date, and `when` is when it was first seen
    when: Clock
    seen: Clock
    sentence: str
    chain: Drawing | None  # None where there is nothing to draw: its outlet reported it first
    passed: tuple[str, ...]  # other outlets that credit the same origin
    text: str
    quotes: tuple[Words, ...]
    picture: Shot | None
    revised: str
    rights: str
    tellings: tuple[Telling, ...]  # every version, the one shown among them, earliest first
    outlets: int  # how many outlets told it
    source: Source | None  # None where it is the outlet's own site, or unknown
    byline: str  # its authors, if it names any

    @property
    def rtl(self) -> bool:
        """Whether its text runs from right to left."""
        return runs_left(self.lang)

    @property
    def spoken(self) -> str:
        """The language of what we say beside its text: sentence, credit, the line about a revision."""
        return spoken(self.lang)

    @property
    def pace(self) -> str:
        """How long the news took to each stop, as the drawing has it; empty where that is not known."""
        return "" if self.chain is None else "; ".join(f"{name} + {lag}" for name, lag in self.chain.pace)


def view_of(story: Story, entry: Entry, now: datetime, lang: str, display: Display | None = None) -> View:
    """Give what a page in `lang` shows of a story.

    Args:
        story: as published; its lead is what `entry` was made of.
        entry: of that story; the terms of its outlet hold in it, and hold here.
        now: aware; no time shown is later.
        lang: of the interface, for times.
        display: names of sources in the nominative, where known.
    """
    lead = story.lead
    text, quotes = _told(lead)
    stops = list(stops_of(story, entry, now, lang, display))
    return View(
        anchor=anchor_of(entry.guid),
        day=day_of(entry, lead),
        published=entry.published,
        lang=_tag(entry.lang),
        title=plain(entry.title, MAX_HEADLINE),
        link=entry.link,
        outlet=plain(entry.publisher),
        outlet_name=entry.outlet,
        original=phrases(entry.lang)["original"].format(outlet=plain(entry.publisher)),
        dated=lead.article.published is not None,
        when=published_clock(lead, now, lang),
        seen=_clock(min(lead.first_seen, now), lead.outlet.zone, lang),
        sentence=plain(entry.sentence, MAX_SENTENCE),
        chain=draw(stops) if len(stops) > 1 else None,
        passed=tuple(name for name, _ in others_of(story, entry)),
        text=text,
        quotes=quotes,
        picture=_shot(entry.pictures, entry),
        revised=entry.revised or "",
        rights=plain(entry.rights),
        tellings=tuple(islice(_tellings(story, now, lang), MAX_VERSIONS)),
        outlets=len({member.outlet.name for member in story.members}),
        source=_source(entry, lead),
        byline=plain(", ".join(name for name in entry.creators if name != entry.publisher), MAX_NAME),
    )


def anchor_of(guid: str) -> str:
    """Give the story's place on any page, as an HTML id that stays the same as long as the GUID."""
    return "s" + sha256(guid.encode()).hexdigest()[:12]


def day_of(entry: Entry, lead: Stored) -> date:
    """Give the day to which a story belongs: that of its publication, by the clock of its outlet."""
    return entry.published.astimezone(ZoneInfo(lead.outlet.zone)).date()


def published_clock(stored: Stored, now: datetime, lang: str) -> Clock:
    """Give when an article was published, as finely as its page said; when it was seen, where it did not."""
    moment = stored.article.published
    at = published_at(stored, now)
    if moment is not None and moment.precision == "day":
        day = moment.at.astimezone(ZoneInfo(moment.zone)).date()
        return Clock(machine=day.isoformat(), text=short_date(day, lang))
    return _clock(at, stored.outlet.zone, lang)


def showable_host(url: str) -> str | None:
    """Give the host of an https address that a page may load a picture from, or None.

    Without encryption everybody on the way would know what is read.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    return host if parts.scheme == "https" and parts.port is None and _HOST.match(host) else None


def runs_left(lang: str) -> bool:
    """Tell whether a language is written from right to left: by its script, or by itself."""
    subtags = lang.lower().split("-")
    return "arab" in subtags[1:] or "hebr" in subtags[1:] or (subtags[0] in _LEFT and len(subtags) == 1)


def _source(entry: Entry, lead: Stored) -> Source | None:
    """Give where the origin's words are found, unless that is the outlet's own site."""
    url = _short_url(entry.origin.url)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if not url or not host or host in {each.removeprefix("www.") for each in lead.outlet.hosts}:
        return None
    return Source(url=url, host=host)


def _clock(moment: datetime, zone: str, lang: str) -> Clock:
    local = moment.astimezone(ZoneInfo(zone))
    text = local_time(moment, zone, lang)
    return Clock(machine=local.isoformat(timespec="minutes"), text=text, own=f"{text}, {place(zone, lang)}")


def _told(lead: Stored) -> tuple[str, tuple[Words, ...]]:
    """Give the opening of the article, and quotes from what else of it may be shown."""
    blocks = [block for block in permitted(lead.article, lead.outlet.terms) if block.kind in _PROSE]
    whole = [plain(block.text) for block in blocks]
    text = shortened(whole[0], MAX_TEXT) if whole else ""
    return text, tuple(islice(_quotes(lead, blocks, text), MAX_QUOTES))


def _quotes(lead: Stored, blocks: Sequence[Block], shown: str) -> Iterator[Words]:
    attribution = lead.article.attribution
    allowed = "\n".join(plain(block.text) for block in blocks)
    for quote in attribution.quotes if attribution else ():
        said = plain(quote.text)
        if said and said in allowed and said not in shown:
            speaker, person = plain(quote.speaker), plain(quote.person or "")
            named = person if not speaker or speaker in person else speaker
            if person and person not in named:
                named = f"{speaker} ({person})"
            yield Words(text=shortened(said, MAX_QUOTE), speaker=shortened(named, 120))


def _tellings(story: Story, now: datetime, lang: str) -> Iterator[Telling]:
    for member in sorted(story.members, key=lambda member: (published_at(member, now), member.guid)):
        url = _short_url(clean_url(member.article.canonical_url))
        headline = plain(member.article.headline, MAX_HEADLINE)
        if url and headline:
            yield Telling(
                outlet=plain(member.outlet.title),
                lang=_tag(member.article.lang),
                url=url,
                headline=headline,
                when=published_clock(member, now, lang),
                seen=_clock(min(member.first_seen, now), member.outlet.zone, lang),
            )


def _shot(pictures: Sequence[Picture], entry: Entry) -> Shot | None:
    """Give the first picture; a description that only repeats the headline is left out."""
    picture = next((each for each in pictures if not counts(each.url)), None)
    if picture is None or len(picture.url) > MAX_ADDRESS:
        return None
    host = showable_host(picture.url)
    credit = phrases(entry.lang)["photo"].format(names=plain(picture.credit)) if picture.credit else ""
    return Shot(
        url=picture.url,
        host=host or urlsplit(picture.url).hostname or "",
        showable=host is not None,
        description="" if picture.description == entry.title else plain(picture.description, MAX_HEADLINE),
        credit=credit,
    )


def _tag(lang: str) -> str:
    """Give a language tag as it may stand in a page; "und" for what is none (RFC 5646, section 2.1)."""
    return lang if _TAG.match(lang) else "und"


def _short_url(url: str | None) -> str | None:
    return url if url and len(url) <= MAX_ADDRESS else None
