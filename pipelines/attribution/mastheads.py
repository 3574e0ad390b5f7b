"""Names that say themselves that they are an outlet's: its desk, a wire, a title with "газета" in it."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import izafet, russian
from pipelines.attribution.identity import OUTLET_KINDS, Directory
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared


def news_agency(body: Sequence[Piece]) -> bool:
    """Whether a name says itself that it is a wire's: "Central News Agency"."""
    return len(body) > 1 and body[-1].has("media") and body[-2].has("trade") and body[-1].upper


def desk(body: Sequence[Piece], text: Prepared, directory: Directory, lang: str) -> bool:
    """Whether a desk of a known outlet is named: "BBC Sport", "RFE/RL's Tatar-Bashkir Service"."""
    if len(body) < 2 or not body[-1].upper:
        return False
    owner = next((at + 1 for at, piece in enumerate(body[:-1]) if piece.case == "genitive"), 1)
    if not all(piece.upper or piece.low == "/" for piece in body[:owner]):
        return False
    if owner == 1 and not body[0].shout:
        return False
    whole = directory.known(text.cut(body[0].start, body[owner - 1].end), lang)
    served = owner == 1 or body[-1].has("spokes") or body[-1].low in ("service", "desk")
    return whole is not None and whole.kind in OUTLET_KINDS and served


def titled(piece: Piece, phrases: Phrases) -> bool:
    """Whether a quoted name says itself that it is a medium's: «Новая газета Европа»."""
    return piece.kind == "quoted" and any("media" in phrases.classes(word) for word in piece.low.split())


def several(piece: Piece, phrases: Phrases) -> bool:
    """Whether channels are told of, not which: "телеграм-каналов", "Telegram channels"."""
    if phrases.style == "governed":
        return "-" in piece.low and russian.plural(piece.low.rpartition("-")[2])
    carried = phrases.style == "head-last" and piece.has("carrier")
    return piece.has("plural") or (carried and izafet.plural_of(piece))
