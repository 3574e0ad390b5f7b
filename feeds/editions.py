"""The editions: which feeds there are, what each is called, and which articles it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from feeds.model import Channel, History
from feeds.names import checked, slug
from feeds.plain import one_line
from feeds.rhythm import Rhythm
from feeds.sentence import FALLBACK, phrases
from items import OutletFacts, Stored, Story
from pipelines.store import Choice, Words
from pipelines.text.topics import title_of

Kind = Literal["everything", "language", "outlet", "topic", "search"]
KINDS: tuple[Kind, ...] = ("everything", "language", "outlet", "topic", "search")
EVERYTHING = "digest"  # the name that readers have been subscribed to from the beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A feed in every format. `name` is the path of its files in the folder of the feeds, without ending."""

    name: str
    kind: Kind
    title: str
    description: str
    choice: Choice
    label: str = ""  # what it is of, by itself: "Akorda", "Economy"; none of everything and of a language
    words: Words | None = None
    language: str | None = None  # BCP 47; None where several may stand in it
    fold: bool = True  # an entry a story; False: an entry an article

    def __post_init__(self) -> None:
        checked(self.name)

    def holds(self, stored: Stored) -> bool:
        """Tell whether an article is one of those that the edition is of."""
        if not self.choice.fits(stored.article, stored.outlet.source):
            return False
        return self.words is None or self.words.wanted(stored.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person looks for, as `jarshy.toml` has it. Every condition that is set must be met."""

    name: str
    choice: Choice
    words: Words | None = None
    fold: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the feeds are served, and what goes with it."""

    site: str  # the absolute address of their folder, ending in a slash
    hubs: tuple[str, ...] = ()  # WebSub
    authority: str | None = None  # "example.org,2026": who coins the feeds' identifiers; default: of `site`


def editions(
    *,
    languages: Iterable[str],
    outlets: Mapping[str, OutletFacts],
    topics: Iterable[str],
    searches: Iterable[Search] = (),
    kinds: Sequence[Kind] = KINDS,
    title: str | None = None,
    lang: str = FALLBACK,
    fold: bool = True,
) -> list[Edition]:
    """Give every edition, in the order they are listed.

    Args:
        languages: those that articles are in (primary subtags).
        outlets: those that articles are of, by name.
        topics: those that articles are filed under.
        searches: a person's own.
        kinds: which kinds are published.
        title: of everything; the others' begin with it too. Default: the digest's own.
        lang: what titles and descriptions are in, where an edition has no language of its own.
        fold: an entry a story, or an entry an article; a search has its own say.
    """
    words = phrases(lang)
    named = one_line(title or "") or None
    found = [
        Edition(
            name=EVERYTHING,
            kind="everything",
            title=named or words["mixed"],
            description=words["description"],
            choice=Choice(),
            fold=fold,
        )
    ]
    for code in languages:
        own = phrases(code)
        strange = own is phrases(FALLBACK) and code != FALLBACK  # a language we have no words in
        found.append(
            Edition(
                name=f"{EVERYTHING}-{slug(code)}",
                kind="language",
                title=f"{named or words['mixed']} ({code})" if named or strange else own["title"],
                description=own["description"],
                choice=Choice(languages=(code,)),
                language=code,
                fold=fold,
            )
        )
    head = named or "Jarshy"
    for name, facts in outlets.items():
        told = one_line(facts.title)
        found.append(
            Edition(
                name=f"outlets/{slug(name)}",
                kind="outlet",
                title=f"{head}: {told}",
                description=words["of_outlet"].format(outlet=told),
                choice=Choice(outlets=(name,)),
                label=told,
                language=facts.languages[0] if len(facts.languages) == 1 else None,
                fold=fold,
            )
        )
    for topic in topics:
        told = title_of(topic, lang)
        found.append(
            Edition(
                name=f"topics/{slug(topic)}",
                kind="topic",
                title=f"{head}: {told}",
                description=words["on_topic"].format(topic=told),
                choice=Choice(topics=(topic,)),
                label=told,
                fold=fold,
            )
        )
    for search in searches:
        told = one_line(search.name)
        languages_ = search.choice.languages
        found.append(
            Edition(
                name=f"searches/{slug(search.name)}",
                kind="search",
                title=f"{head}: {told}",
                description=words["by_search"].format(search=told),
                choice=search.choice,
                label=told,
                words=search.words,
                language=languages_[0] if len(languages_) == 1 else None,
                fold=search.fold,
            )
        )
    return [edition for edition in found if edition.kind in kinds]


def led(story: Story, edition: Edition) -> Story | None:
    """Give a story as the edition tells it: led by an article that the edition holds; None without one.

    That is the story's own lead, else an article of the outlet that leads, else the earliest. It was first
    seen, for the edition, when the first such article was.
    """
    members = [member for member in story.members if edition.holds(member)]
    if not members:
        return None
    lead = min(
        members,
        key=lambda member: (member is not story.lead, member.outlet.name != story.lead.outlet.name),
    )
    return replace(story, lead=lead, first_seen=min(member.first_seen for member in members))


def channel_of(
    edition: Edition, place: Place, url: str, rhythm: Rhythm | None = None, history: History | None = None
) -> Channel:
    """Give what an edition says of itself in the document at `url`."""
    return Channel(
        title=edition.title,
        description=edition.description,
        link=place.site,
        self_url=url,
        feed_id=feed_id(edition.name, place),
        language=edition.language,
        rhythm=rhythm or Rhythm(),
        hubs=place.hubs,
        history=history or History(),
    )


def feed_id(name: str, place: Place) -> str:
    """Give an edition's identifier for life, the same in all formats: a tag URI (RFC 4151)."""
    authority = place.authority or f"{urlsplit(place.site).hostname or 'localhost'},2026"
    return f"tag:{authority}:jarshy/{name}"


def address(place: Place, name: str, ending: str) -> str:
    """Give where a file of that name is served."""
    return urljoin(place.site, f"{checked(name)}{ending}")
