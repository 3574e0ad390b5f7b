"""Names without the words that only describe or staff them: "energy group RWE", "NOAA forecasters"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.attribution.names import Name
from pipelines.attribution.pieces import Piece

_DESCRIBED = frozenset({"institution", "unknown", "outlet"})
_LONGEST_COUNTRY = 3  # letters of an acronym that may be a country or a union: USA, EU


def without_descriptions(pieces: Sequence[Piece], names: Sequence[Name]) -> list[Name]:
    """The names of a sentence, each with what describes it counted as a part of its place.

    Args:
        pieces: the sentence.
        names: its names, in order.
    """
    kept: list[Name] = []
    opening: int | None = None  # where the words that only describe the next name begin
    for at, each in enumerate(names):
        name = each if opening is None else replace(each, first=opening)
        opening = None
        if _describes(pieces, name, names[at + 1] if at + 1 < len(names) else None):
            opening = name.first
        elif _bracketed(pieces, kept, name):
            kept[-2:] = [replace(kept[-2], last=name.last)]
        elif kept and kept[-1].last == name.first and name.kind == "unnamed" and _body(pieces, kept[-1]):
            kept[-1] = replace(kept[-1], last=name.last, kind="institution")
        else:
            kept.append(name)
    return kept


def _describes(pieces: Sequence[Piece], name: Name, after: Name | None) -> bool:
    """Whether a body's common noun only says what the name right after it is."""
    if after is None or after.first != name.last or name.kind != "institution":
        return False
    titled = after.kind == "person" and pieces[name.last].has("post")
    return (titled or after.kind in _DESCRIBED) and not pieces[name.last - 1].upper


def _bracketed(pieces: Sequence[Piece], kept: Sequence[Name], name: Name) -> bool:
    """Whether a type follows a name and its abbreviation: "Temir Zholy (KTZ) national company"."""
    if len(kept) < 2 or name.kind != "institution" or any(p.upper for p in pieces[name.first : name.last]):
        return False
    aside, full = kept[-1], kept[-2]
    closed = name.first - 1 == aside.last and pieces[aside.last].low == ")"
    return closed and full.last == aside.first - 1 and pieces[full.last].low == "("


def _body(pieces: Sequence[Piece], name: Name) -> bool:
    """Whether officials named beside it speak for it: a body, or an acronym longer than a country's."""
    piece = pieces[name.core]
    if piece.shout and name.last - name.core == 1:
        long = len(piece.low) > _LONGEST_COUNTRY - (name.source is not None)
        return long and name.kind in ("institution", "unknown")
    return name.kind == "institution"


def with_posts(pieces: Sequence[Piece], names: Sequence[Name]) -> list[Name]:
    """The names of a sentence, each post put to the person after it: "глава «Самрук-Энерго» Ерлан Ахметов".

    Args:
        pieces: the sentence.
        names: its names, in order.
    """
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept and kept[-1].last == name.first else None
        if name.kind == "person" and before and pieces[before.first].has("post"):
            kept[-1] = replace(name, first=before.first, seat=before.seat)
        else:
            kept.append(name)
    return kept
