"""Names in a sentence: who could be credited, where the words begin and end, and of what kind they are.

Pieces that may stand in a name are gathered into runs; a run is cut where one name ends and another
begins, trimmed of the words beside a name ("корреспондент", "сайты"), and told apart by kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.attribution import izafet, russian
from pipelines.attribution.cuts import HARD
from pipelines.attribution.identity import OUTLET_KINDS, Directory, Source
from pipelines.attribution.kinds import Kinds
from pipelines.attribution.mastheads import several
from pipelines.attribution.persons import (
    given,
    is_place,
    looks_like_person,
    looks_like_surname,
    may_be_personal,
)
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.runs import Runs
from pipelines.attribution.trims import Trims


@dataclass(frozen=True, slots=True)
class Name:
    """A possible source, and its place.

    `first` and `last` are the pieces with all that stands beside the name (`last` excluded), `core` is its
    own first piece; `start` and `end` cut its words out of the text.
    """

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
    spoken: bool = False  # a press office's words belong to it
    deputed: bool = False  # somebody of it spoke: a deputy, an official


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
        self._governed = phrases.style == "governed"
        self._head_last = phrases.style == "head-last"
        self._prepositional = phrases.style == "prepositional"
        self._runs = Runs(text, phrases, directory)
        self._trims = Trims(phrases, self._runs)
        self._kinds = Kinds(text, phrases, directory, cyrillic=self._runs.cyrillic)

    def find(self, pieces: Sequence[Piece], verbs: frozenset[int] = frozenset()) -> list[Name]:
        """The names among the pieces of one sentence, in order, never overlapping.

        Args:
            pieces: the sentence.
            verbs: indices of pieces that a formula has taken for its verb; lower-case, they are in no name.
        """
        places = self._runs.find(pieces, verbs)
        found = (self._name(pieces, first, last) for first, last in places)
        return [name for name in found if name is not None]

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

    # Names: trimmed and told apart.

    def _name(self, pieces: Sequence[Piece], first: int, last: int) -> Name | None:
        run = list(pieces[first:last])
        seat = pieces[first - 1].low if first and pieces[first - 1].kind == "word" else ""
        foreign = self._runs.cyrillic and run[-1].low.isascii() and run[-1].end == run[-1].stop
        case = None if foreign else run[-1].case  # a foreign word bears its endings after a hyphen
        if len(run) == 1 and run[0].has("carrier", "media") and run[0].upper and not run[0].first:
            source = self._directory.known(self._text.cut(run[0].start, run[0].end), self._lang)
            if source and source.kind in OUTLET_KINDS:
                made = self._make(pieces, first, last, "outlet", case, seat)
                return replace(made, source=source)
            if self._prepositional and first and pieces[first - 1].has("article"):
                return self._make(pieces, first, last, "outlet", case, seat)  # "told the Post"
        if len(run) == 1 and run[0].has("platform"):
            return self._platform(pieces, first, last, case, seat)
        if run[-1].has("ours"):
            return self._make(pieces, first, last, "own", case, seat)
        closes = run[-1].has("unnamed") and not (self._prepositional and run[-1].upper)
        closes = closes and not (self._governed and run[0].has("office"))  # Союз композиторов
        head = run[-1] if self._head_last or closes else run[0]
        if self._governed and head.has("unnamed") and head.has("post"):
            role = self._person(pieces, first, last)
            if role:
                return replace(
                    role, seat=seat if role.first == first else "", case=pieces[role.last - 1].case
                )
        if self._governed and head.has("staff", "insider") and len(run) > 1:
            body_of = self._name(pieces, first + 1, last)
            named = any(piece.upper or piece.kind in HARD for piece in run[1:])
            kinds = ("outlet", "unknown") if head.has("insider") else ("outlet", "institution")
            if named and body_of and body_of.kind in kinds:
                return replace(body_of, first=first, seat=seat)
        placed = self._directory.known(self._text.cut(run[-1].start, run[-1].end), self._lang)
        if self._governed and len(run) > 1 and head.has("unnamed") and placed and placed.kind == "platform":
            return replace(self._make(pieces, last - 1, last, "platform", case, seat), first=first)
        proper = run[-1].upper and not run[-1].has("unnamed")
        named = self._prepositional and (head.shout or (proper and not head.upper))  # "local daily Ratel"
        loose = not head.upper or head.first or len(run) == 1 or not self._head_last
        if head.has("unnamed") and loose and not named:
            return self._make(pieces, first, last, "unnamed", case, seat)
        person = self._person(pieces, first, last)
        if person:
            seat = seat if person.first == first else ""
            return replace(person, seat=seat, case=pieces[person.last - 1].case)
        lead, carrier, media = self._trims.lead(run)
        tail, spoken_media = self._trims.tail(run[lead:])
        whole = self._directory.known(self._text.cut(run[lead].start, run[-1].end), self._lang)
        if tail and run[-1].upper and whole and whole.kind in OUTLET_KINDS:
            tail = 0  # South China Morning Post
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
        told, source = self._kinds.of(pieces[start:stop], media=media)
        if told == "institution" and self._some(pieces, first, last):
            told = "unnamed"
        if media and tail and self._head_last and source is None and izafet.plural_of(run[len(run) - 1]):
            told = "unnamed"  # "шетел басылымдарының жазуынша"
        lone = stop - start == 1 and body[0].first and told == "unknown"
        if lone and body[0].low.endswith(self._phrases.plain) and not body[0].shout:
            return None
        if told is None or (lone and self._head_last and body[0].kind == "word" and not self._sure(body[0])):
            return None
        trimmed = run[len(run) - tail :] if tail else []
        typed = any(piece.has("office", "form") or izafet.staff(piece) for piece in trimmed)
        if told == "unknown" and not media and typed:
            told = "institution"
        made = self._make(pieces, start, stop, told, case, seat)
        if self._governed and carrier and start > first and seat and _upright(body[0]):
            first, seat, carrier = start, "", False  # "приводит в докладе Всемирный банк"
        spoken = any(piece.low.startswith(("пресс", "баспасөз", "press", "baspas")) for piece in body)
        carrier = carrier or any(piece.has("carrier") for piece in run[len(run) - tail :] if tail)
        deputed = not spoken and any(piece.has("post") for piece in run)
        return replace(
            made,
            first=first,
            last=last,
            source=source,
            carrier=carrier,
            media=media,
            spoken=spoken,
            deputed=deputed,
            seat=seat,
        )

    def _some(self, pieces: Sequence[Piece], first: int, last: int) -> bool:
        """Whether only some body is told of, not which: "a construction company"."""
        at = first - 1
        while at >= 0 and pieces[at].kind == "word" and not pieces[at].classes and not pieces[at].upper:
            at -= 1
        some = self._prepositional and at >= 0 and pieces[at].has("indefinite")
        own = (piece for piece in pieces[first:last] if not piece.has("demonym"))
        return some and not any(piece.upper or piece.kind in HARD for piece in own)

    def _platform(self, pieces: Sequence[Piece], first: int, last: int, case: str | None, seat: str) -> Name:
        """A platform's word alone: of "Telegram-арнасында" the part before the hyphen."""
        piece = next(piece for piece in pieces[first:last] if piece.has("platform"))
        if several(pieces[last - 1], self._phrases):
            return self._make(pieces, first, last, "unnamed", case, seat)  # "телеграм-каналов"
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

    def _person(self, pieces: Sequence[Piece], first: int, last: int) -> Name | None:
        """The person at the end of the run ("министр … Ерлан Қарин"), or at its start ("Ерлан Қарин, …")."""
        begin = last
        while last - begin < 4 and begin > first and self._personal(pieces, begin - 1):
            begin -= 1
        while last - begin > 1 and begin > first and is_place(pieces[begin], russian=self._governed):
            begin += 1
        while self._governed and last - begin > 2 and begin > first and _bodied(pieces[begin:last]):
            begin += 1
        begin += self._foreword(pieces[begin:last])
        if self._governed and last - begin > 2 and begin > first and pieces[begin - 1].has("joiner"):
            begin += 1  # посол Италии в Казахстане …
        while last - begin > 1 and pieces[begin].has("nobiliary") and not pieces[begin].upper:
            begin += 1
        if not self._governed and last - begin > 2 and given(pieces[begin + 1].low):
            begin += pieces[begin].first and not given(pieces[begin].low)  # "Publican Shirley Noonan"
        words = pieces[begin:last]
        if not words:
            return None
        titled = begin > first and any(piece.has("post", "address") for piece in pieces[first:begin])
        titled = titled or (begin > first and pieces[first].has("newsman") and not words[-1].low.isascii())
        whole = self._text.cut(words[0].start, words[-1].end)
        known = self._directory.known(whole, self._lang)
        if known and known.kind != "person":
            return None
        if len(words) == 1:
            single = titled and pieces[begin - 1].has("post") and not words[0].shout
            bare = self._governed and last - first == 1 and not (words[0].shout or words[0].low.isascii())
            low = words[0].low
            bare = bare and (not words[0].first or russian.surname(low) or russian.unlisted(low))
            if not ((single or bare) and looks_like_surname(words[0].low)):
                return None
        elif not (titled and begin > first and not words[0].shout) and not looks_like_person(words):
            foreign = self._governed and all(russian.unlisted(piece.low) for piece in words)
            if not foreign or any(piece.shout or piece.low.isascii() for piece in words):
                return None
        if self._governed and not titled:
            first = begin
        return Name(first, begin, last, words[0].start, words[-1].end, "person", words[-1].case, "", known)

    def _foreword(self, words: Sequence[Piece]) -> int:
        """How many words of a body stand before a first name: "Жогорку Кенеша Мирлан Осмонкулов"."""
        if len(words) < 3 or looks_like_surname(words[0].low):
            return 0
        return next((at for at, piece in enumerate(words[:-1]) if given(piece.low)), 0)

    def _sure(self, piece: Piece) -> bool:
        """Whether a lone capitalised word that opens a sentence is a name for other reasons than that."""
        mixed = any(char.isupper() for char in self._text.cut(piece.start + 1, piece.end))
        return mixed or piece.end != piece.stop or (self._runs.cyrillic and piece.low.isascii())

    def _personal(self, pieces: Sequence[Piece], at: int) -> bool:
        return may_be_personal(pieces, at, head_last=self._head_last)


def _upright(piece: Piece) -> bool:
    """Whether a body's first word cannot be governed by the message before it."""
    return piece.kind == "word" and not piece.low.isascii() and russian.upright(piece.low)


def _bodied(words: Sequence[Piece]) -> bool:
    """Whether a body's name stands before a person's: "главы Казгидромета Данияра Алимбаева"."""
    first, second = words[0].low, words[1].low
    if first.isascii() and not words[-1].low.isascii():
        return True
    return not russian.given_name(first) and russian.given_name(second)
