"""To whom it was told: the outlet of an interview, a briefing's correspondent, whoever asked."""

from __future__ import annotations

from pipelines.attribution.names import Name
from pipelines.attribution.nearby import Nearby
from pipelines.attribution.phrases import Cue
from pipelines.attribution.pieces import Piece

_IMPERSONAL = ("ли", "лись", "ют", "ат", "ят")  # Russian plurals, which need no subject
_DATIVE = ("ту", "ам", "ию", "ству", "лу", "те", "ре", "стам")


def told(near: Nearby, cue: Cue, teller: Name) -> Name | None:
    """The outlet to which the speaker told it, in the same sentence."""
    for other in near.cues:
        if other.kind == "told":
            name = asked(near, other)
            if name and name is not teller and name.kind in ("outlet", "own", "unknown"):
                return name
    governed = near.phrases.style == "governed" and cue.kind in ("report", "speak")
    seated = teller.seat in near.phrases.seats and near.pieces[cue.end - 1].low.endswith(_IMPERSONAL)
    if near.pieces[cue.end : cue.end + 1] and near.pieces[cue.end].has("addressed"):
        for name in near.after(cue)[:1]:
            return name if name.kind in ("outlet", "own") else None
    for name in (*near.after(cue), *near.before(cue)):
        beside = cue.end == name.first or name.last == cue.start
        aside = name is not teller and name.kind in ("outlet", "own", "unknown")
        marked = name.kind != "unknown" or _marked(near.pieces[name.core])
        if governed and beside and aside and marked and (seated or teller.kind in ("person", "post")):
            return name
        if name is teller or name.kind not in ("outlet", "own"):
            continue
        if (near.head_last and name.case == "dative") or _dative(near, name, cue):
            return name
    return None


def _marked(piece: Piece) -> bool:
    """Whether a name says itself that it may be an outlet's: in quotation marks, capitals, Latin, a host."""
    return piece.kind in ("quoted", "host") or piece.shout or piece.low.isascii()


def confided(near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
    """The outlet to which somebody without a name of their own told it (Kazakh "ТАСС-қа растады")."""
    if near.head_last:
        for name in near.before(cue):
            if name.kind == "outlet" and name.case == "dative":
                return [(name, "told")]
    return []


def asked(near: Nearby, cue: Cue) -> Name | None:
    """The outlet of an interview: "in an interview with X", "X-ке берген сұхбатында"."""
    return near.nearest_before(cue, reach=2) if near.head_last else near.nearest_after(cue, reach=2)


def _dative(near: Nearby, name: Name, cue: Cue) -> bool:
    """Whether an outlet right after a Russian verb is whom it was told to."""
    if near.phrases.style != "governed" or name.first < cue.end:
        return False
    if name.carrier:
        return False  # "опровергла публикацию газеты"
    head, before = near.pieces[name.first], near.pieces[name.first - 1]
    if head.has("media") and head.low.endswith(_DATIVE) and not before.has("preposition"):
        return True
    if near.oblique(name):
        return False
    return near.pieces[name.first].low.endswith(_DATIVE) or name.kind == "outlet"
