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
    stems: Mapping[str, frozenset[str]]

    def has(self, low: str, *names: str) -> bool:
        """Whether a folded word is of any of these classes."""
        for name in names:
            if low in self.exact.get(name, ()):
                return True
            if any(low.startswith(stem) for stem in self.stems.get(name, ())):
                return True
        return False

    def endings(self, name: str) -> tuple[str, ...]:
        """The entries of a class of endings."""
        return tuple(self.exact.get(name, ()))


@cache
def speech_words(lang: str) -> tuple[SpeechWords, tuple[tuple[str, ...], ...]]:
    """A language's words of quotation (none without a table), and its sets of posts that are one post."""
    table = tomllib.loads((_HERE / "speech.toml").read_text(encoding="utf-8")).get(lang, {})
    path = _HERE / "phrases" / f"{lang}.toml"
    phrases: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    alphabets = [script["map"] for script in phrases.get("scripts", [])]

    def spellings(words: Iterable[str]) -> list[str]:
        found = []
        for word in words:
            found.append(fold_word(word))
            found += [fold_word("".join(letters.get(char, char) for char in word)) for letters in alphabets]
        return list(dict.fromkeys(found))

    exact: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for name, words in table.items():
        if name == "same":
            continue
        spelt = spellings(words)
        exact[name] = frozenset(word for word in spelt if not word.endswith("*"))
        stems[name] = frozenset(word[:-1] for word in spelt if word.endswith("*"))
    same = tuple(tuple(spellings(group)) for group in table.get("same", []))
    return SpeechWords(exact, stems), same
