"""Runs: stretches of a sentence that may hold names, and the places where one name ends and the next begins.

How a language builds the name of a body is its style: "head-last" (Ішкі істер министрлігінің баспасөз
қызметі), "governed" (пресс-служба Министерства внутренних дел) or "prepositional" (Ministry of the Interior).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import morphology
from pipelines.attribution.identity import Directory
from pipelines.attribution.izafet import RELATIVE, abroad, closed_medium, closed_post, governed, headed, lists, possessed, shortened, staff
from pipelines.attribution.persons import is_place, looks_like_person, looks_like_surname, may_be_personal
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared

HARD = ("quoted", "host")
_LONGEST_RUN = 24


class Runs:
    """Finds the runs of one text's sentences and cuts them into names.

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
        self.cyrillic = sum("а" <= char <= "ӿ" for char in text.folded[:200]) > 60

    def find(self, pieces: Sequence[Piece], verbs: frozenset[int]) -> list[tuple[int, int]]:
        """The places of the names among the pieces of one sentence: first piece, and past the last.

        Args:
            pieces: the sentence.
            verbs: indices of pieces that a formula has taken for its verb; lower-case, they are in no name.
        """
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(pieces):
            end = self._run(pieces, at, verbs)
            if end > at:
                found += self._split(pieces, at, end)
            at = max(end, at + 1)
        return found

    def _run(self, pieces: Sequence[Piece], at: int, verbs: frozenset[int]) -> int:
        end = at
        if self._prepositional and self._unusual(pieces, at):
            end += 1
        while end < len(pieces) and end - at < _LONGEST_RUN:
            piece = pieces[end]
            if end in verbs and not piece.upper:
                break
            if not (self._opens(piece) or self._goes_on(pieces, at, end)):
                break
            end += 1
        while end > at and pieces[end - 1].has("joiner") and not self._opens(pieces[end - 1]):
            end -= 1
        return end

    def _unusual(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a number or a small letter opens the name of a medium: "404 Media", "dpa news agency"."""
        piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        if after is None or not after.has("media"):
            return False
        if piece.kind == "number" or piece.upper or piece.kind != "word" or piece.classes:
            return piece.kind == "number" and after.upper
        known = self._directory.known(self._text.cut(piece.start, piece.end), self._lang)
        return known is not None and known.kind in ("outlet", "agency")

    def _goes_on(self, pieces: Sequence[Piece], at: int, end: int) -> bool:
        """Whether the piece at `end`, which opens no name by itself, belongs to the run begun at `at`."""
        piece, before = pieces[end], pieces[at:end]
        if not before:
            return self._governed and self._leads_to_head(pieces, end)
        if piece.low == ",":
            return self._listed(pieces, at, end)
        if self._head_last and (dot := shortened(pieces, at, end)):
            return end + dot < len(pieces) and pieces[end + dot].upper
        if self._head_last and piece.has("link"):
            return headed(pieces, end)
        if self._continues(before, piece):
            return True
        if piece.has("joiner") and self._joins(pieces, at, end):
            return True
        return self._leads_to_head(pieces, end)

    def _opens(self, piece: Piece) -> bool:
        if piece.kind in HARD:
            return True
        if piece.kind != "word" or piece.has("within") or (piece.has("stop") and not piece.shout):
            return False
        if piece.has("office", "media", "post", "inner", "platform", "unnamed", "carrier", "form"):
            return True
        return piece.upper and not (piece.first and self._ordinary(piece))

    def _ordinary(self, piece: Piece) -> bool:
        """Whether a capital letter at a sentence's start is all that makes the word look like a name."""
        foreign = piece.low.isascii() and self.cyrillic
        if piece.shout or foreign or piece.end != piece.stop:
            return False
        if self._directory.known(self._text.cut(piece.start, piece.end), self._lang):
            return False
        if self._governed:
            return morphology.common(piece.low)
        return not self._prepositional and piece.case not in (None, "genitive")

    def _continues(self, before: Sequence[Piece], piece: Piece) -> bool:
        if piece.kind == "number":
            return before[-1].upper and not before[-1].has("office")
        if piece.low in "&/" and before[-1].upper:
            return True
        if piece.kind != "word" or piece.has("stop", "joiner"):
            return False
        if self._governed and self.cyrillic and before[-1].has("media") and piece.low.isascii():
            return True
        if self._governed and any(each.has("office", "post", "carrier") for each in before):
            if piece.has("within"):
                return before[-1].has("office", "post") or morphology.governed(before[-1].low)
            return morphology.governed(piece.low) and not piece.has("platform")
        if self._head_last:
            ended = before[-1].has("office", "media", "post") and possessed(before[-1])
            return piece.case == "genitive" and not (ended and len(before) > 1)
        return False

    def _listed(self, pieces: Sequence[Piece], at: int, comma: int) -> bool:
        """Whether a comma stands in a list within a name: "Ministry of Trade, Industry and Tourism"."""
        if self._head_last:
            return lists(pieces, at, comma)
        before, after = pieces[at:comma], pieces[comma + 1 : comma + 6]
        joint = next((index for index, piece in enumerate(after) if piece.has("joiner")), None)
        if not joint or any(piece.kind != "word" or piece.has("stop", "report") for piece in after[:joint]):
            return False
        if not any(piece.has("office") for piece in before):
            return False
        tail = (*after[:joint], *after[joint + 1 : joint + 2])
        if self._governed:
            return all(not piece.upper and morphology.governed(piece.low) for piece in tail)
        return (
            len(tail) > 1
            and all(piece.upper for piece in tail)
            and any(piece.low == "of" for piece in before)
        )

    def _abroad(self, before: Sequence[Piece]) -> bool:
        """Whether the name is that of a mission, whose place abroad belongs to it."""
        return any(piece.has("abroad") for piece in before) and not before[-1].has("joiner")

    def _leads_to_head(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a bare noun no list knows stands right before the head noun of a body (Kazakh)."""
        piece = pieces[at]
        if piece.kind != "word" or piece.has("stop", "gap") or piece.upper:
            return False
        if self._governed:
            return self._modifies(pieces, at)
        if self._prepositional:
            return any(after.has("office") and not after.upper for after in pieces[at + 1 : at + 2])
        bare = piece.case in (None, "accusative") or piece.low.endswith(RELATIVE) or governed(pieces, at)
        return self._head_last and bare and headed(pieces, at)

    def _modifies(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether Russian adjectives from `at` on lead up to a head noun."""
        for piece in pieces[at : at + 4]:
            if piece.has("office", "post") and not morphology.adjective(piece.low):
                return True
            if piece.kind != "word" or not morphology.adjective(piece.low):
                return False
        return False

    def _joins(self, pieces: Sequence[Piece], at: int, end: int) -> bool:
        """Whether the joiner at `end` goes on with the name before it rather than beginning another."""
        after = pieces[end + 1] if end + 1 < len(pieces) else None
        if after is None or after.kind == "mark":
            return False
        before = pieces[at:end]
        joiner = pieces[end]
        if self._prepositional:
            if before[0].has("platform"):
                return False
            if joiner.has("for") and looks_like_person(before):
                return False
            if after.has("gap") and not after.has("article"):
                return False  # "the Ministry on Oct. 3"
            if joiner.has("of"):
                return after.upper or after.has("office", "inner", "post", "article")
            if joiner.has("article"):
                return before[-1].has("of")
            if joiner.has("and"):
                headed = any(piece.upper and piece.has("office") for piece in pieces[end + 2 : end + 4])
                governed = any(piece.has("of") for piece in before)
                return after.upper and not after.has("office") and (governed or (headed and len(before) == 1))
            return joiner.has("place") and after.upper and self._abroad(before)
        if self._head_last:
            if before[-1].has("office") and before[-1].case != "genitive":
                return False
            later = pieces[end + 1 : end + 6]
            headed = any(piece.has("office") for piece in later)
            return headed and (self._opens(after) or self._leads_to_head(pieces, end + 1))
        if pieces[end].has("stop"):
            return after.upper and self._abroad(before) and not before[-1].has("abroad")
        if any(piece.has("office", "post") for piece in pieces[end + 1 : end + 4]):
            return False
        office = any(piece.has("office") for piece in before)
        return office and not after.upper and after.kind == "word" and morphology.governed(after.low)

    # Cuts: where one name of a run ends and the next begins.

    def _split(self, pieces: Sequence[Piece], at: int, end: int) -> list[tuple[int, int]]:
        cuts = [at]
        for index in range(at + 1, end):
            if self._parted(pieces, cuts[-1], index, end):
                cuts.append(index)
        return list(zip(cuts, [*cuts[1:], end], strict=True))

    def _parted(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        before, after = pieces[index - 1], pieces[index]
        if after.has("unnamed") and before.upper and not (self._prepositional and after.upper):
            return True
        if self._of_platform(before, after):
            return True
        beside = ("media", "office", "carrier") if self._head_last else ()
        if before.kind == "host":
            return not after.has(*beside, "platform") if self._head_last else not after.has("media")
        if after.kind == "host":
            beside_host = before.has("media", "office") or (before.has("carrier") and index - 1 == first)
            return self._head_last or not beside_host
        if self._governed and after.has("media") and not after.upper and before.upper and index - first > 1:
            return before.kind == "word" and not before.low.isascii() and not before.has("office", "media")
        if before.kind == "quoted":
            return not (after.has("media", "office", "form") or staff(after) if self._head_last else after.kind == "number")
        if self._head_last:
            return self._parted_head_last(pieces, first, index, end)
        fresh = after.upper or after.kind in HARD
        if pieces[first].has("platform") and before.has("carrier", "media") and fresh:
            return True
        if self._prepositional:
            if self._owned(pieces, first, index, end):
                return True
            return before.has("office") and not before.has("media") and not before.upper and after.upper
        if not self._governed or not before.upper or after.has("inner"):
            return False
        headed = after.has("office", "post") and not after.shout and morphology.nominative(after.low)
        within = before.has("office") and morphology.governed(after.low)  # Департамент Бюро …
        return headed and not within and not morphology.adjective(before.low)

    def _owned(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        """Whether an outlet or a country only owns what follows: "ESPN's Marc Keller", "Turkey's Anadolu"."""
        before = pieces[index - 1]
        if before.case != "genitive" or not before.upper or not pieces[index].upper:
            return False
        if any(piece.has("office", "post") and not piece.has("media") for piece in pieces[index:end]):
            return False
        known = self._directory.known(self._text.cut(pieces[first].start, before.end), self._lang)
        if known and known.kind in ("outlet", "agency"):
            return True
        return index - 1 == first and is_place(before, russian=False)

    def _of_platform(self, before: Piece, after: Piece) -> bool:
        """Whether a platform's word begins or ends here: it is a name of its own."""
        if after.has("platform"):
            return not before.has("platform") and not (before.has("carrier") and not self._head_last)
        return before.has("platform") and not after.has("carrier", "media", "platform")

    def _parted_head_last(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        before, after = pieces[index - 1], pieces[index]
        oblique = before.case in ("dative", "ablative", "locative", "accusative", "instrumental")
        if oblique and not before.low.endswith(RELATIVE):
            if before.case == "accusative" and after.kind in HARD:
                return True
            if before.case == "accusative" and headed(pieces, index - 1):
                return False
            if governed(pieces, index - 1) and headed(pieces, index - 1):
                return False
            return before.has("office", "media", "carrier", "post") or not (
                before.upper or before.has("inner")
            )
        headless = (
            before.has("office") and before.case is None and not before.low.endswith(("ы", "і", "y", "i"))
        )
        if headless and after.upper:
            return True
        if (before.has("post") and after.kind in HARD) or closed_post(before, after):
            return True
        if index - 1 > first and closed_medium(before, after):
            return True
        if index - 1 > first and abroad(pieces, index, place=is_place(after, russian=False)):
            return True
        if before.upper and before.case is None and after.has("inner") and not after.upper:
            ahead = pieces[index : index + 3]
            if not headed(pieces, index - 1) and not any(p.has("media", "post") or p.upper for p in ahead):
                return True
        fresh = after.upper or after.has("inner")
        owned = before.case == "genitive" and pieces[first].kind != "host"
        beside = fresh and before.has("media") and not owned and index - 1 > first
        if beside and not self.heads(pieces[first : index - 1], before):
            return True
        if self._person_done(pieces, first, index):
            return True
        return self._outlet_alone(pieces, first, index, end)

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
        if not (titled or looks_like_person(words)):
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
        if not after.upper and possessed(after):
            return False  # "Астана қаласы"
        if self.cyrillic and after.low.isascii() and pieces[index - 1].low.isascii():
            own = self._directory.known(self._text.cut(after.start, after.end), self._lang)
            if own is None and after.kind == "word":
                return False  # "Qazaqstan Boxing"
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
