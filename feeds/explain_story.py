"""A story with the evidence that joined each of its articles, and what became of it since."""

from __future__ import annotations

from datetime import datetime

from pipelines.store.settling import Change, Copy, Member, StoryHistory


def explain_story(history: StoryHistory) -> str:
    """Give the explanation of a story as plain text; times are in UTC.

    Evidence is in log-odds: what speaks for one event is above zero, what speaks against it below.
    """
    lines = [history.guid]
    if history.asked != history.guid:
        lines.append(f"  {history.asked} was merged into it")
    for number, member in enumerate(history.members, 1):
        lines += ["", *_member(number, member)]
    lines += ["", *(f"near-copy: {_copied(one, other, copy)}" for one, other, copy in history.copies)]
    lines += [_changed(change) for change in history.changes]
    return "\n".join(lines).rstrip() + "\n"


def _member(number: int, member: Member) -> list[str]:
    published = "no date" if member.published is None else _moment(member.published)
    seen = _moment(member.first_seen)
    lines = [
        f"{number}. {member.headline}",
        f"   {member.outlet}, {member.lang}, published {published}, first seen {seen}",
        f"   {member.url}",
        f"   {member.reason}" + (f", compared with {member.nearest}" if member.nearest else ""),
    ]
    return lines + [f"     {each}" for each in member.evidence.split("; ") if each]


def _copied(one: str, other: str, copy: Copy) -> str:
    return f"{one} of {other}: {copy.containment:.0%} of the shorter, {copy.jaccard:.0%} of both"


def _changed(change: Change) -> str:
    if change.kind == "merge":
        return f"{_moment(change.at)} {change.story} was merged into {change.other}: {change.why}"
    return (
        f"{_moment(change.at)} {change.url} was split from {change.story} into {change.other}: {change.why}"
    )


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
