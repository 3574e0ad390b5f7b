"""Names in a sentence: who could be credited, where the words begin and end, and of what kind they are.

Pieces that may stand in a name are gathered into runs; a run is cut where one name ends and another
begins, trimmed of the words beside a name ("корреспондент", "сайты"), and told apart by kind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines.attribution import morphology
from pipelines.attribution.identity import Directory, Source
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared

_PEOPLE = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
_SURNAMES = tuple(_PEOPLE["surname"])
_GIVEN = frozenset(_PEOPLE["given"])
_PLACES = frozenset(_PEOPLE["places"])
_HARD = ("quoted", "host")
_RELATIVE = ("гі", "ғы", "gi", "gy")  # мектептегі, "that is in the school"
_LONGEST_RUN = 24


@dataclass(frozen=True, slots=True)
class Name:
    """A possible source. `first` and `last` are the pieces with all that stands beside the name (`last`
    excluded), `core` is its own first piece; `start` and `end` cut its words out of the text."""

    first: int
    core: int
    last: int
    start: int
    end: int
    kind: str  # "outlet", "institution", "person", "post", "own", "platform", "unnamed", "unknown"
    case: str | None
    seat: str  # the preposition it stands after, "" where none
    source: Source | None = None
    carrier: bool = False  # a message or page of the name stood before it
    media: bool = False  # a word such as "newspaper" or "correspondent" stood beside it
    spoken: bool = False  # a spokesperson's or press office's words belong to it


class NameFinder:
    """Finds the names of a text's sentences.

    Args:
        text: the text.
        phrases: the language's phrases.
        directory: the identities.
    """

    def __init__(self, text: Prepared, phrases: Phrases, directory: Directory) -> None:
        self._text = text
        self._phrases = phrases
        self._directory = directory
        self._lang = phrases.lang
        self._russian = phrases.lang == "ru"
        self._head_last = phrases.order == "head-last"
        self._verbs: frozenset[int] = frozenset()
        # The script of the text, by its first letters: a word in the other script is a name.
        self._cyrillic = sum("а" <= char <= "ӿ" for char in text.folded[:200]) > 60

    def find(self, pieces: Sequence[Piece], verbs: frozenset[int] = frozenset()) -> list[Name]:
        """The names among the pieces of one sentence, in order, never overlapping.

        Args:
            pieces: the sentence.
            verbs: indices of pieces that a formula has taken for its verb; lower-case, they are in no name.
        """
        found: list[Name] = []
        at = 0
        self._verbs = verbs
        while at < len(pieces):
            end = self._run(pieces, at)
            if end == at:
                at += 1
                continue
            for first, last in self._split(pieces, at, end):
                name = self._name(pieces, first, last)
                if name:
                    found.append(name)
            at = end
        return found

    def signed(self, pieces: Sequence[Piece], at: int) -> list[Name]:
        """A known outlet written in small letters from piece `at` to the end of its line."""
        words = [piece for piece in pieces[at:] if piece.kind != "mark"]
        if not words:
            return []
        source = self._directory.known(self._text.cut(words[0].start, words[-1].end), self._lang)
        if source is None:
            return []
        last = at + len(words)
        return [Name(at, at, last, words[0].start, words[-1].end, "outlet", None, "", source)]

    def wire(self, pieces: Sequence[Piece], first: int, last: int) -> Name:
        """The wire that a dateline's brackets name, known or not."""
        start, end = pieces[first].start, pieces[last - 1].end
        source = self._directory.known(self._text.cut(start, end), self._lang)
        return Name(first, first, last, start, end, "outlet", None, "", source)

    # Runs: the longest stretch of pieces that may stand in names.

    def _run(self, pieces: Sequence[Piece], at: int) -> int:
        end, open_name = at, False
        while end < len(pieces) and end - at < _LONGEST_RUN:
            piece = pieces[end]
            if end in self._verbs and not piece.upper:
                break
            before = pieces[at:end]
            if not before and self._russian and self._leads_to_head(pieces, end):
                end += 1
            elif before and piece.low == "," and self._listed(pieces, at, end):
                end += 1
            elif self._opens(piece) or (before and self._continues(before, piece)):
                open_name = open_name or piece.upper or piece.kind in _HARD
                end += 1
            elif before and piece.has("joiner") and self._joins(pieces, at, end):
                end += 1
            elif before and self._leads_to_head(pieces, end):
                end += 1
            else:
                break
        while end > at and pieces[end - 1].has("joiner") and not self._opens(pieces[end - 1]):
            end -= 1
        return end

    def _opens(self, piece: Piece) -> bool:
        if piece.kind in _HARD:
            return True
        if piece.kind != "word" or piece.has("within") or (piece.has("stop") and not piece.shout):
            return False
        if piece.has("office", "media", "post", "inner", "platform", "unnamed", "carrier"):
            return True
        return piece.upper and not (piece.first and self._ordinary(piece))

    def _ordinary(self, piece: Piece) -> bool:
        """Whether a capital letter at a sentence's start is all that makes the word look like a name."""
        foreign = piece.low.isascii() and self._cyrillic
        if piece.shout or foreign or piece.end != piece.stop:
            return False
        if self._directory.known(self._text.cut(piece.start, piece.end), self._lang):
            return False
        if self._russian:
            return morphology.common(piece.low)
        return self._lang != "en" and piece.case not in (None, "genitive")

    def _continues(self, before: Sequence[Piece], piece: Piece) -> bool:
        if piece.kind == "number":
            return before[-1].upper and not before[-1].has("office", "media")
        if piece.low in "&/" and before[-1].upper:
            return True
        if piece.kind != "word" or piece.has("stop", "joiner"):
            return False
        if self._russian and any(each.has("office", "post", "carrier") for each in before):
            if piece.has("within"):
                return before[-1].has("office", "post") or morphology.governed(before[-1].low)
            return morphology.governed(piece.low) and not piece.has("platform")
        if self._head_last:
            return piece.case == "genitive"
        return False

    def _listed(self, pieces: Sequence[Piece], at: int, comma: int) -> bool:
        """Whether a comma stands in a list within a name: "Ministry of Trade, Industry and Tourism"."""
        before, after = pieces[at:comma], pieces[comma + 1 : comma + 6]
        joint = next((index for index, piece in enumerate(after) if piece.has("joiner")), None)
        if not joint or any(piece.kind != "word" or piece.has("stop", "report") for piece in after[:joint]):
            return False
        if self._head_last:
            later = pieces[comma + 1 + joint : comma + 8 + joint]
            return before[-1].has("inner") and any(piece.has("office") and not piece.upper for piece in later)
        if not any(piece.has("office") for piece in before):
            return False
        tail = [piece for piece in (*after[:joint], *after[joint + 1 : joint + 2])]
        if self._russian:
            return all(not piece.upper and morphology.governed(piece.low) for piece in tail)
        return len(tail) > 1 and all(piece.upper for piece in tail) and any(piece.low == "of" for piece in before)

    def _abroad(self, before: Sequence[Piece]) -> bool:
        """Whether the name is that of a mission, whose place abroad belongs to it."""
        return any(piece.has("abroad") for piece in before) and not before[-1].has("joiner")

    def _leads_to_head(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a bare noun no list knows stands right before the head noun of a body (Kazakh)."""
        piece = pieces[at]
        if piece.kind != "word" or piece.has("stop", "gap") or piece.upper:
            return False
        if self._russian:
            return self._modifies(pieces, at)
        bare = piece.case in (None, "accusative") or piece.low.endswith(_RELATIVE)
        return self._head_last and bare and self._headed(pieces, at)

    def _headed(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether small words alone part the piece at `at` from the head noun of a body after it."""
        for after in pieces[at + 1 : at + 5]:
            if after.has("office") and not after.upper:
                return True
            if after.kind != "word" or after.upper or after.has("stop", "gap"):
                return False
        return False

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
        low = pieces[end].low
        if self._lang == "en":
            if before[0].has("platform"):
                return False
            if low == "for" and looks_like_person(before):
                return False
            if low in ("of", "for", "on"):
                return after.upper or after.has("office", "inner", "post") or after.low == "the"
            if low == "the":
                return before[-1].low in ("of", "for", "on")
            if low in ("and", "&"):
                headed = any(piece.upper and piece.has("office") for piece in pieces[end + 2 : end + 4])
                governed = any(piece.low in ("of", "for", "on") for piece in before)
                return after.upper and not after.has("office") and (governed or (headed and len(before) == 1))
            return low == "in" and after.upper and self._abroad(before)
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
        if after.has("unnamed") and before.upper:
            return True
        if self._of_platform(before, after):
            return True
        beside = ("media", "office", "carrier") if self._head_last else ()
        if before.kind == "host":
            return not after.has(*beside, "platform") if self._head_last else not after.has("media")
        if after.kind == "host":
            beside_host = before.has("media", "office") or (before.has("carrier") and index - 1 == first)
            return self._head_last or not beside_host
        if before.kind == "quoted":
            return not (after.has("media", "office") if self._head_last else after.kind == "number")
        if self._head_last:
            return self._parted_head_last(pieces, first, index, end)
        if self._lang == "en":
            return before.has("office", "media") and not before.upper and after.upper
        if not self._russian or not before.upper or after.has("inner"):
            return False
        headed = after.has("office", "post") and morphology.nominative(after.low)
        return headed and not morphology.adjective(before.low)

    def _of_platform(self, before: Piece, after: Piece) -> bool:
        """Whether a platform's word begins or ends here: it is a name of its own."""
        if after.has("platform"):
            return not before.has("platform") and not (before.has("carrier") and not self._head_last)
        return before.has("platform") and not after.has("carrier", "media", "platform")

    def _parted_head_last(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        before, after = pieces[index - 1], pieces[index]
        oblique = before.case in ("dative", "ablative", "locative", "accusative", "instrumental")
        if oblique and not before.low.endswith(_RELATIVE):
            if before.case == "accusative" and self._headed(pieces, index - 1):
                return False
            return before.has("office", "media", "carrier", "post") or not (
                before.upper or before.has("inner")
            )
        headless = before.has("office") and before.case is None and not before.low.endswith(("ы", "і", "y", "i"))
        if headless and after.upper:
            return True
        if before.has("post") and after.kind in _HARD:
            return True
        fresh = after.upper or after.has("inner")
        owned = before.case == "genitive" and pieces[first].kind != "host"
        if fresh and before.has("media") and not owned and index - 1 > first:
            if not self._heads(pieces[first : index - 1], before):
                return True
        if self._person_done(pieces, first, index):
            return True
        return self._outlet_alone(pieces, first, index, end)

    def _place(self, piece: Piece) -> bool:
        """Whether a capitalised word between a post and a name is the place of the post."""
        return piece.low in _PLACES or (self._russian and morphology.place(piece.low))

    def _person_done(self, pieces: Sequence[Piece], first: int, index: int) -> bool:
        """Whether a person's name has just ended and something else begins."""
        after = pieces[index]
        begin = index
        while begin > first and self._personal(pieces, begin - 1) and index - begin < 3:
            begin -= 1
        words = pieces[begin:index]
        if len(words) < 2:
            return False
        titled = begin > first and pieces[begin - 1].has("post")
        if not (titled or looks_like_person(words)):
            return False
        if not after.upper:
            return not after.has("post", "media")
        foreign = self._cyrillic and after.low.isascii() != words[-1].low.isascii()
        return foreign or after.has("office", "inner") or not looks_like_surname(after.low)

    def _outlet_alone(self, pieces: Sequence[Piece], first: int, index: int, end: int) -> bool:
        """Whether the words so far are an outlet in the nominative with another name after them."""
        after = pieces[index]
        if not (after.upper or after.has("inner")) or after.has("media", "office"):
            return False
        known = self._directory.known(self._text.cut(pieces[first].start, pieces[index - 1].end), self._lang)
        if known is None or known.kind not in ("outlet", "agency"):
            return False
        longer = self._text.cut(pieces[first].start, pieces[index].end)
        if self._directory.known(longer, self._lang):
            return False
        return pieces[index - 1].case != "genitive" and any(
            piece.has("office", "post") or piece.upper for piece in pieces[index:end]
        )

    # Names: trimmed and told apart.

    def _name(self, pieces: Sequence[Piece], first: int, last: int) -> Name | None:
        run = list(pieces[first:last])
        seat = pieces[first - 1].low if first and pieces[first - 1].kind == "word" else ""
        case = run[-1].case
        if len(run) == 1 and run[0].has("platform"):
            return self._platform(pieces, first, last, case, seat)
        head = run[-1] if self._head_last else run[0]
        if head.has("unnamed") and (not head.upper or head.first or len(run) == 1 or not self._head_last):
            return self._make(pieces, first, last, "unnamed", case, seat)
        person = self._person(pieces, first, last)
        if person:
            return replace(person, seat=seat, case=pieces[person.last - 1].case)
        lead, carrier, media = self._lead(run)
        tail, spoken_media = self._tail(run[lead:])
        media = media or spoken_media
        start, stop = first + lead, last - tail
        if start >= stop:
            kind = "own" if media or any(piece.has("media") for piece in run) else "carrier"
            made = self._make(pieces, first, last, kind, case, seat)
            return replace(made, carrier=carrier)
        body = pieces[start:stop]
        if all(piece.has("platform", "carrier") for piece in body):
            if any(piece.has("platform") for piece in body):
                return replace(self._platform(pieces, start, stop, case, seat), first=first, last=last)
            return self._make(pieces, start, stop, "carrier", case, seat)
        kind, source = self._kind(pieces, start, stop, media=media)
        if kind is None:
            return None
        made = self._make(pieces, start, stop, kind, case, seat)
        spoken = any(piece.low.startswith(("пресс", "баспасөз", "press", "baspas")) for piece in body)
        return replace(
            made, first=first, last=last, source=source, carrier=carrier, media=media, spoken=spoken
        )

    def _platform(self, pieces: Sequence[Piece], first: int, last: int, case: str | None, seat: str) -> Name:
        """A platform's word alone: of "Telegram-арнасында" the part before the hyphen."""
        piece = next(piece for piece in pieces[first:last] if piece.has("platform"))
        word = piece.low.partition("-")[0]
        end = min(piece.end, piece.start + len(word))
        return Name(first, first, last, piece.start, end, "platform", case, seat)

    def _make(
        self, pieces: Sequence[Piece], first: int, last: int, kind: str, case: str | None, seat: str
    ) -> Name:
        opening, closing = pieces[first], pieces[last - 1]
        alone = last - first == 1
        start = opening.start if alone or opening.kind != "quoted" else opening.outer
        end = closing.end if alone or closing.kind != "quoted" else closing.outer_end
        return Name(first, first, last, start, end, kind, case, seat)

    def _lead_english(self, run: Sequence[Piece]) -> tuple[int, bool, bool]:
        """ "statement of the", "newspaper" before a name."""
        count, carrier, media = 0, False, False
        while count + 1 < len(run) and not run[count].upper and run[count].kind == "word":
            after = run[count + 1]
            if run[count].has("carrier") and after.low in ("of", "from", "by"):
                count, carrier = count + 2, True
                while count < len(run) - 1 and run[count].low == "the":
                    count += 1
            elif run[count].has("media") and (after.upper or after.kind in _HARD):
                count, media = count + 1, True
            else:
                break
        return count, carrier, media

    def _lead(self, run: Sequence[Piece]) -> tuple[int, bool, bool]:
        """How many words before the name are not of it; whether they carry a message, whether a medium."""
        if self._lang == "en":
            return self._lead_english(run)
        if self._head_last and not any(piece.has("media") for piece in run[:1]):
            return 0, False, False
        count, carrier, media = 0, False, False
        for piece in run[:-1]:
            if piece.kind in _HARD or (piece.upper and not piece.has("media", "carrier")):
                break
            if piece.has("carrier") and not piece.has("office"):
                carrier = True
            elif piece.has("media") and not (piece.has("office") and self._governs(run, count)):
                media = True
            elif piece.has("inner") and run[count + 1].has("media", "carrier"):
                pass
            else:
                break
            count += 1
        return count, carrier, media

    def _governs(self, run: Sequence[Piece], at: int) -> bool:
        """Whether a word that may be "agency" heads an institution: something lower-case depends on it."""
        after = run[at + 1]
        return after.kind == "word" and (not after.upper or after.has("office"))

    def _tail(self, run: Sequence[Piece]) -> tuple[int, bool]:
        """How many words after the name are not of it, and whether they make it a medium."""
        if not self._head_last and self._lang != "en":
            return 0, False
        count, media = 0, False
        named = run[0].kind == "quoted" or (self._cyrillic and run[0].upper and run[0].low.isascii())
        for index in range(len(run) - 1, 0, -1):
            piece = run[index]
            plain = not piece.upper or (self._head_last and piece.has("media"))
            if piece.has("media") and plain and not self._heads(run[:index], piece):
                media = True
            elif piece.has("carrier") and plain and not piece.has("office"):
                pass
            elif media and piece.has("inner") and plain and run[index - 1].upper:
                pass
            else:
                break
            count += 1
        left = run[: len(run) - count]
        if self._head_last and named and len(left) == 2 and left[1].has("office"):
            return count + 1, media
        return count, media

    def _heads(self, before: Sequence[Piece], piece: Piece) -> bool:
        """Whether a word that is "agency" or "service" in both senses is an institution's head here."""
        if not piece.has("office", "inner"):
            return False
        if before[-1].kind in _HARD or before[0].kind == "host":
            return False
        for size in range(1, len(before) + 1):
            whole = self._text.cut(before[0].start, before[size - 1].end)
            known = self._directory.known(whole, self._lang)
            if known and known.kind in ("outlet", "agency"):
                return False
        foreign = (self._cyrillic and before[0].low.isascii()) or (self._lang == "en" and before[0].shout)
        return not foreign and (len(before) > 1 or not before[-1].upper)

    def _person(self, pieces: Sequence[Piece], first: int, last: int) -> Name | None:
        """The person at the end of the run ("министр … Ерлан Қарин"), or at its start ("Ерлан Қарин, …")."""
        begin = last
        while begin > first and self._personal(pieces, begin - 1) and last - begin < 4:
            begin -= 1
        while last - begin > 1 and begin > first and self._place(pieces[begin]):
            begin += 1
        words = pieces[begin:last]
        if not words:
            return None
        titled = begin > first and any(piece.has("post", "address") for piece in pieces[first:begin])
        whole = self._text.cut(words[0].start, words[-1].end)
        known = self._directory.known(whole, self._lang)
        if known and known.kind != "person":
            return None
        if len(words) == 1:
            single = titled and pieces[begin - 1].has("post") and not words[0].shout
            if not (single and looks_like_surname(words[0].low)):
                return None
        elif not (titled and begin > first and not words[0].shout) and not looks_like_person(words):
            return None
        return Name(first, begin, last, words[0].start, words[-1].end, "person", words[-1].case, "", known)

    def _personal(self, pieces: Sequence[Piece], at: int) -> bool:
        piece = pieces[at]
        # A given name may spell a post (Ғалым, "scholar"): after another post it is the name.
        posted = piece.has("post") and not (self._head_last and at > 0 and pieces[at - 1].has("post"))
        return (
            piece.kind == "word"
            and piece.upper
            and not posted
            and not piece.has("office", "media", "platform", "stop", "joiner")
            and not (piece.has("inner") and not piece.low.endswith(_SURNAMES))
            and not (piece.shout and len(piece.low) < 5)
        )

    def _kind(
        self, pieces: Sequence[Piece], first: int, last: int, *, media: bool
    ) -> tuple[str | None, Source | None]:
        body = pieces[first:last]
        source = self._directory.known(self._text.cut(body[0].start, body[-1].end), self._lang)
        if source:
            if source.kind in ("outlet", "agency"):
                return "outlet", source
            if source.kind == "platform":
                return "platform", source
            return ("person" if source.kind == "person" else "institution"), source
        if body[-1].kind == "host" or body[0].kind == "host":
            host = body[0].low if body[0].kind == "host" else body[-1].low
            official = ".gov" in host or host.startswith("gov.")
            return ("institution" if official else "outlet"), None
        if any(piece.has("office") for piece in body):
            return "institution", None
        if any(piece.has("post") for piece in body):
            return "post", None
        if not any(piece.upper or piece.kind in _HARD for piece in body):
            return None, None
        return ("outlet" if media else "unknown"), None


def looks_like_surname(low: str) -> bool:
    """Whether a folded word has the ending of a family name or patronymic."""
    return low.endswith(_SURNAMES) and len(low) > 4


@lru_cache(maxsize=4096)
def _name_parts(low: str) -> tuple[str, ...]:
    return tuple(low.split("-"))


def looks_like_person(words: Sequence[Piece]) -> bool:
    """Whether two or more capitalised words read as a person's name, by ending or by a known given name."""
    if len(words) < 2 or any(piece.shout and len(piece.low) < 4 for piece in words):
        return False
    if words[0].low in _GIVEN or any(part in _GIVEN for part in _name_parts(words[0].low)):
        return True
    return any(looks_like_surname(piece.low) for piece in words[1:])
