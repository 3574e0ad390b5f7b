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
            return not self._words.has(token.low, "occupation")
        return "inner" in classes and classes.isdisjoint(_NO_NAME) and looks_like_surname(token.low)

    def runs(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The runs of words that may be a person's name, as indices; initials with their full stops count."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and self._extends(tokens, at, end):
                end += 1
            if any(len(token.low) > 1 for token in tokens[at:end]):
                while tokens[end - 1].low == ".":
                    end -= 1
                found.append((at, end))
            at = max(end, at + 1)
        return found

    def _extends(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        token = tokens[at]
        if at > first and self._text.shown[tokens[at - 1].end : token.start] not in ("", " "):
            return False
        if token.low == ".":
            return at > first and len(tokens[at - 1].low) == 1 and tokens[at - 1].kind == "word"
        if len(token.low) == 1 and token.kind == "word" and token.upper:
            return at + 1 < len(tokens) and tokens[at + 1].low == "."
        if at > first and self._phrases.lang != "en" and token.low.isascii() != tokens[first].low.isascii():
            return False
        return self.personal(token) or self._also_a_name(tokens, at)

    def _also_a_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word that is a post too is a first name: it stands between a post and a surname."""
        if not 0 < at < len(tokens) - 1 or not tokens[at].upper or tokens[at - 1].upper:
            return False
        return (
            self._is_post(tokens[at - 1].low)
            and self._is_post(tokens[at].low)
            and self.personal(tokens[at + 1])
        )

    def _collect(self, tokens: Sequence[Token]) -> None:
        for first, last in self.runs(tokens):
            first, last = self.trim(tokens, first, last)
            words = [token for token in tokens[first:last] if token.kind == "word"]
            if len(words) < 2:
                continue
            title = self._title(tokens, first)
            sure = (
                any(self._is_post(low) for low in title[-3:])
                or words[0].low in _GIVEN
                or any(looks_like_surname(token.low) for token in words[1:])
                or any(cue.kind == "speak" for cue in self._phrases.cues(tokens[last : last + 2]))
            )
            start, end = words[0].start, self._bare_end(words[-1])
            name = self._text.cut(start, end)
            self.persons.append(Person(start, end, name, tuple(token.low for token in words), title, sure))

    def _is_post(self, low: str) -> bool:
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

    def trim(self, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
        """A run without what stands before or after the name in it: a place, an ordinary opening word."""
        while last - first > 1 and self._place(tokens[first].low):
            first += 1
        lows = [token.low for token in tokens[first:last]]
        if last - first <= 2 or "." in lows:
            return first, last
        length = 3 if any(low.endswith(self._words.endings("patronymic")) for low in lows[1:]) else 2
        titled = first > 0 and self._is_post(tokens[first - 1].low)
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

    def _place(self, low: str) -> bool:
        return low in _PLACES or (self._phrases.lang == "ru" and low not in _GIVEN and morphology.place(low))

    def _name_shaped(self, lows: Sequence[str]) -> int:
        """How much a few words look like a name: a known first name first, a family name's ending last."""
        return 2 * (lows[0] in _GIVEN) + any(looks_like_surname(low) for low in lows[1:])
