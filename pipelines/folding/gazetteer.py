"""Find named things in a text by tables of their Kazakh, Russian and English words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipelines.attribution.identity import FOLDER, OUTLET_KINDS
from pipelines.attribution.morphology import lemma
from pipelines.attribution.prepared import fold_word
from pipelines.folding.tables import read
from pipelines.folding.tokens import Token, tokens

LANGUAGES: Final = ("kk", "ru", "en")
OUTLET: Final = "outlet"  # the kind of those who tell the news: what they are called is no part of it
_INFLECTED: Final = re.compile(r"[a-zЀ-ԯ'-]+")
_SOFT: Final = ("й*", "ь*")  # declined, such a name loses its last letter: Китай, в Китае
_SHORTEST_NAME: Final = 4  # letters of a source's name of one word: a shorter one is an abbreviation of many


@dataclass(frozen=True, slots=True)
class Concept:
    """One named thing. `within` is the key of the place it lies in, or empty."""

    kind: str  # the section of the table: "country", "topic" …
    key: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept where it stands: `start` and `stop` count tokens, `stop` not included."""

    concept: Concept
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    parts: tuple[tuple[str, bool], ...]  # a word, and whether it is the beginning of any
    upper: bool
    concept: Concept

    @property
    def rank(self) -> tuple[int, bool, int]:
        """More words first, then whole words, then longer beginnings."""
        return len(self.parts), not self.parts[0][1], sum(len(part) for part, _ in self.parts)


class Gazetteer:
    """Concepts by their words in each language.

    Args:
        tables: parsed TOML: section -> key -> [kk, ru, en] or [kk, ru, en, within].

    Raises:
        ValueError: a row has fewer than three columns; the message names it.
    """

    def __init__(self, tables: Iterable[Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self.concepts: dict[str, Concept] = {}
        self._whole: dict[str, dict[str, list[_Pattern]]] = {lang: {} for lang in LANGUAGES}
        self._begun: dict[str, dict[str, list[_Pattern]]] = {lang: {} for lang in LANGUAGES}
        for table in tables:
            for kind, rows in table.items():
                for key, row in rows.items():
                    if len(row) < len(LANGUAGES):
                        raise ValueError(
                            f"{kind}.{key}: a column for each of {', '.join(LANGUAGES)} is needed"
                        )
                    concept = Concept(kind, key, row[3] if len(row) > len(LANGUAGES) else "")
                    self.concepts[key] = concept
                    for lang, names in zip(LANGUAGES, row, strict=False):
                        for name in names.split(","):
                            self._add(name.strip(), lang, concept)
                            if lang == "ru" and name.endswith(_SOFT):
                                self._add(name.strip().removesuffix("*"), lang, concept)

    def _add(self, name: str, lang: str, concept: Concept) -> None:
        upper, name = name.startswith("^"), name.removeprefix("^")
        parts = tuple(
            (each.removesuffix("*"), True) if each.endswith("*") else (dictionary_form(each, lang), False)
            for each in name.split()
        )
        if not parts:
            return
        table = self._begun[lang] if parts[0][1] else self._whole[lang]
        table.setdefault(parts[0][0], []).append(_Pattern(parts, upper, concept))

    def add_names(self, key: str, kind: str, names: Iterable[tuple[str, str]]) -> None:
        """Add a thing by (language, name) pairs; one that the tables have under another key becomes that."""
        wanted = []
        concept = Concept(kind, key)
        for lang, name in names:
            parts = tuple(
                (dictionary_form(token.low, lang), False) for token in tokens(name) if token.is_word
            )
            if not parts or (len(parts) == 1 and len(parts[0][0]) < _SHORTEST_NAME):
                continue
            wanted.append((lang, parts))
            for known in self._candidates(parts[0][0], lang):
                if len(known.parts) == len(parts) and all(
                    _fits(part, word, word) for part, (word, _) in zip(known.parts, parts, strict=True)
                ):
                    concept = known.concept
        for lang, parts in wanted:
            self._whole[lang].setdefault(parts[0][0], []).append(
                _Pattern(parts, upper=False, concept=concept)
            )
        self._candidates.cache_clear()

    def find(self, text: Sequence[Token], lang: str) -> list[Found]:
        """Give the concepts of a text in order, the longest at each place; `lang` is one of `LANGUAGES`."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            match = self._at(text, at, lang)
            if match is not None:
                found.append(match)
            at = match.stop if match else at + 1
        return found

    def _at(self, text: Sequence[Token], at: int, lang: str) -> Found | None:
        token = text[at]
        for pattern in self._candidates(token.low, lang):
            stop = at + len(pattern.parts)
            if stop > len(text) or (pattern.upper and not token.upper):
                continue
            if all(
                _fits(part, word.low, dictionary_form(word.low, lang))
                for part, word in zip(pattern.parts[1:], text[at + 1 : stop], strict=True)
            ):
                return Found(pattern.concept, at, stop)
        return None

    @lru_cache(maxsize=65536)  # noqa: B019  (a gazetteer lives as long as the program)
    def _candidates(self, word: str, lang: str) -> tuple[_Pattern, ...]:
        whole, begun = self._whole[lang], self._begun[lang]
        patterns = list(whole.get(dictionary_form(word, lang), ()))
        for size in range(1, len(word) + 1):
            patterns += begun.get(word[:size], ())
        return tuple(sorted(patterns, key=lambda pattern: pattern.rank, reverse=True))


def _fits(part: tuple[str, bool], word: str, form: str) -> bool:
    return word.startswith(part[0]) if part[1] else form == part[0]


@lru_cache(maxsize=65536)
def dictionary_form(word: str, lang: str) -> str:
    """Give the form a word is looked up by: its lemma, and for English also without the plural's s."""
    if not _INFLECTED.fullmatch(word):
        return word  # pymorphy3 raises on letters that Unicode has no name for
    form = lemma(word, lang)
    if word.isascii() and len(form) > 3 and form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    return form


@lru_cache(maxsize=1)
def named_things() -> Gazetteer:
    """The gazetteer of places, people, bodies and topics, with the institutions of `data/sources/`."""
    topics = {"topic": {key: row for rows in read("topics.toml").values() for key, row in rows.items()}}
    table = Gazetteer([read("places.toml"), read("people.toml"), read("bodies.toml"), topics])
    for path in sorted(FOLDER.glob("*.toml")):
        for source in tomllib.loads(path.read_text(encoding="utf-8")).get("source", []):
            if source["kind"] in ("platform", "photo"):
                continue
            outlet = source["kind"] in OUTLET_KINDS
            names = [(lang, name) for lang, name in source["name"].items()]
            for lang, aliases in source.get("aliases", {}).items():
                for each in LANGUAGES if lang == "any" else (lang,):
                    names += [(each, alias) for alias in aliases]
            known = [(lang, fold_word(name)) for lang, name in names if lang in LANGUAGES]
            table.add_names(f"source:{source['key']}", OUTLET if outlet else "world", known)
    return table


@lru_cache(maxsize=1)
def counted_things() -> Gazetteer:
    """The gazetteer of units, number words, months and weekdays."""
    units = {kind: rows for kind, rows in read("units.toml").items() if kind != "exact"}
    return Gazetteer([units, read("calendar.toml")])
