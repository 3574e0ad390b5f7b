"""Which article leads its story, and in what order the others follow. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from items import Stored, Story


def tell(guid: str, members: Iterable[Stored]) -> Story:
    """Build a story of its members.

    The lead is the origin's own article where we have it (see `origin`), else the one nearest the origin (see
    `nearest`), else the earliest. `changed` is when the newest member came or was last revised; `first_seen`
    when the first came.

    Raises:
        ValueError: There is no member.
    """
    ordered = tuple(sorted(members, key=_by_publication))
    if not ordered:
        raise ValueError(f"story {guid} has no members")
    return Story(
        guid=guid,
        lead=_lead(ordered),
        members=ordered,
        first_seen=min(member.first_seen for member in ordered),
        changed=max(max(member.first_seen, member.revised or member.first_seen) for member in ordered),
    )


def _lead(members: tuple[Stored, ...]) -> Stored:
    voices = _voices(members)
    source = max(voices, key=lambda each: voices[each], default="")
    own = origin(members)
    if own is not None and own.outlet.source and voices[own.outlet.source] >= voices[source]:
        return own
    return nearest(members, source) or members[0]


def nearest(members: tuple[Stored, ...], source: str) -> Stored | None:
    """Give the article that names a source as origin with fewest relays between; of several the earliest."""
    told = [
        (_relays(member), _by_publication(member), member)
        for member in members
        if member.article.attribution
        and member.article.attribution.chain
        and member.article.attribution.chain[-1].source == source
    ]
    return min(told, key=lambda each: each[:2])[2] if told else None


def _relays(member: Stored) -> int:
    assert member.article.attribution is not None  # noqa: S101 - the caller's
    chain = member.article.attribution.chain
    return sum(credit.role == "relay" and credit.source != member.outlet.source for credit in chain)


def origin(members: tuple[Stored, ...]) -> Stored | None:
    """Give the article of the source that the members name as origin, or None where we do not have it.

    Each outlet has one voice for each origin it names, however many of its articles name it; of sources with
    as many voices the earliest article's wins. Of an outlet's editions the earliest is taken, and on one day
    the one in the outlet's usual language.
    """
    votes = _voices(members)
    own = [member for member in members if member.outlet.source and votes[member.outlet.source]]
    return min(own, key=lambda member: (-votes[member.outlet.source], _by_publication(member)), default=None)


def _voices(members: Iterable[Stored]) -> Counter[str]:
    voices = {
        (member.outlet.name, member.article.attribution.chain[-1].source): None
        for member in members
        if member.article.attribution and member.article.attribution.chain
    }
    return Counter(source for _, source in voices if source)


def _by_publication(member: Stored) -> tuple[datetime, int, datetime, str]:
    published = member.article.published
    languages = member.outlet.languages
    lang = member.article.lang
    return (
        published.at if published else member.first_seen,
        languages.index(lang) if lang in languages else len(languages),
        member.first_seen,
        member.guid,
    )
