"""Whom other outlets name as the origin of a story, where its lead names somebody else."""

from __future__ import annotations

from feeds.sentence import Display, is_outlet, name_of
from items import Credit, Story

MAX_CONTESTED = 3  # names


def contested(story: Story, display: Display | None) -> list[str]:
    """Give whom other outlets name as origin where the lead names somebody else; those of most outlets first.

    An outlet's own report contests nothing, nor does a name that stands in the lead's chain: that is the same
    way of the news, told from nearer or from farther.
    """
    lead = story.lead
    own = lead.article.attribution
    known = {credit.source for credit in (*own.chain, *own.also)} if own else set()
    known.add(lead.outlet.source)
    found: dict[str, Credit] = {}
    outlets: dict[str, set[str]] = {}
    for member in story.members:
        read = member.article.attribution
        origin = read.chain[-1] if read and read.chain else None
        if origin is None or origin.role != "origin" or not origin.source or origin.source in known:
            continue
        if member.outlet.name != lead.outlet.name and not is_outlet(origin, member.outlet):
            found.setdefault(origin.source, origin)
            outlets.setdefault(origin.source, set()).add(member.outlet.name)
    ranked = sorted(found, key=lambda source: (-len(outlets[source]), source))
    return [name_of(found[source], lead.article.lang, display) for source in ranked[:MAX_CONTESTED]]
