"""Formulas of attribution met with the names they credit, sentence by sentence.

A *mention* says: here this name stands in that relation to the news. It does not yet say what follows
from it; which mentions make the chain is decided in `chain`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.attribution import morphology
from pipelines.attribution.names import Name, NameFinder
from pipelines.attribution.phrases import Cue, Phrases
from pipelines.attribution.pieces import Piece, pieces_of
from pipelines.attribution.prepared import Prepared, Sentence

_CLAUSE_MARKS = frozenset(",;:.!?–…")
_REACH = 9  # pieces between a verb and its subject
_SPEECH = ("report", "speak", "ablative", "passive")
_CREDITING = (
    "report", "speak", "cite", "per", "by", "words", "passive", "ablative", "learn", "quote", "quoted_by", "sign",
    "hand", "post", "nocredit",
)  # fmt: skip
_VERBS = frozenset({"report", "speak", "hand", "post", "cite", "learn", "quote", "quoted_by", "passive"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE_REACH = 3  # lower-case words a preposition takes with it
_IZAFET = re.compile(r"[ыі]н(?:да|де|ан|ен|а|е)$|[yi]n(?:da|de|an|en|a|e)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a relation: "report", "speak", "cite", "per", "words", "seat", "passive", "sign", …"""

    name: Name
    relation: str
    sentence: Sentence
    at: int  # the offset of the formula
    anaphora: bool = False  # "об этом": the whole text is what was reported
    quoted: bool = False  # the formula stands beside direct speech
    background: bool = False
    headline: bool = False
    told: Name | None = None  # to whom it was told
    via: Name | None = None  # the channel it was said through


@dataclass(frozen=True, slots=True)
class _Clause:
    sentence: Sentence
    pieces: list[Piece]
    names: list[Name]
    cues: list[Cue]


