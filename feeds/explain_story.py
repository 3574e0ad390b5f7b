"""A story with the evidence that joined each of its articles, and what became of it since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pipelines.store.rulings import Ruling
from pipelines.store.settling import Change, Copy, Member, StoryHistory

_WEIGHED: Final = re.compile(r"(\w+) (.*?) ([+-]\d+\.\d)(?:; |$)", re.DOTALL)
_SHOWN: Final = 0.05  # a weight that shows as more than nothing


def explain_story(history: StoryHistory) -> str:
    """Give the explanation of a story as plain text; times are in UTC.

    Evidence is in log-odds: what speaks for one event is above zero, what speaks against it below.
    """
    lines = [history.guid]
    if history.asked != history.guid:
        lines.append(f"  {history.asked} was merged into it")
    for number, member in enumerate(history.members, 1):
        lines += ["", *_member(number, member)]
        lines += [f"   {_copied(other, copy)}" for one, other, copy in history.copies if one == member.url]
    lines.append("")
    lines += [_changed(change) for change in history.changes]
    lines += [_ruled(ruling) for ruling in history.rulings]
    return "\n".join(lines).rstrip() + "\n"


def _member(number: int, member: Member) -> list[str]:
    published = "no date" if member.published is None else _moment(member.published)
    seen = _moment(member.first_seen)
    lines = [
        f"{number}. {member.headline}",
        f"   {member.outlet}, {member.lang}, published {published}, first seen {seen}",
        f"   {member.url}",
    ]
    if member.revised is not None:
        lines.append(f"   revision {member.revision}, the newest seen {_moment(member.revised)}")
    lines.append(f"   {member.reason}" + (f", compared with {member.nearest}" if member.nearest else ""))
    return lines + list(_evidence(member.evidence))


def _evidence(told: str) -> Iterator[str]:
    """Lay out "family what it rests on +1.5; …": the weights in a column, and their sum below."""
    found = _WEIGHED.findall(told)
    if not found and told:  # a translation, a ruling: words, and no weight
        yield f"     {told}"
    weights = []
    for family, rests, weight in found:
        weights.append(float(weight))
        if abs(weights[-1]) >= _SHOWN:
            yield f"     {weight:>5}  {family:<6}  {rests}"
    if weights:
        yield f"     {sum(weights):+5.1f}  in sum, in log-odds"


def _copied(other: str, copy: Copy) -> str:
    return f"near-copy of {other}: {copy.containment:.0%} of the shorter, {copy.jaccard:.0%} of both"


def _changed(change: Change) -> str:
    if change.kind == "merge":
        return f"{_moment(change.at)} {change.story} was merged into {change.other}: {change.why}"
    return (
        f"{_moment(change.at)} {change.url} was split from {change.story} into {change.other}: {change.why}"
    )


def _ruled(ruling: Ruling) -> str:
    events = "two events" if ruling.kind == "apart" else "one event"
    return f"{_moment(ruling.at)} {ruling.by} ruled that articles are on {events}: {ruling.why}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
