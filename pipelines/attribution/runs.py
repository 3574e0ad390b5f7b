"""Runs: stretches of a sentence that may hold names, and the places where one name ends and the next begins.

How a language builds the name of a body is its style: "head-last" (Ішкі істер министрлігінің баспасөз
қызметі), "governed" (пресс-служба Министерства внутренних дел) or "prepositional" (Ministry of the Interior).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import izafet, morphology
from pipelines.attribution.cuts import HARD, Cuts
from pipelines.attribution.persons import given, looks_like_person
from pipelines.attribution.pieces import Piece

_LONGEST_RUN = 24


class Runs(Cuts):
    """Finds the runs of one text's sentences and cuts them into names.

    Args:
        text: the text.
        phrases: its language's phrases.
        directory: the identities, which tell an outlet's name where it ends.
    """

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
                found += [
                    (first, self._bare(pieces, first, last)) for first, last in self._split(pieces, at, end)
                ]
            at = max(end, at + 1)
        return found

    def _bare(self, pieces: Sequence[Piece], first: int, last: int) -> int:
        """The index past an English name without the small words before the next name: "… Airport on X"."""
        while (
            self._prepositional
            and last - first > 1
            and not pieces[last - 1].upper
            and (pieces[last - 1].has("joiner") or pieces[last - 1].low == "'")
        ):
            last -= 1
        return last

    def _run(self, pieces: Sequence[Piece], at: int, verbs: frozenset[int]) -> int:
        end = at
        if self._prepositional and self._unusual(pieces, at, at + 1 in verbs):
            end += 1
        while end < len(pieces) and end - at < _LONGEST_RUN:
            piece = pieces[end]
            if end in verbs and not piece.upper:
                break
            headed = end + 1 in verbs and self._headed_late(pieces, at, end)
            if not (self._opens(piece) or self._goes_on(pieces, at, end) or headed):
                break
            end += 1
        while end > at and pieces[end - 1].has("joiner") and not self._opens(pieces[end - 1]):
            end -= 1
        return end

    def _headed_late(self, pieces: Sequence[Piece], at: int, end: int) -> bool:
        """Whether a plain noun between a body's name and its verb ends it: "press service of Alpa resort"."""
        piece, before = pieces[end], pieces[at:end]
        if not self._prepositional or not before or piece.kind != "word" or piece.upper or piece.classes:
            return False
        office = any(each.has("office") for each in before) and any(each.has("of") for each in before)
        return office and before[-1].upper and not piece.low.endswith(self._phrases.adverbs)

    def _unusual(self, pieces: Sequence[Piece], at: int, reports: bool) -> bool:
        """Whether a number or a small letter opens the name of a medium: "404 Media", "dpa news agency"."""
        piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        if after is not None and piece.upper and piece.has("stop") and after.upper:
            titled = self._directory.known(self._text.cut(piece.start, after.end), self._lang)
            return titled is not None and titled.kind == "outlet"  # "The Sunday Times"
        if after is None or not (reports or after.has("media")):
            return False
        if piece.kind == "number" or piece.upper or piece.kind != "word" or piece.classes:
            return piece.kind == "number" and after.upper and after.has("media")
        known = self._directory.known(self._text.cut(piece.start, piece.end), self._lang)
        return known is not None and known.kind in ("outlet", "agency")

    def _goes_on(self, pieces: Sequence[Piece], at: int, end: int) -> bool:
        """Whether the piece at `end`, which opens no name by itself, belongs to the run begun at `at`."""
        piece, before = pieces[end], pieces[at:end]
        if not before:
            described = self._prepositional and piece.kind == "word" and not piece.classes
            return (self._governed or described) and self._leads_to_head(pieces, end)
        if piece.low == ",":
            return self._listed(pieces, at, end)
        if self._prepositional and (piece.low == "'" or before[-1].low == "'"):  # "Drivers' Association"
            plural = before[-1].low.endswith("s") and before[-1].upper and piece.start == before[-1].stop
            after = pieces[end + 1] if end + 1 < len(pieces) else None
            return piece.upper if piece.low != "'" else plural and after is not None and after.upper
        if self._prepositional and piece.has("article") and piece.upper and not before[-1].upper:
            after = pieces[end + 1] if end + 1 < len(pieces) else None
            return before[-1].has("media") and after is not None and after.upper  # "Malaysian daily The Star"
        if piece.low == "." and self._prepositional:  # "Warner Bros. announced"
            return before[-1].has("form") and before[-1].upper and piece.start == before[-1].stop
        if self._head_last and (dot := izafet.shortened(pieces, at, end)):
            return end + dot < len(pieces) and pieces[end + dot].upper
        if piece.upper and piece.kind == "word" and piece.has("stop") and given(before[-1].low):
            return before[-1].upper and not piece.shout  # Тимур Ли
        if self._head_last and piece.has("link"):
            return izafet.headed(pieces, end)
        if self._continues(before, piece) or self._of_region(pieces, at, end):
            return True
        if piece.has("joiner") and self._joins(pieces, at, end):
            return True
        return self._leads_to_head(pieces, end)

    def _opens(self, piece: Piece) -> bool:
        if piece.kind in HARD:
            return True
        if piece.kind != "word" or piece.has("within") or (piece.has("stop") and not piece.shout):
            return False
        if self._prepositional and piece.first and piece.has("preposition") and not piece.shout:
            return False  # "On holidays it carries …"
        if piece.has("office", "media", "post", "inner", "platform", "unnamed", "carrier", "form"):
            return True
        if self._prepositional and piece.upper and self._prefixed(piece):
            return False
        return piece.upper and not (piece.first and self._ordinary(piece))

    def _prefixed(self, piece: Piece) -> bool:
        """Whether the capital is an adjective's ("pro-Kremlin", "Paris-based"), not that of "al-Farabi"."""
        if "adjectival" in self._phrases.classes(piece.low.rpartition("-")[2]) and "-" in piece.low:
            return True
        prefix = self._text.shown[piece.start : piece.end].partition("-")[0]
        return len(prefix) > 2 and prefix.islower() and len(prefix) < piece.end - piece.start

    def _ordinary(self, piece: Piece) -> bool:
        """Whether a capital letter at a sentence's start is all that makes the word look like a name."""
        foreign = piece.low.isascii() and self.cyrillic
        if piece.shout or foreign or piece.end != piece.stop:
            return False
        if self._governed and morphology.adjective(piece.low):
            return morphology.common(piece.low)
        if self._directory.known(self._text.cut(piece.start, piece.end), self._lang):
            return False
        if self._governed:
            return morphology.common(piece.low)
        if self._head_last and izafet.relative(piece.low):
            return False  # "Варшавадағы елшілік"
        return not self._prepositional and piece.case not in (None, "genitive")

    def _of_region(self, pieces: Sequence[Piece], at: int, end: int) -> bool:
        """Whether "по" leads from a quoted name to its region: РГП «Вода» по Атырауской области."""
        after = pieces[end + 1] if end + 1 < len(pieces) else None
        if not (self._governed and pieces[end].has("within") and pieces[end - 1].kind == "quoted" and after):
            return False
        return after.upper and after.kind == "word" and any(piece.has("office") for piece in pieces[at:end])

    def _continues(self, before: Sequence[Piece], piece: Piece) -> bool:
        if self._governed and (piece.low == "№" or before[-1].low == "№"):
            return any(each.has("office", "post") for each in before)
        if piece.low == "+" or before[-1].low == "+":  # N+1
            glued = piece.start == before[-1].stop
            return glued and before[0].upper and piece.kind in ("mark", "number", "word")
        if piece.kind == "number":
            return before[-1].upper and not before[-1].has("office")
        if piece.low in "&/" and before[-1].upper:
            return True
        if piece.kind != "word" or piece.has("stop", "joiner"):
            return False
        if self._prepositional and before[-1].upper and not piece.upper and piece.has("trade"):
            return True  # "the Kommersant business daily"
        foreign = not self._prepositional and self.cyrillic
        foreign = foreign and piece.low.isascii() and before[-1].low.isascii() and piece.end == piece.stop
        if foreign and before[-1].upper:
            return True  # Times of Central Asia
        if piece.has("nobiliary") and (before[-1].upper or before[-1].has("nobiliary")):
            return True
        if self._governed and self.cyrillic and before[-1].has("media") and piece.low.isascii():
            return True
        if self._governed and any(each.has("office", "post", "carrier") for each in before):
            if piece.has("within"):
                if len(before) > 2 and looks_like_person(before[-2:]):
                    return False
                if before[-1].shout:
                    return True
                return before[-1].has("office", "post") or morphology.governed(before[-1].low)
            return morphology.governed(piece.low) and not piece.has("platform")
        if self._head_last:
            ended = len(before) > 1 and before[-1].has("office", "media") and izafet.possessed(before[-1])
            ended = ended or (before[-1].has("post", "unnamed") and before[-1].case is None)
            return piece.case == "genitive" and not ended
        return False

    def _listed(self, pieces: Sequence[Piece], at: int, comma: int) -> bool:
        """Whether a comma stands in a list within a name: "Ministry of Trade, Industry and Tourism"."""
        if self._head_last:
            return izafet.lists(pieces, at, comma)
        before, after = pieces[at:comma], pieces[comma + 1 : comma + 9]
        joint = next((index for index, piece in enumerate(after) if piece.has("joiner")), None)
        listed = [piece for piece in after[:joint] if piece.low != ","]
        if not joint or any(piece.kind != "word" or piece.has("stop", "report") for piece in listed):
            return False
        if not any(piece.has("office") for piece in before):
            return False
        tail = (*listed, *after[joint + 1 : joint + 2])
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
        opens = self._governed and piece.first and at == 0  # "Дорожная полиция …"
        if opens and at + 1 < len(pieces) and pieces[at + 1].upper and morphology.adjective(piece.low):
            whole = self._text.cut(piece.start, pieces[at + 1].end)
            if self._directory.known(whole, self._lang):
                return True  # "Настоящее Время …"
        if piece.kind != "word" or piece.has("stop", "gap") or (piece.upper and not opens):
            return False
        if self._head_last and piece.low.endswith(izafet.NOMINALISED):
            return False  # "… ұсталғаны қалалық полиция басқармасынан хабарланды"
        if self._governed:
            return self._modifies(pieces, at)
        if self._prepositional:
            ahead = pieces[
                at + 1 : at + (3 if piece.case == "genitive" else 2)
            ]  # "the resort's press service"
            return any(after.has("office") and not after.upper for after in ahead)
        bare = piece.case in (None, "accusative") or izafet.relative(piece.low)
        bare = bare or izafet.governed(pieces, at)
        return self._head_last and bare and izafet.headed(pieces, at)

    def _modifies(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether Russian adjectives from `at` on lead up to a head noun."""
        for piece in pieces[at : at + 4]:
            if piece.has("office", "post", "media") and not morphology.adjective(piece.low):
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
            if joiner.has("purpose"):  # "Committee to Protect Journalists"
                return before[-1].has("office") and before[-1].upper and after.upper
            if joiner.has("under"):  # "the Tax Service under the Cabinet of Ministers"
                body = pieces[end + 2 : end + 3] if after.has("article") else [after]
                return any(p.has("office") for p in before) and any(p.upper for p in body)
            if joiner.has("article"):
                return before[-1].has("of", "under", "place")
            if joiner.has("and"):
                headed = any(piece.upper and piece.has("office") for piece in pieces[end + 2 : end + 4])
                governed = any(piece.has("of") for piece in before)
                if self._directory.known(self._text.cut(pieces[at].start, after.end), self._lang):
                    return True  # "Globe and Mail"
                inner = governed and any(p.upper for p in pieces[end + 2 : end + 3])  # "and School Education"
                fresh = after.has("office") and not inner
                # "National and State Parks", "State Maritime and Port Agency"
                listed = (before[0].has("inner") or before[-1].has("inner")) and not any(
                    piece.has("office") or not piece.upper for piece in before
                )
                return after.upper and not fresh and (governed or (headed and (listed or len(before) == 1)))
            named = pieces[end + 2 : end + 3] if after.has("article") else [after]
            return joiner.has("place") and any(each.upper for each in named) and self._abroad(before)
        if self._head_last:
            if before[-1].has("office") and before[-1].case != "genitive":
                return False
            later = pieces[end + 1 : end + 6]
            headed = any(piece.has("office") for piece in later)
            return headed and (self._opens(after) or self._leads_to_head(pieces, end + 1))
        if pieces[end].has("stop"):
            known = self._directory.known(self._text.cut(after.start, after.end), self._lang)
            whole = self._directory.known(self._text.cut(pieces[at].start, after.end), self._lang)
            if whole is not None and whole.kind == "institution":
                return True  # Департамент полиции на транспорте
            channel = after.has("platform") or (known is not None and known.kind == "platform")
            return after.upper and not channel and self._abroad(before) and not before[-1].has("abroad")
        if any(piece.has("office", "post") for piece in pieces[end + 1 : end + 4]):
            return False
        office = any(piece.has("office", "post") for piece in before)
        return office and not after.upper and after.kind == "word" and morphology.governed(after.low)