class MentionReader:
    """Reads the mentions of one text.

    Args:
        text: the text.
        phrases: its language's phrases.
        finder: the finder of its names.
        speech: spans of direct speech, in which no formula is read.
    """

    def __init__(
        self, text: Prepared, phrases: Phrases, finder: NameFinder, speech: Sequence[tuple[int, int]]
    ) -> None:
        self._text = text
        self._phrases = phrases
        self._finder = finder
        self._speech = speech
        self._head_last = phrases.order == "head-last"
        self._last: dict[str, Name] = {}  # the newest name of each kind
        self._people: list[Name] = []

    def read(self) -> list[Mention]:
        """Every mention, in the order of the text."""
        found: list[Mention] = []
        background: int | None = None
        self._last.clear()
        self._people.clear()
        for sentence in self._text.sentences:
            pieces = self._outside(pieces_of(sentence, self._phrases))
            if not pieces:
                continue
            cues = self._phrases.cues(pieces)
            if not cues and sentence.paragraph > 1:
                continue
            verbs = frozenset(at for cue in cues if cue.kind in _VERBS for at in range(cue.start, cue.end))
            names = self._without_asides(pieces, self._finder.find(pieces, verbs))
            clause = _Clause(sentence, pieces, names, cues)
            if self._is_advert(clause):
                continue
            if self._is_background(clause):
                background = sentence.paragraph
            found += self._sentence(clause, background == sentence.paragraph)
            for name in reversed(names):
                self._last[name.kind] = name
            self._people += [name for name in names if name.kind == "person"]
        return found

    def _without_asides(self, pieces: Sequence[Piece], names: list[Name]) -> list[Name]:
        """The names without an abbreviation in brackets right after the full name."""
        return [
            name
            for name in names
            if not (
                name.first > 0
                and name.last < len(pieces)
                and (pieces[name.first - 1].low, pieces[name.last].low) == ("(", ")")
                and any(other.last == name.first - 1 for other in names)
            )
        ]

    def _outside(self, pieces: list[Piece]) -> list[Piece]:
        if not self._speech:
            return pieces
        return [
            piece for piece in pieces if not any(start <= piece.start < end for start, end in self._speech)
        ]

    def _is_advert(self, clause: _Clause) -> bool:
        return any(cue.kind == "advert" and cue.start <= 3 for cue in clause.cues)

    def _is_background(self, clause: _Clause) -> bool:
        return any(cue.kind == "background" and cue.start <= 2 for cue in clause.cues)

    def _sentence(self, clause: _Clause, background: bool) -> list[Mention]:
        found: list[Mention] = []
        anaphora = any(cue.kind == "anaphora" for cue in clause.cues)
        for cue in self._strongest(clause.cues):
            if cue.kind == "sign":
                found += self._signed(clause, cue)
                continue
            for named, relation in self._named(clause, cue):
                name, channel = self._owner(clause, self._full(clause, named))
                found.append(
                    Mention(
                        name, relation, clause.sentence, clause.pieces[cue.start].start,
                        anaphora=anaphora and relation in (*_SPEECH, "seat"),
                        quoted=self._beside_speech(clause, cue),
                        background=background or self._said_before(clause, cue),
                        told=self._told(clause, cue, name),
                        via=channel or self._via(clause, name),
                    )
                )  # fmt: skip
        return found

    def _full(self, clause: _Clause, name: Name) -> Name:
        """What a bare surname, or a bare "the carrier", points back to, where the text has said it."""
        if name.kind == "institution" and name.last - name.core == 1 and not clause.pieces[name.core].upper:
            earlier = [
                other
                for other in clause.names
                if other.last <= name.first and other.kind == "institution" and not other.seat
            ]
            return earlier[0] if earlier and clause.pieces[earlier[0].core].upper else name
        surname = self._text.folded[name.start : name.end]
        if name.kind not in ("person", "unknown") or " " in surname:
            return name
        for person in self._people:
            if self._text.folded[person.start : person.end].endswith(f" {surname}"):
                return person
        return name

    def _strongest(self, cues: Sequence[Cue]) -> list[Cue]:
        """The formulas that credit, without those inside a longer one."""
        crediting = [cue for cue in cues if cue.kind in _CREDITING]
        return [
            cue
            for cue in crediting
            if not any(
                other is not cue
                and other.start <= cue.start
                and cue.end <= other.end
                and other.end - other.start > cue.end - cue.start
                for other in crediting
            )
        ]

    def _said_before(self, clause: _Clause, cue: Cue) -> bool:
        """Whether "earlier" or a past year stands right beside the verb."""
        around = [*clause.pieces[max(0, cue.start - 4) : cue.start], *clause.pieces[cue.end : cue.end + 3]]
        years = [
            at for at, piece in enumerate(around) if piece.kind == "number" and _YEAR.fullmatch(piece.low)
        ]
        for at in years:
            before = around[at - 1].low if at else ""
            after = around[at + 1].low if at + 1 < len(around) else ""
            if before in ("in", "в") or after in ("жылы", "jyly"):
                return True
        return any(
            other.kind == "background"
            and (0 <= cue.start - other.end <= 3 or 0 <= other.start - cue.end <= 1)
            for other in clause.cues
        )

    def _beside_speech(self, clause: _Clause, cue: Cue) -> bool:
        """Whether the formula belongs to direct speech that stands in the same sentence or ends before it."""
        sentence = clause.sentence
        return any(start < sentence.end and end > sentence.start - 3 for start, end in self._speech)

    # Which names a formula credits, by the place the language gives them.

    def _named(self, clause: _Clause, cue: Cue) -> list[tuple[Name, str]]:
        if cue.kind in ("report", "speak"):
            return self._subject(clause, cue)
        if cue.kind == "hand":
            return self._subject(clause, replace(cue, kind="report")) if self._ends_clause(clause, cue) else []
        if cue.kind == "post":
            placed = any(name.kind == "platform" for name in clause.names)
            this = any(other.kind == "anaphora" for other in clause.cues)
            return self._subject(clause, replace(cue, kind="report")) if placed or this else []
        if cue.kind == "nocredit":
            return []
        if cue.kind == "learn":
            sure = cue.end - cue.start > 1 or self._phrases.lang != "en"
            learner = [
                each for each in self._subject(clause, cue) if each[0].kind == "outlet" and (sure or each[0].media)
            ]
            return [(name, "report") for name, _ in learner]
        if cue.kind == "quote":
            return self._quoting(clause, cue)
        if cue.kind == "quoted_by":
            outlet, quoted = self._nearest_after(clause, cue, reach=2), self._before(clause, cue)[:1]
            return [*((name, "cite") for name in quoted), *([(outlet, "report")] if outlet else [])]
        if cue.kind == "passive":
            return self._carried(clause, cue)
        if cue.kind == "ablative":
            return [(name, "seat") for name in self._before(clause, cue) if name.case == "ablative"][:1]
        if self._head_last:
            return self._governed_before(clause, cue)
        after = self._nearest_after(clause, cue, reach=4)
        if cue.kind == "by":
            return [(after, "report")] if after and after.kind in ("institution", "outlet") else []
        found = [(after, cue.kind)] if after else []
        citing = self._before(clause, cue)[:1] if cue.kind == "cite" else []
        if citing and citing[0].kind == "outlet" and citing[0].last == cue.start:
            found.insert(0, (citing[0], "report"))
        return found

    def _ends_clause(self, clause: _Clause, cue: Cue) -> bool:
        """Whether a verb that may also mean "hands over" closes a clause or opens one with "that"."""
        before = clause.pieces[cue.start - 1] if cue.start else None
        after = clause.pieces[cue.end] if cue.end < len(clause.pieces) else None
        if before is None or before.low in (",", "–", "-") or before.low == "как":
            return True
        return after is None or after.kind == "mark" or after.low in ("со", "что")

    def _quoting(self, clause: _Clause, cue: Cue) -> list[tuple[Name, str]]:
        """Who quotes, and the body quoted; a person quoted only speaks."""
        found = []
        for name in (*self._before(clause, cue)[:1], *self._after(clause, cue)[:2]):
            before = name.last <= cue.start
            if name.kind == "outlet" or (name.kind == "institution" and (before or name.spoken)):
                found.append((name, "report" if before or self._phrases.lang == "ru" else "cite"))
            elif name.kind == "institution":
                found.append((name, "cite"))
        return found

    def _governed_before(self, clause: _Clause, cue: Cue) -> list[tuple[Name, str]]:
        """The name before "-ға сілтеме жасап" or "-ның мәліметінше"."""
        if cue.kind == "cite":
            nearest = self._nearest_before(clause, cue, reach=3)
            if nearest is None or not (nearest.case in ("dative", "genitive") or self._caseless(nearest)):
                return []
            return [(name, cue.kind) for name in self._with_parallel(clause, nearest)]
        for name in self._before(clause, cue):
            if name.kind not in ("unnamed", "carrier") and (name.case == "genitive" or self._caseless(name)):
                return [(name, cue.kind)]
        return []

    def _caseless(self, name: Name) -> bool:
        return name.case is None or name.source is not None

    def _nearest_before(self, clause: _Clause, cue: Cue, reach: int) -> Name | None:
        for name in reversed(clause.names):
            if name.last <= cue.start:
                gap = clause.pieces[name.last : cue.start]
                return name if len(gap) <= reach and not self._broken(gap) else None
        return None

    def _nearest_after(self, clause: _Clause, cue: Cue, reach: int) -> Name | None:
        for name in clause.names:
            if name.core >= cue.end and name.kind != "carrier":
                gap = clause.pieces[cue.end : max(cue.end, name.first)]
                return name if len(gap) <= reach and not self._broken(gap) else None
        return None

    def _broken(self, gap: Sequence[Piece]) -> bool:
        """Whether the pieces between a formula and a name part them."""
        depth = 0
        for piece in gap:
            if piece.low == "(":
                depth += 1
            elif piece.low == ")":
                depth -= 1
            elif piece.low in _CLAUSE_MARKS and depth == 0:
                return True
        return False

    def _before(self, clause: _Clause, cue: Cue) -> list[Name]:
        """The names of the clause before a formula, nearest first."""
        found = []
        for name in reversed(clause.names):
            if name.last > cue.start:
                continue
            gap = clause.pieces[name.last : cue.start]
            if (self._broken(gap) and not self._apposed(clause, name, gap)) or len(gap) > _REACH:
                break
            found.append(name)
        return found

    def _apposed(self, clause: _Clause, name: Name, gap: Sequence[Piece]) -> bool:
        """Whether the name stands between two commas before its verb: "the defender, Narine P., said"."""
        opened = name.first > 0 and clause.pieces[name.first - 1].low == ","
        return name.kind == "person" and opened and [piece.low for piece in gap] == [","]

    def _after(self, clause: _Clause, cue: Cue) -> list[Name]:
        """The names of the clause after a formula, nearest first."""
        found = []
        for name in clause.names:
            if name.core < cue.end:
                continue
            if self._broken(clause.pieces[cue.end : name.first]) or name.first - cue.end > _REACH:
                break
            found.append(name)
        return found

    def _pronoun(self, clause: _Clause, cue: Cue) -> Name | None:
        """Whom "he", "she" or "it" beside the verb means: the first such name said so far."""
        reach = _REACH if self._head_last else 3
        ahead = clause.pieces[max(0, cue.start - reach) : cue.start]
        marks = [at for at, piece in enumerate(ahead) if piece.low in _CLAUSE_MARKS]
        near = [*ahead[marks[-1] if marks else 0 :], *clause.pieces[cue.end : cue.end + 2]]
        for piece in near:
            if piece.low in self._phrases.he:
                return self._latest(clause, cue, "person") or self._last.get("person")
            if piece.low in self._phrases.it:
                return self._latest(clause, cue, "institution") or self._last.get("institution")
        return None

    def _latest(self, clause: _Clause, cue: Cue, kind: str) -> Name | None:
        return next((name for name in clause.names if name.kind == kind and name.last < cue.start), None)

    def _subject(self, clause: _Clause, cue: Cue) -> list[tuple[Name, str]]:
        meant = self._pronoun(clause, cue)
        if meant is not None:
            return [(meant, cue.kind)]
        before, after = self._before(clause, cue), self._after(clause, cue)
        if self._head_last:
            return self._subject_head_last(clause, cue, before, after)
        return self._subject_head_first(clause, cue, before, after)

    def _subject_head_last(
        self, clause: _Clause, cue: Cue, before: list[Name], after: list[Name]
    ) -> list[tuple[Name, str]]:
        for name in before:
            if name.case == "ablative" and name.kind == "institution" and name.source is None:
                return [(name, "seat")]
            if name.case in (None, "genitive", "accusative") and name.kind != "carrier":
                after_it = clause.pieces[name.last]
                owns = not after_it.upper and name.kind != "person" and _IZAFET.search(after_it.low)
                if owns or (name.case == "genitive" and not self._caseless(name)):
                    continue
                return [(each, cue.kind) for each in self._with_parallel(clause, name)]
        for name in after:
            if name.kind in ("platform", "carrier") or name.case == "dative":
                continue
            return [(name, cue.kind)]
        return []

    def _subject_head_first(
        self, clause: _Clause, cue: Cue, before: list[Name], after: list[Name]
    ) -> list[tuple[Name, str]]:
        seats = self._phrases.seats
        seated = [name for name in (*after, *before) if name.seat in seats and self._seatable(name)]
        if seated and self._impersonal(clause, cue):
            return [(seated[0], "seat" if cue.kind == "report" else "seat-speak")]
        if before and self._is_subject(clause, before[0], cue):
            return [(each, cue.kind) for each in self._with_parallel(clause, before[0])]
        for name in after:
            if name.kind in ("platform", "carrier") or name.seat in seats:
                continue
            if self._close(clause.pieces[cue.end : name.first]) and not self._oblique(clause, name):
                return [(name, cue.kind)]
            break
        return []

    def _with_parallel(self, clause: _Clause, name: Name) -> list[Name]:
        """The name, after the one that "and" joins to it: the first named comes first."""
        for other in clause.names:
            between = clause.pieces[other.last : name.first] if other.last < name.first else []
            if between and between[0].has("joiner") and all(p.low == "the" for p in between[1:]):
                if other.kind == name.kind or (other.kind != "platform" and name.kind == "institution"):
                    return [other, name]
        return [name]

    def _seatable(self, name: Name) -> bool:
        return name.kind in ("institution", "post", "unknown") and not name.carrier

    def _impersonal(self, clause: _Clause, cue: Cue) -> bool:
        """Whether the verb is in the plural without a subject, as "сообщили в МЧС" wants it."""
        return clause.pieces[cue.end - 1].low.endswith(("ли", "лись", "ют", "ат", "ят"))

    def _is_subject(self, clause: _Clause, name: Name, cue: Cue) -> bool:
        if name.kind in ("platform", "carrier") or self._oblique(clause, name):
            return False
        return self._close(clause.pieces[name.last : cue.start])

    def _close(self, gap: Sequence[Piece]) -> bool:
        """Whether nothing but small words, asides and phrases of place stand between a verb and its subject."""
        depth, placed = 0, 0
        for piece in gap:
            if piece.low == "(":
                depth += 1
            elif piece.low == ")":
                depth -= 1
            elif depth == 0 and not (
                piece.has("gap", "carrier", "platform") or piece.kind == "number" or piece.low == ","
            ):
                return False
        return True

    def _oblique(self, clause: _Clause, name: Name) -> bool:
        if name.seat in _PREPOSITIONS.get(self._phrases.lang, ()):
            return True
        before = clause.pieces[name.first - 1] if name.first else None
        return (
            self._phrases.lang == "ru"
            and before is not None
            and before.kind == "word"
            and not before.classes
            and morphology.noun(before.low)
            and not morphology.nominative(clause.pieces[name.first].low)
        )

    def _carried(self, clause: _Clause, cue: Cue) -> list[tuple[Name, str]]:
        """Who sent the message in which it "is said"."""
        names = [*self._after(clause, cue), *self._before(clause, cue)]
        for name in names:
            if name.kind in ("platform", "carrier", "own", "unnamed"):
                continue
            channel = any(other.kind == "platform" and other.last == name.first for other in clause.names)
            if name.carrier or name.media or channel or (
                self._head_last and name.case in ("locative", "genitive", None)
            ):
                return [(name, "passive")]
        return []

    # To whom, and through what.

    def _told(self, clause: _Clause, cue: Cue, teller: Name) -> Name | None:
        """The outlet to which the speaker told it, in the same sentence."""
        for other in clause.cues:
            if other.kind == "told":
                name = (
                    self._nearest_before(clause, other, reach=2)
                    if self._head_last
                    else self._nearest_after(clause, other, reach=2)
                )
                if name and name is not teller and name.kind in ("outlet", "own", "unknown"):
                    return name
        for name in (*self._after(clause, cue), *self._before(clause, cue)):
            if name is teller or name.kind not in ("outlet", "own"):
                continue
            if self._head_last and name.case == "dative":
                return name
            if not self._head_last and self._is_dative(clause, name, cue):
                return name
        return None

    def _is_dative(self, clause: _Clause, name: Name, cue: Cue) -> bool:
        """Whether an outlet right after a Russian verb is whom it was told to."""
        if self._phrases.lang != "ru" or name.first < cue.end or self._oblique(clause, name):
            return False
        opening = clause.pieces[name.first].low
        return opening.endswith(("ту", "ам", "ию", "ству", "лу", "те", "ре", "стам")) or name.kind == "outlet"

    def _owner(self, clause: _Clause, name: Name) -> tuple[Name, Name | None]:
        """Of a channel that is credited: whose it is, and the channel; of any other name: the name."""
        if name.kind != "platform":
            return name, None
        for other in clause.names:
            between = clause.pieces[name.last : other.first] if other.first >= name.last else []
            beside = other.last == name.first if self._head_last else other.first == name.last
            beside = beside or (
                bool(between) and len(between) <= 2 and all(p.low in ("of", "the") for p in between)
            )
            if beside or (other.case == "genitive" and other.last == name.first):
                named = other.kind in ("unknown", "outlet")
                return other, None if named else name
        return name, None

    def _via(self, clause: _Clause, name: Name) -> Name | None:
        """The platform it was said on, where the name is not the channel's own."""
        for other in clause.names:
            if other.kind != "platform" or other is name:
                continue
            owner, _ = self._owner(clause, other)
            if owner is other or owner is name and name.kind not in ("unknown", "outlet"):
                return other
        return None

    def _signed(self, clause: _Clause, cue: Cue) -> list[Mention]:
        """A source signed on a line of its own: "Источник: Kazpravda.kz"."""
        pieces = clause.pieces
        if cue.start > 1 or cue.end >= len(pieces):
            return []
        if cue.end - cue.start > 1 and pieces[cue.end - 1].low == "by":
            wires = [
                name for name in clause.names if name.first >= cue.end and name.kind in ("outlet", "unknown")
            ]
            return [Mention(wires[0], "sign", clause.sentence, pieces[cue.start].start)] if wires else []
        if pieces[cue.end].low not in (":", "–", "-", "|"):
            return []
        names = [
            name for name in clause.names if name.first > cue.end and name.kind not in ("unnamed", "own")
        ]
        if not names:
            names = self._finder.signed(pieces, cue.end + 1)
        return [Mention(names[0], "sign", clause.sentence, pieces[cue.start].start)] if names else []


_PREPOSITIONS = {
    "ru": frozenset(
        ["в", "во", "на", "с", "со", "к", "ко", "от", "из", "за", "для", "до", "под", "о", "об", "при", "через", "у", "по", "между", "против"]
    ),
    "en": frozenset(
        ["in", "at", "by", "from", "with", "to", "for", "on", "about", "of", "against", "between", "into", "under", "near", "via", "through"]
    ),
}  # fmt: skip
