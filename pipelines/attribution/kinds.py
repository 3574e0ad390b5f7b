"""Of what kind a name is: outlet, institution, person, post; or none at all."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import russian
from pipelines.attribution.cuts import HARD
from pipelines.attribution.identity import OUTLET_KINDS, Directory, Source
from pipelines.attribution.mastheads import desk, news_agency, titled
from pipelines.attribution.persons import is_place
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared


class Kinds:
    """Tells the names of one text apart by kind.

    Args:
        text: the text.
        phrases: its language's phrases.
        directory: the identities.
        cyrillic: whether the text is written in Cyrillic.
    """

    def __init__(self, text: Prepared, phrases: Phrases, directory: Directory, *, cyrillic: bool) -> None:
        self._text = text
        self._phrases = phrases
        self._directory = directory
        self._cyrillic = cyrillic
        self._lang = phrases.lang
        self._governed = phrases.style == "governed"
        self._head_last = phrases.style == "head-last"
        self._prepositional = phrases.style == "prepositional"

    def of(self, body: Sequence[Piece], *, media: bool) -> tuple[str | None, Source | None]:
        """The kind of a name, None for what is none, and its identity where one is known.

        Args:
            body: its own words.
            media: whether a word such as "newspaper" stood beside it.
        """
        unnamed = not body[0].upper and body[0].has("post") and body[0].has("carrier")
        if self._prepositional and unnamed and any(piece.has("of") for piece in body[1:2]):
            return "post", None  # "an official of the Ministry"
        source = self._directory.known(self._text.cut(body[0].start, body[-1].end), self._lang)
        lone = len(body) == 1 and body[0].kind == "word"
        if source and source.kind in OUTLET_KINDS and lone and not media and self._place(body[0]):
            return "unknown", None  # "в Астане" is the city, not the channel of its name
        if source:
            if source.kind in OUTLET_KINDS:
                return "outlet", source
            if source.kind == "platform":
                return "platform", source
            return ("person" if source.kind == "person" else "institution"), source
        if body[-1].kind == "host" or body[0].kind == "host":
            host = body[0].low if body[0].kind == "host" else body[-1].low
            official = ".gov" in host or host.startswith("gov.")
            return ("institution" if official else "outlet"), None
        of = next((at for at, piece in enumerate(body[:4]) if piece.has("of")), 0)
        led = self._prepositional and body[0].has("post") and of > 0
        if led and not any(piece.has("office") for piece in body[:of]):
            return "post", None
        if media and all(piece.has("demonym") for piece in body):
            return "own", None  # "the Russian agency", which was named before
        lone = not self._prepositional and len(body) == 1 and body[0].kind == "word" and not body[0].shout
        if lone and (self._governed or not body[0].upper) and body[0].has("media") and body[0].has("office"):
            return "own", None  # "агентство", which was named before
        known = self._prepositional and desk(body, self._text, self._directory, self._lang)
        if known or (self._prepositional and news_agency(body)):
            return "outlet", None
        if self._head_last and body[-1].has("post") and not body[-1].has("office", "deputed"):
            return "post", None  # "Компанияның заңгері"
        if any(piece.has("office") for piece in body):
            return "institution", None
        if any(piece.has("post") for piece in body):
            several = self._governed and russian.plural(body[0].low)
            if several and not any(piece.upper or piece.kind in HARD for piece in body):
                return "unnamed", None
            return "post", None
        foreign = media and self._governed and self._cyrillic and body[0].low.isascii()
        if not foreign and not any(piece.upper or piece.kind in HARD for piece in body):
            return None, None
        if self._head_last and all(piece.has("inner") and not piece.shout for piece in body):
            return None, None
        if self._governed and len(body) == 1 and body[0].first and body[0].has("media"):
            return "own", None
        named = any(piece.has("media") and piece.upper for piece in body) and not self._head_last
        if self._governed and any(titled(piece, self._phrases) for piece in body):
            return "outlet", None
        return ("outlet" if media or named else "unknown"), None

    def _place(self, piece: Piece) -> bool:
        return is_place(piece, russian=False) or (self._governed and russian.city(piece.low))
