"""People among the names of a sentence: told by ending, by given name, or by the post before them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pipelines.attribution import morphology, russian
from pipelines.attribution.pieces import Piece

_PEOPLE = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
_KAZAKH_ENDING = re.compile(r"(?:[ндт][ыі]ң|[ғгқк][ае]|[ндт][ае]н)$")
_SURNAMES = tuple(_PEOPLE["surname"])
_GIVEN = frozenset(_PEOPLE["given"])
_PLACES = frozenset(_PEOPLE["places"])


def looks_like_surname(low: str) -> bool:
    """Whether a folded word has the ending of a family name or patronymic."""
    if len(low) > 4 and low.endswith(_SURNAMES):
        return True
    bare = _KAZAKH_ENDING.sub("", low)
    return bare != low and len(bare) > 4 and bare.endswith(_SURNAMES)


def given(low: str) -> bool:
    """Whether a folded word is a given name that decides alone."""
    return low in _GIVEN


@lru_cache(maxsize=4096)
def _name_parts(low: str) -> tuple[str, ...]:
    return tuple(low.split("-"))


def looks_like_person(words: Sequence[Piece]) -> bool:
    """Whether two or more capitalised words read as a person's name, by ending or by a known given name."""
    if len(words) < 2 or any(piece.shout and len(piece.low) < 4 for piece in words):
        return False
    if words[0].low in _GIVEN or any(part in _GIVEN for part in _name_parts(words[0].low)):
        return True
    if russian.given_name(words[0].low) and all(piece.kind == "word" for piece in words[:2]):
        return True
    return any(looks_like_surname(piece.low) for piece in words[1:])


def is_place(piece: Piece, *, russian: bool) -> bool:
    """Whether a capitalised word between a post and a name is the place of the post."""
    return piece.low in _PLACES or (russian and morphology.place(piece.low))


def names_place(words: Sequence[Piece]) -> bool:
    """Whether the words together are a country or a city ("South Africa")."""
    return " ".join(piece.low for piece in words) in _PLACES


def _named(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word with another sense is a name here: a given name, or what follows one (Тимур Ли)."""
    low, before = pieces[at].low, pieces[at - 1] if at else None
    if low in _GIVEN:
        return True
    titled = before is not None and before.upper and before.kind == "word" and not pieces[at].shout
    return bool(titled and before and (before.low in _GIVEN or russian.given_name(before.low)))


def may_be_personal(pieces: Sequence[Piece], at: int, *, head_last: bool) -> bool:
    """Whether the piece at `at` can be a part of a person's name."""
    piece = pieces[at]
    # A given name may spell a post (Ғалым, "scholar"): after another post it is the name.
    posted = piece.has("post") and not (head_last and at > 0 and pieces[at - 1].has("post"))
    return (
        piece.kind == "word"
        and (piece.upper or piece.has("nobiliary"))
        and not posted
        and not (piece.has("office", "media", "platform", "stop", "joiner") and not _named(pieces, at))
        and not (piece.has("inner") and not piece.low.endswith(_SURNAMES))
        and not (piece.shout and len(piece.low) < 5)
    )
