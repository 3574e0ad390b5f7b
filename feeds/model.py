"""From a story to an entry: everything that any feed format prints of it, decided once, without a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from feeds.content import permitted, pictures, render
from feeds.contested import contested
from feeds.dates import published_at, updated_at
from feeds.plain import clean_url, language_tag, one_line, shortened
from feeds.rhythm import Rhythm
from feeds.sanitise import sanitise
from feeds.sentence import Display, name_of, phrases, primary, revision_line, sentence, spoken
from items import Credit, Image, Role, Story
from pipelines.text.topics import topics, topics_of

MAX_TITLE = 500  # characters
MAX_SUMMARY = 400  # characters of the article in a description, beside the sentence

# What images on the web are, by the ending of their path; guessed by nothing that a machine may set.
_TYPES: Mapping[str, str] = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_MAX_TAGS = 20  # of an entry
_MAX_TAG = 80  # characters
_AUTHOR_BREAK = re.compile(r"\s*[,;]\s*")
_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A link of the chain as the feed names it. `url` is where the source is found, when that is known."""

    name: str
    key: str  # the stable identity
    role: Role
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that the feed may show: absolute address, MIME type by its extension, credit as written."""

    url: str
    type: str | None
    credit: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The same story in another outlet or language."""

    outlet: str  # its title
    lang: str
    url: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story as published. Texts are plain and legal in XML, times aware and in UTC, `content` is HTML."""

    guid: str
    title: str
    link: str  # the original
    lang: str
    outlet: str  # its name, for problems
    publisher: str  # its title, for people
    published: datetime
    updated: datetime
    sentence: str
    summary: str  # plain text: the sentence, then as much of the article as the terms allow
    content: str
    sources: tuple[Source, ...]  # nearest the reader first, the origin last
    creators: tuple[str, ...]
    rights: str
    pictures: tuple[Picture, ...] = ()
    others: tuple[Version, ...] = ()
    revised: str | None = None  # the visible line about a later revision
    revised_at: datetime | None = None  # when that revision was seen
    changed: tuple[str, ...] = ()  # what it changed: "headline", "lead", "body", "author", "published"
    topics: tuple[str, ...] = ()  # of `pipelines.text.topics`, in their order
    tags: tuple[str, ...] = ()  # the outlet's own

    @property
    def origin(self) -> Source:
        """Who reported first."""
        return self.sources[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A document's place in an archived feed (RFC 5005, section 4); addresses of the same format."""

    archive: bool = False  # it is full, and will never change
    prev: str | None = None  # the archive before it
    next: str | None = None  # the archive after it
    current: str | None = None  # of an archive: the feed that readers subscribe to


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as a whole. `link` is the site it belongs to, `self_url` its own address."""

    title: str
    description: str
    link: str
    self_url: str
    feed_id: str = ""  # an IRI for life, the same in every format; empty: `self_url`
    language: str | None = None  # BCP 47; None for a feed of several
    rhythm: Rhythm = field(default_factory=Rhythm)
    hubs: tuple[str, ...] = ()  # WebSub
    history: History = field(default_factory=History)


def entry_of(
    story: Story, now: datetime, *, display: Display | None = None, homes: Mapping[str, str] | None = None
) -> Entry:
    """Give the entry of `story`, obeying the terms of its lead's outlet.

    Args:
        story: its lead is what the entry shows and links to.
        now: aware; no time of the entry is later.
        display: names of sources in the nominative, where known (see `feeds.sentence`).
        homes: where a source is found, by identity.

    Raises:
        ValueError: the story cannot be published; the message names the field and what is wrong with it.
    """
    stored = story.lead
    article, outlet = stored.article, stored.outlet
    link = clean_url(article.canonical_url)
    title = shortened(one_line(article.headline), MAX_TITLE)
    if link is None:
        raise ValueError(f"link: {article.canonical_url[:200]!r} is no absolute http(s) address")
    if not title:
        raise ValueError("headline: empty")
    published = published_at(stored, now)
    shown = pictures(article, outlet.terms)
    blocks = permitted(article, outlet.terms)
    said = sentence(
        article.lang,
        article.attribution,
        outlet,
        contested=contested(story, display),
        photos=[image.credit for image in shown if image.credit],
        display=display,
    )
    formulas = phrases(article.lang)
    revised, revised_at = None, None
    if stored.revision > 1 and stored.revised is not None:
        revised_at = min(stored.revised, now)
        revised = revision_line(
            article.lang, revised_at, outlet.zone, changed=stored.changed, before=stored.headline_before
        )
    others = _others(story)
    body = render(blocks, shown, formulas["photo"], link, title)
    lang = language_tag(article.lang)
    ours = spoken(lang)
    frame = _Frame(
        formulas=formulas,
        link=link,
        publisher=outlet.title,
        others=others,
        lang="" if ours == lang else f' lang="{ours}"',
    )
    return Entry(
        guid=story.guid,
        title=title,
        link=link,
        lang=lang,
        outlet=outlet.name,
        publisher=one_line(outlet.title),
        published=published,
        updated=updated_at(story, published, now),
        sentence=said,
        summary=" ".join([said, *_told([block.text for block in blocks])]),
        content=frame.around(body, said, revised),
        sources=_sources(story, link, display, homes or {}),
        creators=_creators(article.author) or (one_line(outlet.title),),
        rights=one_line(outlet.rights),
        pictures=tuple(_picture(image, link) for image in shown),
        others=others,
        revised=revised,
        revised_at=revised_at,
        changed=stored.changed,
        topics=_topics(story),
        tags=_tags(article.tags) if outlet.terms != "headline" else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What an entry's content says beside the article's own text."""

    formulas: Mapping[str, str]
    link: str
    publisher: str
    others: tuple[Version, ...]
    lang: str  # of what it says, as an attribute; empty where it is the article's own

    def around(self, body: str, said: str, revised: str | None) -> str:
        original = self.formulas["original"].format(outlet=self.publisher)
        parts = [f"<p{self.lang}><em>{escape(said, quote=False)}</em></p>", body]
        if revised:
            parts.append(f"<p{self.lang}><em>{escape(revised, quote=False)}</em></p>")
        parts.append(f'<p{self.lang}><a href="{escape(self.link)}">{escape(original, quote=False)}</a></p>')
        if self.others:
            items = "".join(
                f'<li><a href="{escape(other.url)}">{escape(other.headline, quote=False)}</a>'
                f" ({escape(other.outlet, quote=False)}, {escape(other.lang)})</li>"
                for other in self.others
            )
            parts.append(f"<p{self.lang}>{escape(self.formulas['others'], quote=False)}:</p><ul>{items}</ul>")
        return sanitise("\n".join(part for part in parts if part), self.link)


