"""A name in a relation to the news, as one formula of a text says it."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.attribution.names import Name
from pipelines.attribution.prepared import Sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a relation: "report", "speak", "cite", "per", "words", "seat", "passive", "sign", …."""

    name: Name
    relation: str
    sentence: Sentence
    at: int  # the offset of the formula
    anaphora: bool = False  # "об этом": the whole text is what was reported
    quoted: bool = False  # the formula stands beside direct speech
    background: bool = False
    framed: bool = False  # "as A writes, … B reported": A's report holds this one
    headline: bool = False
    told: Name | None = None  # to whom it was told
    via: Name | None = None  # the channel it was said through
