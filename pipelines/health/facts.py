"""What the rules are told of an outlet, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["new", "well", "ill", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An article as the rules look at it; the newest come first. Times in UTC."""

    first_seen: datetime
    lang: str
    published: datetime | None
    precision: str | None
    fields: frozenset[str]  # those that were found: "lead", "author", "images" …
    by_layout: frozenset[str]  # of these, what the declared layout gave
    shape: str  # how its body begins, without what differs from page to page


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCrawl:
    """What came of the outlet's last crawl."""

    began: datetime
    ended: datetime
    outcome: str
    counts: Mapping[str, int]
    errors: Mapping[str, int] = field(default_factory=dict)  # why requests gave nothing, and how often
    not_before: datetime | None = None  # when the outlet asked to come back
    landings: Mapping[str, int] = field(default_factory=dict)  # where articles' requests ended, if elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was thought of the outlet before."""

    state: State = "new"
    since: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known of an outlet when it is judged.

    `days` and `weeks` count new articles in windows of one and of seven days, which end now, a week ago, two
    weeks ago …; None where nothing was crawled in that window, or a public holiday fell on it.
    """

    outlet: str
    first_crawl: datetime | None
    last: LastCrawl | None
    before: Before = Before()
    days: tuple[int | None, ...] = ()
    weeks: tuple[int | None, ...] = ()
    articles: tuple[Seen, ...] = ()
    newest: datetime | None = None  # publication of its newest article


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is thought of an outlet now."""

    state: State
    why: str
    since: datetime
    last_success: datetime | None
    failures: int
    failed_at: datetime | None
    next_try: datetime | None
    found: int | None = None  # articles in the last `span_days`
    habit: float | None = None
    span_days: int | None = None
    broken_bounds: tuple[str, ...] = ()  # of those that its file declares
