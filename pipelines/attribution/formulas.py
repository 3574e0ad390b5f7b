"""Formulas that credit by a preposition: findings, messages issued, places where it was said (English).

Each says which names a cue credits; the cues themselves are data. What a bare "the company" points back to
is found here too.
"""

from __future__ import annotations

from itertools import pairwise

from pipelines.attribution.cuts import HARD
from pipelines.attribution.names import Name
from pipelines.attribution.nearby import CLAUSE_MARKS, VERB_ENDINGS, Nearby
from pipelines.attribution.persons import is_place, names_place
from pipelines.attribution.phrases import Cue
from pipelines.attribution.pieces import Piece

KINDS = frozenset({"finding", "issued", "placed", "by", "relayed_to", "seen", "inverted"})
_NAMED = ("outlet", "institution", "unknown")
_TELLERS = ("institution", "person")
_REACH = 4  # pieces between a formula and its name
_MESSAGE_REACH = 7  # pieces from "data" to "released by"
_ORDER_REACH = 6  # pieces from "told" to the "to" of an order
_LONGEST_APPOSITION = 12
_DATELINE = 14  # pieces a dateline may take


def credited(near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
    """The name a formula of `KINDS` credits, with its relation."""
    name = near.nearest_after(cue, reach=_REACH)
    if name is None:
        return []
    told = any(other.kind == "anaphora" for other in near.cues)
    if cue.kind == "by":
        ahead = near.pieces[max(0, cue.start - 1) : cue.start]
        clausal = all(piece.has("stop", "gap") or piece.kind == "mark" for piece in ahead)
        name = near.bearer(name) or name  # "by its president, Henrik Solbakken"
        person = (told or clausal) and name.kind == "person"
        return [(name, "report")] if person or name.kind in ("institution", "outlet") else []
    if cue.kind == "issued":
        before = near.pieces[max(0, cue.start - _MESSAGE_REACH) : cue.start]
        message = told or any(piece.has("carrier", "tidings") for piece in before)
        return [(name, "report")] if message and name.kind in ("institution", "outlet") else []
    if cue.kind == "seen":
        before = near.pieces[max(0, cue.start - _MESSAGE_REACH) : cue.start]
        message = name.kind == "unknown" and any(piece.has("carrier") for piece in before)
        return [(name, "report")] if message or name.kind == "outlet" else []
    if cue.kind == "inverted":
        beside = near.pieces[cue.end].upper or near.pieces[cue.end].has("article")
        return [(name, "report")] if beside and name.kind in _NAMED else []
    if cue.kind == "relayed_to":
        by = [each for each in near.after(cue)[1:2] if near.oblique(each) and each.kind in _TELLERS]
        return [(name, "report"), (by[0], "report")] if by and name.kind in ("outlet", "unknown") else []
    if cue.kind == "placed":
        site = any(piece.has("media") for piece in near.pieces[cue.end : name.core])
        briefing = (name.carrier and not site) or near.pieces[min(name.last, len(near.pieces) - 1)].has(
            "carrier"
        )
        return [(name, "seat")] if name.kind == "institution" and not briefing else []
    return [(name, "per")] if _found(near, cue, name) else []


def _found(near: Nearby, cue: Cue, name: Name) -> bool:
    """Whether a study is told as such: a verb of showing follows, or "according to" stands before."""
    if name.kind not in _NAMED or names_place(near.pieces[name.core : name.last]):
        return False
    for other in near.cues:
        if other.kind in ("show", "report", "speak") and -1 <= other.start - name.last <= 3:
            return True
        if other.kind == "per" and 0 <= cue.start - other.end <= 3:
            return True
    return False


def ordered(near: Nearby, cue: Cue) -> bool:
    """Whether a verb of telling gives an order: "told brokers to stop"."""
    if not any(other.kind == "order" and other.start == cue.start for other in near.cues):
        return False
    for index in range(cue.end, min(cue.end + _ORDER_REACH, len(near.pieces))):
        if near.pieces[index].low in CLAUSE_MARKS:
            return False
        if any(other.kind == "asking" and other.start == index for other in near.cues):
            return not any(
                name.kind == "outlet" and cue.end <= name.first and name.last <= index for name in near.names
            )
    return False


def explained(near: Nearby, cue: Cue) -> Name | None:
    """The subject that an apposition parts from its verb: "Ozodlik, the Uzbek service, reported"."""
    closing = cue.start - 1
    while closing >= 0 and near.pieces[closing].has("gap") and near.pieces[closing].low != ",":
        closing -= 1
    if closing < 0 or near.pieces[closing].low != ",":
        return None
    for opening in range(closing - 1, max(-1, closing - _LONGEST_APPOSITION), -1):
        if near.pieces[opening].low != ",":
            continue
        if not near.pieces[opening + 1].has("article") and not near.pieces[opening + 1].has("post"):
            return None
        if any(opening < other.start < closing and other.kind in ("report", "speak") for other in near.cues):
            return None
        for name in near.names:
            if name.last == opening:
                named = name.kind == "person" or name.kind in _NAMED
                return name if named and not near.oblique(name) else None
        return None
    return None


def named_aside(near: Nearby, cue: Cue) -> Name | None:
    """The body named in an apposition to a bare one: "their union, the Drivers' Association, announced"."""
    comma = near.pieces[cue.start - 1 : cue.start]
    if near.head_last or not comma or comma[0].low != ",":
        return None
    for name, body in pairwise(near.names):
        bare = not any(piece.upper or piece.kind in HARD for piece in near.pieces[name.core : name.last])
        between = near.pieces[name.last : body.first]
        apposed = bool(between) and between[0].low == "," and all(p.has("article") for p in between[1:])
        if apposed and body.last == cue.start - 1 and bare and name.kind == body.kind == "institution":
            return body
    return None


def antecedent(near: Nearby, at: int) -> Name | None:
    """Whom the sentence is about, for a "the company" or "it" at piece `at`: its first proper name.

    A lone word that opens the sentence counts only if it does not read as a common noun.
    """
    opening = _dateline_end(near)
    for name in near.names:
        if name.last > at:
            return None
        if name.first < opening:
            continue
        if name.kind not in _NAMED or near.oblique(name):
            continue
        words = near.pieces[name.core : name.last]
        if all(piece.has("demonym") for piece in words):
            continue
        if not words[0].upper or is_place(words[-1], russian=False):
            continue
        if len(words) == 1 and words[0].first and _common(near, words[0], name.last):
            continue
        return name
    return None


def _dateline_end(near: Nearby) -> int:
    """The piece at which the news begins after "RIO DE JANEIRO, Aug 4 (Reuters) -", else 0."""
    head = near.pieces[:_DATELINE]
    for at, piece in enumerate(head):
        if piece.low in "-–" and at and (head[0].shout or head[at - 1].low in ")/"):
            return at + 1
    return 0


def _common(near: Nearby, word: Piece, after: int) -> bool:
    """Whether a word that opens a sentence is no name: by its ending, or as no verb follows it."""
    if word.shout or word.kind != "word":
        return False
    follows = after < len(near.pieces) and near.pieces[after].low.endswith((*VERB_ENDINGS, ","))
    return word.low.endswith(near.phrases.plain) or not follows
