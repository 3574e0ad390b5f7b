"""The words beside a name that are not of it: "newspaper", "корреспондент", "сайты", "statement of the"."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import izafet, morphology
from pipelines.attribution.cuts import HARD
from pipelines.attribution.izafet import staff
from pipelines.attribution.izafet import titled as title_length
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.runs import Runs


def _foreign(piece: Piece) -> bool:
    """Whether a piece is a name in Latin letters."""
    return piece.upper and piece.low.isascii() and piece.kind in ("word", *HARD)


class Trims:
    """Finds what to take off a name, before it and after it.

    Args:
        phrases: the language's phrases.
        runs: the text's runs, which know its script and which words head a body.
    """

    def __init__(self, phrases: Phrases, runs: Runs) -> None:
        self._head_last = phrases.style == "head-last"
        self._prepositional = phrases.style == "prepositional"
        self._governed = phrases.style == "governed"
        self._runs = runs

    def lead(self, run: Sequence[Piece]) -> tuple[int, bool, bool]:
        """How many words before the name are not of it; whether they carry a message, whether a medium."""
        if self._prepositional:
            return self._lead_prepositional(run)
        if self._head_last and not any(piece.has("media") for piece in run[:1]):
            return 0, False, False
        count, carrier, media = 0, False, False
        for piece in run[:-1]:
            described = piece.first and piece.has("inner")  # "Американский журнал …"
            if piece.kind in HARD or (piece.upper and not piece.has("media", "carrier") and not described):
                break
            if piece.upper and not piece.first and piece.has("media") and run[count + 1].kind == "word":
                break
            if piece.has("carrier") and not piece.has("office"):
                carrier = True
            elif piece.has("media") and not (piece.has("office") and self._governs(run, count)):
                media = True
            elif piece.has("inner") and run[count + 1].has("media", "carrier"):
                pass
            elif self._governed and run[count + 1].has("media") and morphology.adjective(piece.low):
                media = True
            elif self._governed and run[count + 1].has("carrier") and morphology.adjective(piece.low):
                carrier = True  # "в новом докладе Казахстанское бюро …"
            elif self._governed and _foreign(run[count + 1]) and morphology.adjective(piece.low):
                pass  # "испанская Marca"
            else:
                break
            count += 1
        return count, carrier, media

    def tail(self, run: Sequence[Piece]) -> tuple[int, bool]:
        """How many words after the name are not of it, and whether they make it a medium."""
        if not self._head_last and not self._prepositional:
            return 0, False
        count, media = 0, False
        named = run[0].kind == "quoted" or (self._runs.cyrillic and run[0].upper and run[0].low.isascii())
        for index in range(len(run) - 1, 0, -1):
            piece = run[index]
            plain = not piece.upper or (self._head_last and piece.has("media"))
            if self._head_last and media and izafet.relative(piece.low):
                pass  # "Азаттықтың Маңғыстаудағы тілшісі"
            elif piece.has("media") and plain and not self._runs.heads(run[:index], piece):
                media = True
            elif not plain or not (
                (piece.has("carrier") and not piece.has("office"))
                or (piece.has("inner") and self._head_last and not piece.has("post", "office"))
                or (self._head_last and staff(piece))
                or (piece.has("inner", "trade") and media and run[index - 1].upper)
            ):
                break
            count += 1
        left = run[: len(run) - count]
        if self._head_last and named:
            return len(run) - title_length(left), media
        return count, media

    def _lead_prepositional(self, run: Sequence[Piece]) -> tuple[int, bool, bool]:
        """Words before an English name: "statement of the", "official news agency"."""
        count, carrier, media = 0, False, False
        if len(run) > 1 and run[0].case == "genitive" and not run[0].upper and run[1].upper:
            return 1, False, False  # "the country's State Migration Service"
        if (
            len(run) > 1
            and (run[0].first or run[0].shout)
            and run[0].has("trader")
            and run[1].upper
            and not run[1].has("office")
        ):
            return 1, False, False  # "Operator Iberlusa"
        small = next((at for at, piece in enumerate(run) if piece.upper or piece.kind in HARD), len(run))
        if 0 < small < len(run) and run[small - 1].has("media"):
            return small, False, True
        if 1 < small < len(run) and run[small - 1].has("of") and run[small - 2].has("media"):
            return small, False, True  # "correspondent of X"
        if 0 < small < len(run) - 1 and run[-1].has("media") and not run[-1].upper:
            return small, False, True  # "official Petra news agency"
        for at in range(len(run) - 1, 1, -1):  # "South African broadcaster SABC"
            if run[at].upper and run[at - 1].has("media") and not run[at - 1].upper:
                return at, False, True
        while count + 1 < small and run[count].has("carrier") and not run[count].has("post"):
            heads = next((at for at in range(count, small) if not run[at].has("carrier")), small)
            if heads >= small or run[heads].low not in ("of", "from", "by"):
                break
            count, carrier = heads + 1, True
            while count < len(run) - 1 and run[count].has("article"):
                count += 1
        return count, carrier, media

    def _governs(self, run: Sequence[Piece], at: int) -> bool:
        """Whether a word that may be "agency" heads an institution: something lower-case depends on it."""
        after = run[at + 1]
        return after.kind == "word" and (not after.upper or after.has("office", "inner"))
