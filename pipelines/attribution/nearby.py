"""One sentence with its names and formulas, and which of them stand near one another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.attribution import morphology
from pipelines.attribution.names import Name
from pipelines.attribution.persons import looks_like_surname
from pipelines.attribution.phrases import Cue, Phrases
from pipelines.attribution.pieces import Piece
from pipelines.attribution.prepared import Sentence

CLAUSE_MARKS = frozenset(",;:.!?–…")
VERB_ENDINGS = ("s", "d", "ve", "re", "ll")  # English: of a verb, or of what stands for one ("we'll")
_OPENERS = 4  # names at a sentence's start that can be the subject of a verb far on
REACH = 9  # pieces between a verb and its subject
_COMPLEMENT = re.compile(
    r"(?:[gqk][ae]n|t[yi]n|eken|m[ae][iy]?t[yi]n)[yi]n$|(?:[ғқгк][ае]н|[ае]ке|екен|т[ыі]н|м[ае]йт[ыі]н|еке|л[ае]т[ыі]н|[ауеү]|т[ыі]г|д[ыі]г)[ыі]н$"
)
_CONVERBS = ("ып", "іп", "ап", "еп", "yp", "ip", "ap", "ep")
_FAR_COMPLEMENT = re.compile(r"(?:[gqk][ae]n|t[yi]n)[yi]n$|(?:[ғқгк][ае]н|т[ыі]н|м[ае]йт[ыі]н)[ыі]н$")
_ASIDE = 16  # pieces between the two commas of an aside
_PLACE_REACH = 3  # lower-case words a preposition takes with it


@dataclass(frozen=True, slots=True)
class Nearby:
    """A sentence: its pieces, its names and its formulas, all in order."""

    sentence: Sentence
    pieces: Sequence[Piece]
    names: list[Name]
    cues: list[Cue]
    phrases: Phrases

    @property
    def head_last(self) -> bool:
        """Whether names end in their head noun and verbs follow their subjects."""
        return self.phrases.style == "head-last"

    def ends(self, at: int) -> bool:
        """Whether nothing but a closing mark stands from piece `at` on."""
        return all(piece.kind == "mark" for piece in self.pieces[at : at + 3])

    def titled(self, name: Name) -> bool:
        """Whether a name no list knows may be an outlet's: it has an article, or is of several words."""
        several = name.last - name.core > 1 or self.pieces[name.core].shout
        article = name.first > 0 and self.pieces[name.first - 1].has("article")
        return name.kind == "unknown" and (several or article) and self.phrases.style == "prepositional"

    def informed(self, name: Name) -> bool:
        """Whether a name right after "стало известно" is an outlet's: in Latin letters, quoted, or a host."""
        piece = self.pieces[name.core]
        return piece.kind in ("quoted", "host") or piece.low.isascii()

    def bearer(self, post: Name) -> Name | None:
        """The person named after a post and a comma: "the city's mayor, Farid Niyazov"."""
        comma = self.pieces[post.last : post.last + 1]
        for name in self.names:
            if comma and comma[0].low == "," and name.first == post.last + 1 and name.kind == "person":
                return name
        return None

    def acts(self, name: Name) -> bool:
        """Whether a verb follows a name, so that it is no mere headline word: "KTZ Express will send …"."""
        after = self.pieces[name.last : name.last + 1]
        return bool(after) and after[0].kind == "word" and after[0].low.endswith(VERB_ENDINGS)

    def staffed(self, name: Name) -> bool:
        """Whether the editorial staff of an institution is meant."""
        return name.kind == "institution" and self.pieces[name.first].has("staff")

    def head_of(self, name: Name) -> Piece:
        """The last piece of a name's own words."""
        last = name.last - 1
        while last > name.core and self.pieces[last].start >= name.end:
            last -= 1
        return self.pieces[last]

    def clause_opening(self, cue: Cue) -> list[Name]:
        """The names from the sentence's start to a formula, first of all first."""
        return [name for name in self.names[:_OPENERS] if name.last <= cue.start]

    def before(self, cue: Cue) -> list[Name]:
        """The names of the clause before a formula, nearest first."""
        found: list[Name] = []
        for index in range(bisect_left(self.names, cue.start, key=lambda name: name.last), -1, -1):
            name = self.names[index] if index < len(self.names) else None
            if name is None or name.last > cue.start:
                continue
            gap = self.pieces[name.last : cue.start]
            aside = not found and _aside(gap)
            if not aside and (len(gap) > REACH or (self.broken(gap) and not self._apposed(name, gap))):
                if found or len(gap) > _ASIDE:
                    break
                continue  # a name within an aside; the subject may stand before it
            found.append(name)
        return found

    def after(self, cue: Cue) -> list[Name]:
        """The names of the clause after a formula, nearest first."""
        found: list[Name] = []
        for name in self.names[bisect_left(self.names, cue.end, key=lambda name: name.core) :]:
            if name.first - cue.end > REACH or self.broken(self.pieces[cue.end : name.first]):
                break
            found.append(name)
        return found

    def nearest_before(self, cue: Cue, reach: int) -> Name | None:
        """The last name before a formula, if no more than `reach` pieces and no mark part them."""
        for name in self.before(cue)[:1]:
            if cue.start - name.last <= reach and not self.broken(self.pieces[name.last : cue.start]):
                return name
        return None

    def nearest_after(self, cue: Cue, reach: int) -> Name | None:
        """The first name after a formula, if no more than `reach` pieces and no mark part them."""
        named = (name for name in self.after(cue) if name.kind != "carrier")
        name = next(named, None)
        return name if name is not None and name.first - cue.end <= reach else None

    def _apposed(self, name: Name, gap: Sequence[Piece]) -> bool:
        """Whether the name stands between two commas before its verb: "the defender, Narine P., said"."""
        opened = name.first > 1 and self.pieces[name.first - 1].low == ","
        firm = opened and name.kind in ("institution", "unknown")
        firm = firm and self.pieces[name.first - 2].has("company", "trader")  # "its distributor, Allur, said"
        return (name.kind == "person" or firm) and opened and [piece.low for piece in gap] == [","]

    def broken(self, gap: Sequence[Piece]) -> bool:
        """Whether the pieces between a formula and a name part them."""
        depth, before = 0, ""
        for piece in gap:
            depth += (piece.low == "(") - (piece.low == ")")
            if depth == 0 and piece.low in CLAUSE_MARKS and not (piece.low == "," and self._converb(before)):
                return True
            before = piece.low
        return False

    def _converb(self, low: str) -> bool:
        """Whether a verb goes on, after its comma, with the same subject (Kazakh "шақырып, …")."""
        return self.head_last and low.endswith(_CONVERBS) and low != "деп"

    def close(self, gap: Sequence[Piece]) -> bool:
        """Whether only small words, asides and phrases of place stand between a verb and its subject."""
        if _aside(gap):
            return True
        depth, placed = 0, 0
        for piece in gap:
            depth += (piece.low == "(") - (piece.low == ")")
            if depth or piece.low == ")":
                continue
            if piece.has("gap") and piece.has("preposition"):
                placed = _PLACE_REACH
            elif not self._small(piece):
                if placed == 0 or piece.upper or piece.kind != "word":
                    return False
                placed -= 1
        return True

    def _small(self, piece: Piece) -> bool:
        adverb = piece.low.endswith(self.phrases.adverbs) if self.phrases.adverbs else False
        return piece.has("gap", "carrier", "platform") or piece.kind == "number" or piece.low == "," or adverb

    def complement(self, cue: Cue) -> bool:
        """Whether a clause in the accusative stands before the verb: "… болғанын хабарлады" (Kazakh)."""
        if cue.start and _COMPLEMENT.search(self.pieces[cue.start - 1].low):
            return True
        for at in range(cue.start - 2, max(-1, cue.start - 7), -1):
            if self.pieces[at + 1].kind == "mark":
                return False
            if _FAR_COMPLEMENT.search(self.pieces[at].low):
                return True
        return False

    def message(self, cue: Cue) -> bool:
        """Whether a verb of giving gives a message: one that opens the clause, or has "this" before it."""
        start = max(0, cue.start - 2 * REACH)
        for at in range(start, cue.start):
            if self.pieces[at].has("message") and (at == 0 or self._opened(at)):
                return True
        return False

    def published(self, cue: Cue) -> bool:
        """Whether what is put out opens the clause, or is put out on a site: "Результаты опубликовала …"."""
        led = any(name.kind == "institution" and name.last <= cue.start for name in self.names)
        opens = self.phrases.style == "governed" and self.pieces[0].has("carrier") and not led
        object_first = self.phrases.style == "governed" and any(
            name.kind == "carrier" and name.last == cue.start and not self.oblique(name)
            for name in self.before(cue)
        )
        beyond = self.pieces[cue.end : cue.end + REACH]
        return opens or object_first or any(piece.has("site") for piece in beyond)

    def carried(self, name: Name) -> bool:
        """Whether a message or page of the name follows it, or it is itself where it "is said" (Kazakh)."""
        if name.case == "locative":
            return True
        after = self.pieces[name.last : name.last + 2]
        return name.case in ("genitive", None) and any(piece.has("carrier", "message") for piece in after)

    def topical(self, cue: Cue) -> bool:
        """Whether an outlet stands between "about …" and its verb: "… туралы «Имя» жазды"."""
        for name in self.before(cue)[:1]:
            about = name.first > 0 and self.pieces[name.first - 1].has("about")
            return about and name.last == cue.start and name.kind in ("outlet", "unknown")
        return False

    def _opened(self, at: int) -> bool:
        """Whether a message opens its clause: "… көрсетуінше, мәліметті X таратқан"."""
        return self._this(at - 1) or (self.head_last and self.pieces[at - 1].low == ",")

    def _this(self, at: int) -> bool:
        """Whether "this" or "the full", or the first word of all, stands at a place before a message."""
        return self.pieces[at].has("stop", "whole")

    def oblique(self, name: Name) -> bool:
        """Whether a preposition or a noun that governs it keeps the name from being a subject."""
        at = name.first - 1
        while at > 0 and self.pieces[at].has("article", "possessive", "venue"):
            at -= 1  # "residents of a house"
        before = self.pieces[at] if 0 <= at < len(self.pieces) else None
        if before is None or before.kind != "word":
            return False
        if before.has("preposition"):
            return True
        return (
            self.phrases.style == "governed"
            and not before.classes
            and morphology.noun(before.low)
            and not morphology.nominative(self.pieces[name.first].low)
        )

    def with_parallel(self, name: Name) -> list[Name]:
        """The name, after the one that "and" joins to it: the first named comes first."""
        index = bisect_left(self.names, name.first, key=lambda each: each.first)
        other = self.names[index - 1] if index else None
        if other is None or other.last >= name.first:
            return [name]
        between = self.pieces[other.last : name.first]
        if between[0].low == "(":  # an abbreviation in brackets
            closing = next((at for at, piece in enumerate(between[:4]) if piece.low == ")"), 0)
            between = between[closing + 1 :] or between
        joined = between[0].has("joiner") and all(piece.has("article") for piece in between[1:])
        alike = other.kind == name.kind or (other.kind != "platform" and name.kind == "institution")
        alike = alike or (other.kind, name.kind) == ("institution", "unknown")
        if joined and (other.kind, name.kind) == ("outlet", "outlet"):
            return [other]  # parallel reporters: the first named is the one that counts
        return [other, name] if joined and alike else [name]

    def joined_to(self, name: Name) -> list[Name]:
        """The name, and the one that "and" joins to it: "в МЧС и ДП"."""
        index = bisect_left(self.names, name.first, key=lambda each: each.first) + 1
        after = self.names[index] if index < len(self.names) else None
        if after is None or after.first != name.last + 1 or not self.pieces[name.last].has("joiner"):
            return [name]
        return [name, after] if after.kind == name.kind else [name]

    def owner(self, name: Name) -> tuple[Name, Name | None]:
        """Of a channel that is credited: whose it is, and the channel; of any other name: the name."""
        if name.kind != "platform":
            return name, None
        index = bisect_left(self.names, name.first, key=lambda each: each.first)
        for other in self.names[max(0, index - 1) : index + 2]:
            if other is name:
                continue
            attribute = self.phrases.style == "prepositional"  # "the Baza Telegram channel"
            possessed = other.last == name.first and (self.head_last or attribute or other.case == "genitive")
            between = self.pieces[name.last : other.first]
            of = len(between) <= 2 and all(piece.has("article", "belongs") for piece in between)
            follows = not self.head_last and other.first >= name.last and of
            if possessed or follows:
                # "The Telegram channel Baza" is itself the source; "the channel of Baza" is Baza's.
                titled = other.kind in ("unknown", "outlet") and not between and other.case != "genitive"
                titled = titled and not (possessed and self._surname(other))
                paged = self.pieces[name.core].case == "locative" and name.last - name.core > 1
                titled = titled and not paged  # "Назерке Facebook-тегі парақшасында": a page, no name of one
                return other, None if titled else name
        return name, None

    def channel(self, name: Name) -> Name | None:
        """The platform it was said on, where the name is not the channel's own."""
        for other in self.names:
            if other.kind != "platform" or other is name:
                continue
            if self.by_way(other):
                continue
            shown = any(piece.has("carrier", "media") for piece in self.pieces[other.first : other.last])
            if self.phrases.style == "prepositional" and not shown and not self.oblique(other):
                continue  # "YouTube is testing a setting, Google said"
            owner, its = self.owner(other)
            known = name.kind not in ("unknown", "outlet") or (self.head_last and its is not None)
            place = (
                self.head_last and other.last == name.first and name.carrier and name.kind != "institution"
            )
            if (owner is other and not place) or (owner is name and known):
                return other
        return None

    def by_way(self, platform: Name) -> bool:
        """Whether a platform is only the way by which something spread: "WhatsApp арқылы таралған"."""
        carried = any(piece.has("carrier", "media") for piece in self.pieces[platform.core : platform.last])
        return self.head_last and platform.kind == "platform" and platform.case is None and not carried

    def _surname(self, name: Name) -> bool:
        """Whether a lone word is a person's family name."""
        piece = self.pieces[name.first]
        return name.last - name.first == 1 and piece.kind == "word" and looks_like_surname(piece.low)


def _aside(gap: Sequence[Piece]) -> bool:
    """Whether nothing but a remark between two commas parts a subject from its verb."""
    if not 3 <= len(gap) <= _ASIDE or gap[0].low != "," or gap[-1].low != ",":
        return False
    inner = gap[1:-1]
    return (
        not any(piece.low in CLAUSE_MARKS for piece in inner)
        and inner[0].kind == "word"
        and not inner[0].upper
    )
