"""The phrase files, one a language, as a matcher reads them.

A language is one TOML file in `phrases/`: classes of words, formulas ("cues") by kind, endings, and the
alphabets it is also written in. Nothing about a language stands in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from pipelines.attribution.prepared import fold_word

_FOLDER = Path(__file__).parent / "phrases"
_KEY = 3  # a formula is filed under the first letters of its first word


class Folded(Protocol):
    """Anything a formula can be compared with: a token, a piece."""

    @property
    def low(self) -> str:
        """The folded text."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A formula found in a sentence: its kind and the tokens it covers, `end` excluded."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What may stand at one place of a formula: these words, or any with these beginnings."""

    words: frozenset[str]
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Formula:
    kind: str
    places: tuple[_Place, ...]

    def match(self, tokens: Sequence[Folded], at: int) -> int:
        """The index past the formula where it stands at token `at`, else 0; its first word fits already."""
        end = at + len(self.places)
        if end > len(tokens):
            return 0
        for index in range(at + 1, end):
            place, low = self.places[index - at], tokens[index].low
            if low not in place.words and not (place.stems and low.startswith(place.stems)):
                return 0
        return end


@dataclass(slots=True)
class Lexicon:
    """Words and stems with the classes they belong to."""

    exact: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[str]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()

    def add(self, word: str, name: str) -> None:
        """File `word` (with * for any ending) under the class `name`."""
        table, key = (self.stems, word[:-1]) if word.endswith("*") else (self.exact, word)
        table.setdefault(key, set()).add(name)
        self.lengths = tuple(sorted({len(stem) for stem in self.stems}))

    def classes(self, low: str) -> frozenset[str]:
        """The classes of a folded word; of a word with a hyphen also those of its last part."""
        found = set(self.exact.get(low, ()))
        for length in self.lengths:
            if length > len(low):
                break
            found |= self.stems.get(low[:length], set())
        return frozenset(found)


class Phrases:
    """One language's knowledge, compiled.

    Args:
        data: the parsed TOML of the language.

    Raises:
        ValueError: a formula is shorter than the matcher can file; the message names it.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.lang: str = data["lang"]
        self.style: str = data["style"]
        self._maps: list[Mapping[str, str]] = [script["map"] for script in data.get("scripts", [])]
        self.abbreviations = frozenset(self._spellings(data.get("abbreviations", [])))
        self.lexicon = Lexicon()
        for name, words in data["words"].items():
            for word in self._spellings(words):
                self.lexicon.add(word, name)
        self._formulas: dict[str, list[_Formula]] = {}  # by their first word
        self._stemmed: dict[str, list[tuple[str, _Formula]]] = {}  # by the first letters of its stem
        for kind, formulas in data["cues"].items():
            self._file(kind, formulas)
        self._file("anaphora", data.get("anaphora", {}).get("words", []))
        self.seats = frozenset(self._spellings(data.get("seat", {}).get("words", [])))
        self.he = frozenset(self._spellings(data.get("pronouns", {}).get("he", [])))
        self.it = frozenset(self._spellings(data.get("pronouns", {}).get("it", [])))
        self.plain = tuple(data.get("plain", {}).get("endings", []))
        self.adverbs = tuple(data.get("adverbs", {}).get("endings", []))
        self.adjectives = tuple(data.get("adjectives", {}).get("endings", []))
        self.cases: dict[str, tuple[str, ...]] = {
            name: tuple(sorted(set(self._spellings(endings)), key=len, reverse=True))
            for name, endings in data.get("cases", {}).items()
        }
        self._junctures = {
            (name, start): frozenset("x" + "".join(self._spellings(letters)))
            for name, starts in data.get("junctures", {}).items()
            for first, letters in starts.items()
            for start in self._spellings([first])
        }
        self._whole = frozenset(self._spellings(data.get("whole", {}).get("words", [])))
        self.classes = lru_cache(maxsize=65536)(self.lexicon.classes)
        self._begun = lru_cache(maxsize=65536)(self._beginning)
        self.case = lru_cache(maxsize=65536)(self._case)

    def _spellings(self, words: Iterable[str]) -> list[str]:
        """Each word folded, in every alphabet of the language."""
        found = []
        for word in words:
            found.append(fold_word(word))
            found += [
                fold_word("".join(letters.get(char, char) for char in word.lower())) for letters in self._maps
            ]
        return list(dict.fromkeys(found))

    def _file(self, kind: str, formulas: Iterable[str]) -> None:
        for text in self._spellings(formulas):
            places = tuple(
                _Place(
                    frozenset(choice for choice in place.split("|") if not choice.endswith("*")),
                    tuple(choice[:-1] for choice in place.split("|") if choice.endswith("*")),
                )
                for place in text.split()
            )
            formula = _Formula(kind, places)
            for word in places[0].words:
                self._formulas.setdefault(word, []).append(formula)
            for stem in places[0].stems:
                if len(stem) < _KEY:
                    raise ValueError(f"{self.lang}: the formula {text!r} begins with too short a stem")
                self._stemmed.setdefault(stem[:_KEY], []).append((stem, formula))

    def _beginning(self, low: str) -> tuple[_Formula, ...]:
        """The formulas that may begin with a word, the longest first."""
        found = list(self._formulas.get(low, ()))
        found += [formula for stem, formula in self._stemmed.get(low[:_KEY], ()) if low.startswith(stem)]
        return tuple(sorted(found, key=lambda formula: -len(formula.places)))

    def cues(self, tokens: Sequence[Folded]) -> list[Cue]:
        """The formulas in a sentence by place; of each kind the longest at a place."""
        found = []
        for at, token in enumerate(tokens):
            seen: set[str] = set()
            for formula in self._begun(token.low):
                if formula.kind in seen:
                    continue
                end = formula.match(tokens, at)
                if end:
                    seen.add(formula.kind)
                    found.append(Cue(formula.kind, at, end))
        return found

    def _case(self, low: str) -> str | None:
        """The case whose ending a folded word bears, or None; for languages that declare endings."""
        if low in self._whole:
            return None
        for name in ("genitive", "ablative", "locative", "dative", "accusative", "instrumental"):
            for ending in self.cases.get(name, ()):
                stem = len(low) - len(ending)
                if stem >= 3 and low.endswith(ending) and self._joined(name, low[stem - 1], ending[0]):
                    return name
        return None

    def _joined(self, name: str, last: str, first: str) -> bool:
        """Whether an ending that begins with `first` can follow a letter: "қызмет-і", not "қызме-ті"."""
        return last in self._junctures.get((name, first), last)


def languages() -> tuple[str, ...]:
    """The languages that have a phrase file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(lang: str) -> Phrases:
    """The phrases of a language; of English where it has none.

    Args:
        lang: BCP 47 primary language subtag.
    """
    path = _FOLDER / f"{lang}.toml"
    if not path.is_file():
        path = _FOLDER / "en.toml"
    return Phrases(tomllib.loads(path.read_text(encoding="utf-8")))