def _told(texts: Sequence[str]) -> list[str]:
    first = next((one_line(text) for text in texts if one_line(text)), "")
    return [shortened(first, MAX_SUMMARY)] if first else []


def _creators(author: str | None) -> tuple[str, ...]:
    names = (one_line(name) for name in _AUTHOR_BREAK.split(author or ""))
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    cleaned = dict.fromkeys(one_line(tag).lstrip("#").strip() for tag in tags)
    return tuple(tag for tag in cleaned if tag and len(tag) <= _MAX_TAG)[:_MAX_TAGS]


def _topics(story: Story) -> tuple[str, ...]:
    """Give the lead's topics; where it is filed under none, those of the other members."""
    found = set(topics_of(story.lead.article)) or {
        topic for member in story.members for topic in topics_of(member.article)
    }
    return tuple(topic for topic in topics() if topic in found)


def _picture(image: Image, base: str) -> Picture:
    url = clean_url(image.url, base) or base
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return Picture(
        url=url,
        type=_TYPES.get(ending),
        credit=one_line(image.credit or "") or None,
        description=one_line(image.caption or image.alt),
    )


def _others(story: Story) -> tuple[Version, ...]:
    """Give the members beside the lead that can be linked, in the story's order."""
    found: list[Version] = []
    for member in story.members:
        url = clean_url(member.article.canonical_url)
        headline = one_line(member.article.headline)
        if member.guid != story.lead.guid and url and headline:
            found.append(
                Version(
                    outlet=one_line(member.outlet.title),
                    lang=primary(member.article.lang),
                    url=url,
                    headline=headline,
                )
            )
    return tuple(found)


def _sources(
    story: Story, link: str, display: Display | None, homes: Mapping[str, str]
) -> tuple[Source, ...]:
    """Give the chain; without one, the outlet alone, found at its home."""
    outlet = story.lead.outlet
    attribution = story.lead.article.attribution
    known = {member.outlet.source: member.outlet.home for member in story.members if member.outlet.source}
    found = [
        Source(
            name=name_of(credit, story.lead.article.lang, display),
            key=credit.source,
            role=credit.role,
            url=_found_at(credit, link, {**known, **homes}),
        )
        for credit in (attribution.chain if attribution else ())
    ]
    kept = tuple(source for source in found if source.name)
    if kept and kept[-1].role == "origin":
        return kept
    name = outlet.hosts[0].removeprefix("www.")
    return (*kept, Source(name=name, key=outlet.source, role="origin", url=clean_url(outlet.home)))


def _found_at(credit: Credit, base: str, homes: Mapping[str, str]) -> str | None:
    """Give where a source is found: where the page links it, its known home, or the host that is its name."""
    linked = clean_url(credit.url, base) if credit.url else None
    home = clean_url(homes.get(credit.source, ""))
    host = credit.name.strip().lower()
    return linked or home or (clean_url(f"https://{host}") if _HOST_NAME.match(host) else None)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Give the entries by publication, the newest first; those of one moment by GUID."""
    by_guid = sorted(entries, key=lambda entry: entry.guid)
    return sorted(by_guid, key=lambda entry: entry.published, reverse=True)
