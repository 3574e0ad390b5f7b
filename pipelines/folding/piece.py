"""What goes into folding and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Family = Literal[
    "copy",
    "link",
    "person",
    "place",
    "body",
    "topic",
    "figure",
    "date",
    "word",
    "lead",
    "time",
    "outlet",
    "vector",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as folding sees it.

    `published` is aware, or None where the page told none; `chain` holds the sources it credits, by key, name
    or address; `translations` and `mentions` hold addresses: of its editions in other languages, and of pages
    that its text links.
    """

    id: str
    lang: str  # BCP 47; one that is none of kk, ru, en is read by the letters of the text
    outlet: str
    published: datetime | None
    title: str
    text: str
    url: str = ""
    chain: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against two articles telling of one event, in log-odds: against it is below zero."""

    family: Family
    weight: float
    told: str  # what they share, or where they differ


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two articles tell of one event. `odds` is the sum of the weights, in log-odds."""

    odds: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The story of an article: its own id where it begins one."""

    article: str
    story: str
    reason: str  # "first", "near-copy", "link" or "same-event"
    evidence: tuple[Evidence, ...] = ()
    nearest: str = ""  # the id of the article in the story that the evidence compares it with
