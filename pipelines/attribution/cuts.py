"""Cuts: where one name of a run ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import izafet, morphology
from pipelines.attribution.identity import Directory
from pipelines.attribution.persons import (
    is_place,
    looks_like_person,
    looks_like_surname,
    may_be_personal,
    names_place,
)
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared

HARD = ("quoted", "host")


class Cuts:
    """Cuts the runs of one text into names.

    Args:
        text: the text.
        phrases: its language's phrases.
        directory: the identities, which tell an outlet's name where it ends.
    """

    def __init__(self, text: Prepared, phrases: Phrases, directory: Directory) -> None:
        self._text = text
        self._phrases = phrases
        self._directory = directory
        self._lang = phrases.lang
        self._governed = phrases.style == "governed"
        self._head_last = phrases.style == "head-last"
        self._prepositional = phrases.style == "prepositional"
        # The script of the text, by its first letters: a word in the other script is a name.
        opening = text.folded[:200]
        letters = sum(char.isalpha() for char in opening)
        self.cyrillic = sum("а" <= char <= "ӿ" for char in opening) > min(60, letters // 2)

    def _split(self, pieces: Sequence[Piece], at: int, end: int) -> list[tuple[int, int]]:
        cuts = [at]
        for index in range(at + 1, end):
            if self._parted(pieces, cuts[-1], index, end):
                cuts.append(index)
        return list(zip(cuts, [*cuts[1:], end], strict=True))

    def _parted(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        before, after = pieces[index - 1], pieces[index]
        latin = before.upper and after.upper and before.low.isascii() and after.low.isascii()
        if latin and self._outlet(pieces, first, index + 1):
            return False  # South China Morning Post
        if after.has("unnamed") and before.upper and not (self._prepositional and after.upper):
            body = self._governed and any(piece.has("office") for piece in pieces[first:index])
            return not (body and morphology.governed(after.low))  # Ассоциация финансистов
        if self._of_platform(before, after):
            return True
        beside = ("media", "office", "carrier") if self._head_last else ()
        if before.kind == "host":
            if self._head_last and before.case in ("dative", "ablative") and not after.has("media"):
                return True  # "NUR.KZ-ке министрліктің баспасөз қызметінде айтты"
            if self._head_last and after.upper and not after.has("media") and not izafet.possessed(after):
                return True
            return not after.has(*beside, "platform") if self._head_last else not after.has("media")
        if after.kind == "host":
            carried = before.has("carrier") and index - 1 == first
            of_medium = before.has("of") and index - 2 >= first and pieces[index - 2].has("media")
            beside_host = before.has("media", "office", "staff") or carried or of_medium
            return self._head_last or not beside_host
        if self._governed and after.has("media") and not after.upper and before.upper and index - first > 1:
            return before.kind == "word" and not before.low.isascii() and not before.has("office", "media")
        if before.kind == "quoted" and self._governed and after.has("within"):
            return False
        # «Астана» футбол клубы, «Таза дала» қоғамдық қоры; but «Хабар 24» қалалық полиция …
        headed = izafet.headed(pieces, index - 1) and (
            after.has("kind") or not self._outlet(pieces, first, index)
        )
        if before.kind == "quoted" and self._head_last and (headed or izafet.typed(pieces, index)):
            return False
        if before.kind == "quoted":
            if self._head_last:
                ahead = pieces[index + 1 : min(index + 2, end)]
                if after.shout and any(piece.has("office", "spokes", "unit") for piece in ahead):
                    return False  # «Атамекен» ҰКП баспасөз қызметі
                headless = after.shout and not after.has("media", "form")  # «Хабар 24» ТЖМ-ге сілтеме жасап
                return headless or not (after.has("media", "office", "form", "spokes") or izafet.staff(after))
            return after.kind != "number"
        if self._head_last:
            return self._parted_head_last(pieces, first, index, end)
        fresh = after.upper or after.kind in HARD
        if pieces[first].has("platform") and before.has("carrier", "media") and fresh:
            return True
        if self._prepositional:
            if self._owned(pieces, first, index, end):
                return True
            return before.has("office") and not before.has("media") and not before.upper and after.upper
        told = self._governed and before.has("media") and not before.upper
        aside = told and not morphology.nominative(before.low) and morphology.nominative_adjective(after.low)
        if told and (after.has("post") or (aside and self._led_by_post(pieces, index, end))):
            return True  # "сообщил журналистам вице-министр …", "на встрече с журналистами главный врач …"
        headless = self._governed and before.has("office") and not before.upper and after.has("post")
        if headless and morphology.nominative(after.low) and not morphology.governed(after.low):
            return True  # на заседании правительства министр …
        if not self._governed or not before.upper or after.has("inner"):
            return False
        headed = after.has("office", "post") and not after.shout and morphology.nominative(after.low)
        within = before.has("office") and morphology.governed(after.low)  # Департамент Бюро …
        return headed and not within and not morphology.adjective(before.low)

    def _led_by_post(self, pieces: Sequence[Piece], index: int, end: int) -> bool:
        """Whether an adjective leads up to a post."""
        return any(piece.has("post") for piece in pieces[index + 1 : min(index + 3, end)])

    def _outlet(self, pieces: Sequence[Piece], first: int, index: int) -> bool:
        """Whether the pieces are an outlet that a list knows."""
        known = self._directory.known(self._text.cut(pieces[first].start, pieces[index - 1].end), self._lang)
        return known is not None and known.kind in ("outlet", "agency")

    def _owned(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        """Whether an outlet or a country only owns what follows: "ESPN's Marc Keller", "Turkey's Anadolu"."""
        before = pieces[index - 1]
        if before.case != "genitive" or not before.upper or not pieces[index].upper:
            return False
        for at in range(index, end):
            governs = at + 1 < end and pieces[at + 1].has("of")  # "Agency for", not "news agency"
            if pieces[at].has("office", "post") and (governs or not pieces[at].has("media")):
                return False
        known = self._directory.known(self._text.cut(pieces[first].start, before.end), self._lang)
        if known and known.kind in ("outlet", "agency"):
            return not any(piece.has("media") for piece in pieces[index:end])
        return names_place(pieces[first:index])

    def _of_platform(self, before: Piece, after: Piece) -> bool:
        """Whether a platform's word begins or ends here: it is a name of its own."""
        if after.has("platform"):
            return not before.has("platform") and not (before.has("carrier") and not self._head_last)
        return before.has("platform") and not after.has("carrier", "media", "platform")

    def _parted_head_last(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        before, after = pieces[index - 1], pieces[index]
        oblique = before.case in ("dative", "ablative", "locative", "accusative", "instrumental")
        if oblique and not izafet.relative(before.low):
            if before.case == "accusative" and after.kind in HARD:
                return True
            if before.case == "accusative" and izafet.headed(pieces, index - 1):
                return False
            if izafet.governed(pieces, index - 1) and izafet.headed(pieces, index - 1):
                return False
            if before.end != before.stop and after.upper:
                return True  # "Qatar-дағы Al Jazeera"
            return before.has("office", "media", "carrier", "post") or not (
                before.upper or before.has("inner")
            )
        if index - 1 > first and izafet.complete(pieces, index, end):
            return True
        headless = (
            before.has("office") and before.case is None and not before.low.endswith(("ы", "і", "y", "i"))
        )
        if headless and after.upper and not (before.shout and after.has("inner", "office", "post")):
            return True
        apart = after.kind == "quoted" or after.has("unnamed") or self._another(pieces, index)
        if apart and before.has("office") and izafet.possessed(before):
            return True
        bare = before.has("post", "unnamed") and before.case is None and not izafet.possessed(before)
        if bare and after.case == "genitive" and not after.upper and not after.has("post", "office"):
            return True
        if before.shout and before.case is None and after.has("post") and izafet.plural(after):
            return True  # "ІІМ жүргізушілерге …"
        if (before.has("post") and after.kind in HARD) or izafet.closed_post(before, after):
            return True
        if index - 1 > first and izafet.closed_medium(before, after):
            return True
        if index - 1 == first and izafet.countrys(pieces, index):
            return True
        if index - 1 > first and izafet.abroad(pieces, index, place=is_place(after, russian=False)):
            return True
        if before.upper and before.case is None and after.has("inner") and not after.upper:
            ahead = pieces[index : index + 3]
            titled = any(piece.has("media", "post") or piece.upper for piece in ahead)
            if not titled and not izafet.headed(pieces, index - 1):
                return True
        fresh = after.upper or after.has("inner")
        owned = before.case == "genitive" and pieces[first].kind != "host"
        beside = fresh and before.has("media") and not owned and index - 1 > first
        if beside and not self.heads(pieces[first : index - 1], before):
            return True
        if self._person_done(pieces, first, index):
            return True
        return self._outlet_alone(pieces, first, index, end)

    def _another(self, pieces: Sequence[Piece], index: int) -> bool:
        """Whether a small word after a body in full begins something else ("… қызметі бас бапкермен …")."""
        after = pieces[index]
        ahead = pieces[index : index + 2]
        ends = any(piece.has("post") and piece.case not in (None, "genitive") for piece in ahead)
        return after.has("inner") and not after.upper and ends

    def _person_done(self, pieces: Sequence[Piece], first: int, index: int) -> bool:
        """Whether a person's name has just ended and something else begins."""
        after = pieces[index]
        begin = index
        while begin > first and may_be_personal(pieces, begin - 1, head_last=True) and index - begin < 3:
            begin -= 1
        words = pieces[begin:index]
        if len(words) < 2:
            return False
        titled = begin > first and pieces[begin - 1].has("post")
        if not (titled or looks_like_person(words) or looks_like_person(words[-2:])):
            return False
        if after.has("namesake"):
            return False
        if not after.upper:
            return titled or not after.has("post", "media")
        foreign = self.cyrillic and after.low.isascii() != words[-1].low.isascii()
        return foreign or after.has("office", "inner") or not looks_like_surname(after.low)

    def _outlet_alone(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        """Whether the words so far are an outlet in the nominative with another name after them."""
        after = pieces[index]
        if not (after.upper or after.has("inner")) or after.has("media", "office"):
            return False
        owned = after.case == "genitive" and after.has("inner")
        if not after.upper and (izafet.possessed(after) or owned):
            return False  # "Астана қаласы", "Астана қаласының Білім басқармасы"
        if self.cyrillic and after.low.isascii() and pieces[index - 1].low.isascii():
            own = self._directory.known(self._text.cut(after.start, after.end), self._lang)
            longer_still = index + 1 < end and pieces[index + 1].upper and pieces[index + 1].low.isascii()
            if (own is None or longer_still) and after.kind == "word":
                return False  # "Qazaqstan Boxing", "BBC Science Focus"
        known = self._directory.known(self._text.cut(pieces[first].start, pieces[index - 1].end), self._lang)
        if known is None or known.kind not in ("outlet", "agency"):
            return False
        longer = self._text.cut(pieces[first].start, pieces[index].end)
        if self._directory.known(longer, self._lang):
            return False
        return pieces[index - 1].case != "genitive" and any(
            piece.has("office", "post") or piece.upper for piece in pieces[index:end]
        )

    def heads(self, before: Sequence[Piece], piece: Piece) -> bool:
        """Whether a word that is "agency" or "service" in both senses is an institution's head here."""
        if not piece.has("office", "inner"):
            return False
        if before[-1].kind in HARD or before[0].kind == "host":
            return False
        for size in range(1, len(before) + 1):
            whole = self._text.cut(before[0].start, before[size - 1].end)
            known = self._directory.known(whole, self._lang)
            if known and known.kind in ("outlet", "agency"):
                return False
        if self._prepositional and before[-1].has("media"):
            return False
        foreign = (self.cyrillic and before[0].low.isascii()) or (self._prepositional and before[0].shout)
        return not foreign and (len(before) > 1 or not before[-1].upper)
