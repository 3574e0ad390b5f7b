"""The words of quotation (`speech.toml`) of one language, folded, in every alphabet it is written in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.attribution.prepared import fold_word

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The words of `speech.toml` for one language, folded, by class."""

    exact: Mapping[str, frozenset[str]]
    stems: Mapping[str, tuple[str, ...]]

    def has(self, low: str, *names: str) -> bool:
        """Whether a folded word is of any of these classes."""
        for name in names:
            if low in self.exact.get(name, ()):
                return True
            if low.startswith(self.stems.get(name, ())):
                return True
        return False

    def endings(self, name: str) -> tuple[str, ...]:
        """The entries of a class of endings."""
        return tuple(self.exact.get(name, ()))


@dataclass(frozen=True, slots=True)
class WordSet:
    """Folded words and stems ("*" for any ending)."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    endings: tuple[str, ...]

    def covers(self, low: str) -> bool:
        """Whether a folded word is of the set."""
        return low in self.exact or low.startswith(self.stems) or low.endswith(self.endings)


def _word_set(words: Iterable[str]) -> WordSet:
    return WordSet(
        frozenset(word for word in words if "*" not in word),
        tuple(word[:-1] for word in words if word.endswith("*")),
        tuple(word[1:] for word in words if word.startswith("*")),
    )


@cache
def _spelling(lang: str) -> tuple[Mapping[str, str], ...]:
    """The other alphabets of a language, letter by letter."""
    path = _HERE / "phrases" / f"{lang}.toml"
    phrases: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return tuple(script["map"] for script in phrases.get("scripts", []))


def _spellings(words: Iterable[str], lang: str) -> list[str]:
    """Words folded, in every alphabet of the language."""
    found = []
    for word in words:
        found.append(fold_word(word))
        found += [fold_word("".join(letters.get(char, char) for char in word)) for letters in _spelling(lang)]
    return list(dict.fromkeys(found))


@cache
def speech_table(lang: str) -> Mapping[str, Any]:
    """A language's part of `speech.toml`; empty without one."""
    table: Mapping[str, Any] = tomllib.loads((_HERE / "speech.toml").read_text(encoding="utf-8")).get(
        lang, {}
    )
    return table


@cache
def speech_kinds(lang: str) -> tuple[tuple[WordSet, WordSet], ...]:
    """The kinds of people: the nouns that name the kind, and the occupations that belong to it."""
    return tuple(
        (_word_set(_spellings(names, lang)), _word_set(_spellings(occupations, lang)))
        for names, occupations in speech_table(lang).get("kinds", [])
    )


@cache
def speech_words(lang: str) -> tuple[SpeechWords, tuple[tuple[str, ...], ...]]:
    """A language's words of quotation (none without a table), and its sets of posts that are one post."""
    table = speech_table(lang)
    exact: dict[str, frozenset[str]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        if name in ("same", "kinds"):
            continue
        spelt = _spellings(words, lang)
        exact[name] = frozenset(word for word in spelt if not word.endswith("*"))
        stems[name] = tuple(dict.fromkeys(word[:-1] for word in spelt if word.endswith("*")))
    same = tuple(tuple(_spellings(group, lang)) for group in table.get("same", []))
    return SpeechWords(exact, stems), same
