"""The people a text names: runs of capitalised words that read as a name, with the post before them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.attribution import morphology
from pipelines.attribution.persons import looks_like_surname
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token
from pipelines.attribution.vocabulary import speech_words

_NAMES = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
_GIVEN, _PLACES = frozenset(_NAMES["given"]), frozenset(_NAMES["places"])
_OPENING = 400  # characters by which a text's script is told
_TITLE_REACH = 9  # words before a name that may hold its post
_NO_NAME = ("office", "media", "post", "platform", "stop", "joiner", "gap", "unnamed", "carrier")


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of a person by name, with the words of the post before it."""

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    apposition: tuple[str, ...]  # the words between commas after the name
    sure: bool  # a post, a verb of speech or the name's own form says that it is a person


class Roster:
    """The mentions of people in one text, in order.

    Args:
        text: the text.
        phrases: its language's phrases.
    """

    def __init__(self, text: Prepared, phrases: Phrases) -> None:
        self._text = text
        self._phrases = phrases
        self._words, self._same = speech_words(phrases.lang)
        self._cyrillic = any("а" <= char <= "я" for char in text.folded[:_OPENING])
        self.persons: list[Person] = []
        for sentence in text.sentences:
            self._collect(sentence.tokens)

    # Names: runs of capitalised words.

    def personal(self, token: Token) -> bool:
        """Whether a word may be part of a person's name."""
        if token.kind != "word" or not token.upper or (token.shout and len(token.low) < 5):
            return False
        classes = self._phrases.classes(token.low)
        if classes.isdisjoint(_NO_NAME) and "inner" not in classes:
            return not self._words.has(token.low, "occupation", "honorific")
        return "inner" in classes and classes.isdisjoint(_NO_NAME) and looks_like_surname(token.low)

    def runs(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The runs of words that may be a person's name, as indices; initials with their full stops count."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            if not tokens[at].upper and not self._words.has(tokens[at].low, "name_particle"):
                at += 1
                continue
            end = at
            while end < len(tokens) and self._extends(tokens, at, end):
                end += 1
            while end > at and (
                tokens[end - 1].low == "." or self._words.has(tokens[end - 1].low, "name_particle")
            ):
                end -= 1
            if any(len(token.low) > 1 for token in tokens[at:end]) and not self._labelled(tokens, at, end):
                found.append((at, end))
            at = max(end, at + 1)
        return found

    def _labelled(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether quotation marks alone enclose a run: the name of a company, a book, a place."""
        if not first or last >= len(tokens):
            return False
        return tokens[first - 1].low == tokens[last].low == '"'

    def _extends(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        token = tokens[at]
        if at > first and self._text.shown[tokens[at - 1].end : token.start] not in ("", " "):
            return False
        if token.low == ".":
            return at > first and len(tokens[at - 1].low) == 1 and tokens[at - 1].kind == "word"
        if len(token.low) == 1 and token.kind == "word" and token.upper:
            return at + 1 < len(tokens) and tokens[at + 1].low == "."
        if self._words.has(token.low, "name_particle") and not token.upper:
            return self._particle(tokens, at)
        if (
            at > first
            and self._phrases.lang != "en"
            and (token.low.partition("-")[0].isascii() != tokens[first].low.isascii())
        ):
            return False
        return (
            self.personal(token) or self._also_a_name(tokens, at) or self._closing_surname(tokens, first, at)
        )

    def _closing_surname(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        """Whether a word of another sense is a surname: after a first name, at an end ("Tom Baker.")."""
        if at != first + 1 or not tokens[at].upper or tokens[at].kind != "word":
            return False
        classes = self._phrases.classes(tokens[at].low)
        if self._phrases.lang != "en" and tokens[first].low in _GIVEN and classes <= {"stop", "gap"}:
            return True  # no weekday or month has a capital letter: Төлеген Жұма
        prior = tokens[first - 1] if first else None
        posted = prior is not None and (
            self.is_post(prior.low)
            or (not prior.upper and self.occupational(prior.low))
            or (
                self._phrases.lang == "en"
                and prior.kind == "word"
                and not prior.upper
                and self._phrases.classes(prior.low).isdisjoint({"stop", "gap", "joiner", "preposition"})
                and not self._words.has(prior.low, "verbs")
                and tokens[first].low not in _PLACES
            )
        )
        if tokens[first].low not in _GIVEN and not posted:
            return False
        return at + 1 == len(tokens) or tokens[at + 1].kind == "mark"

    def _particle(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a small word belongs to a name: a part of one follows it ("von der Leyen")."""
        after = tokens[at + 1 : at + 3]
        while after and self._words.has(after[0].low, "name_particle") and not after[0].upper:
            after = after[1:]
        return bool(after) and self.personal(after[0])

    def _also_a_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word that is a post too is a first name: it stands between a post and a surname."""
        if self._words.has(tokens[at].low, "honorific"):
            return False
        if at + 1 >= len(tokens) or not tokens[at].upper or not self.personal(tokens[at + 1]):
            return False
        if self._phrases.lang == "ru" and morphology.forename(tokens[at].low):
            return True  # Раиса, though a form of "раис" too
        if not at or tokens[at - 1].upper:
            return False
        return self.is_post(tokens[at - 1].low) and self.is_post(tokens[at].low)

    def _collect(self, tokens: Sequence[Token]) -> None:
        for first, last in self.runs(tokens):
            first, last = self.trim(tokens, first, last)
            words = [token for token in tokens[first:last] if token.kind == "word"]
            if len(words) < 2 or not words[0].upper or self.is_place(words[-1].low):
                continue
            if self._medium(tokens, first, last):
                continue
            title = self._title(tokens, first)
            sure = (
                any(self.is_post(low) or self.occupational(low) for low in title[-3:])
                or words[0].low in _GIVEN
                or any(looks_like_surname(token.low) for token in words[1:])
                or any(cue.kind == "speak" for cue in self._phrases.cues(tokens[last : last + 2]))
            )
            start, end = words[0].start, self._bare_end(words[-1])
            name = self._text.cut(start, end)
            lows = tuple(token.low for token in words)
            self.persons.append(Person(start, end, name, lows, title, self._apposition(tokens, last), sure))

    def _medium(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a word beside says that the run is a medium's name: "газете Die Welt"."""
        if tokens[first].low in _GIVEN or looks_like_surname(tokens[last - 1].low):
            return False
        beside = (
            tokens[last : last + 1]
            if self._phrases.style == "head-last"
            else tokens[max(0, first - 1) : first]
        )
        return any("media" in self._phrases.classes(token.low) and not token.upper for token in beside)

    def is_post(self, low: str) -> bool:
        """Whether a folded word names a post or an occupation."""
        return "post" in self._phrases.classes(low) or self._words.has(low, "occupation")

    def _bare_end(self, token: Token) -> int:
        if self._phrases.lang == "en" and token.low.endswith(("'s", "s'")):
            return token.end - (2 if token.low.endswith("'s") else 1)
        return token.end

    def _title(self, tokens: Sequence[Token], first: int) -> tuple[str, ...]:
        """The words before a name that may be its post, back to a mark or a verb of speech."""
        words: list[str] = []
        for token in reversed(tokens[max(0, first - _TITLE_REACH) : first]):
            word = token.kind == "word" and "stop" not in self._phrases.classes(token.low)
            if not word and token.low != '"':
                break
            words.append(token.low)
        return tuple(reversed(words))

    def _apposition(self, tokens: Sequence[Token], last: int) -> tuple[str, ...]:
        """The words between commas after a name that may be its post ("Aigul Nuri, a trader, …")."""
        if last >= len(tokens) or tokens[last].low not in (",", "(", "–"):
            return ()
        words: list[str] = []
        for token in tokens[last + 1 : last + 1 + _TITLE_REACH]:
            if token.kind == "mark" and token.low != '"':
                break
            words.append(token.low)
        return tuple(words)

    def occupational(self, low: str) -> bool:
        """Whether a folded word has the form of an occupation ("археолог", "archaeologist", "жылқышы")."""
        if self._phrases.lang == "ru" and morphology.animate(low):
            return True
        return len(low) > 4 and low.endswith(self._words.endings("occupation_endings"))

    def _opens_with_occupation(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a sentence or line opens with an occupation, capitalised for its place, before a name."""
        opening = first == 0 or tokens[first - 1].kind == "mark"
        low = tokens[first].low
        return last - first > 2 and opening and low not in _GIVEN and self.occupational(low)

    def trim(self, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
        """A run without what stands before or after the name in it: a place, an ordinary opening word."""
        while (
            last - first > 1
            and not self._foreign(tokens, first, last)
            and (
                self._place(tokens[first].low, known=last - first == 2)
                or self._opens_with_occupation(tokens, first, last)
            )
        ):
            first += 1
        lows = [token.low for token in tokens[first:last]]
        if self._foreign(tokens, first, last):
            return first, last
        if last - first <= 2 or "." in lows or any(self._words.has(low, "name_particle") for low in lows):
            return first, last
        whole = self._whole_name(tokens, first, last)
        if whole:
            return first, whole
        length = 3 if any(low.endswith(self._words.endings("patronymic")) for low in lows[1:]) else 2
        titled = first > 0 and self.is_post(tokens[first - 1].low)
        if self._phrases.lang == "en" and (titled or lows[0] in _GIVEN):
            return first, last
        leading = titled and self._phrases.style == "head-last"
        best = max(
            range(first, last - length + 1),
            key=lambda at: (
                self._name_shaped(lows[at - first : at - first + length]),
                (first - at) if leading else at,
            ),
        )
        return best, best + length

    def _foreign(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a run is a foreign body's name, whole in its own script: Human Rights Watch."""
        lows = [token.low for token in tokens[first:last]]
        if self._phrases.lang == "en" or not all(low.isascii() for low in lows):
            return False
        posted = first > 0 and self.is_post(tokens[first - 1].low)
        return self._cyrillic and not posted and _GIVEN.isdisjoint(lows)

    def _whole_name(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Kazakh: the index past three words of a name after a post (төраға Режеп Тайып Ердоған), or 0."""
        if self._phrases.style != "head-last" or not first or tokens[first - 1].upper:
            return 0
        if not self.is_post(tokens[first - 1].low):
            return 0
        end = last
        while end - first > 2 and (
            tokens[end - 1].low in _PLACES or self._phrases.case(tokens[end - 1].low) is not None
        ):
            end -= 1
        return end if end - first == 3 else 0

    def geographic(self, low: str) -> bool:
        """Whether a folded word by itself is a place's name ("президент Кыргызстана")."""
        return self._place(low, known=True)

    def is_place(self, low: str) -> bool:
        """Whether a folded word is a country, a region or a city that is listed."""
        return low in _PLACES

    def _place(self, low: str, *, known: bool) -> bool:
        """Whether a word is a place; of two words only a `known` one, lest a foreign first name be lost."""
        if low in _PLACES:
            return True
        if self._phrases.lang != "ru" or low in _GIVEN or morphology.forename(low):
            return False
        return morphology.place(low) and not (known and morphology.unheard(low))

    def _name_shaped(self, lows: Sequence[str]) -> int:
        """How much a few words look like a name: a known first name first, a family name's ending last."""
        return 2 * (lows[0] in _GIVEN) + any(looks_like_surname(low) for low in lows[1:])
