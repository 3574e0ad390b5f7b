"""Find named things in a text by tables of their Kazakh, Russian and English words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, NamedTuple

from pipelines.attribution.identity import FOLDER, OUTLET_KINDS
from pipelines.attribution.morphology import lemma
from pipelines.attribution.prepared import fold_word
from pipelines.folding.remembered import Remembered
from pipelines.folding.tables import read
from pipelines.folding.tokens import Token, tokens

LANGUAGES: Final = ("kk", "ru", "en")
OUTLET: Final = "outlet"  # the kind of those who tell the news: what they are called is no part of it
_INFLECTED: Final = re.compile(r"[a-zЀ-ԯ'-]+")
_SOFT: Final = ("й*", "ь*")  # declined, such a name loses its last letter: Китай, в Китае
_HEAD: Final = 2  # letters that any beginning has at least
_SHORTEST_NAME: Final = 4  # letters of a source's name of one word: a shorter one is an abbreviation of many


@dataclass(frozen=True, slots=True)
class Concept:
    """One named thing. `within` is the key of the place it lies in, or empty."""

    kind: str  # the section of the table: "country", "topic" …
    key: str
    within: str = ""


class Found(NamedTuple):
    """A concept where it stands: `start` and `stop` count tokens, `stop` not included."""

    concept: Concept
    start: int
    stop: int


class _Pattern(NamedTuple):
    parts: tuple[tuple[str, bool], ...]  # a word, and whether it is the beginning of any
    upper: bool
    concept: Concept

    @property
    def rank(self) -> tuple[int, bool, int]:
        """More words first, then whole words, then longer beginnings."""
        return len(self.parts), not self.parts[0][1], sum(len(part) for part, _ in self.parts)


Known = tuple[str, tuple[_Pattern, ...]]
"""A word's dictionary form, and what may begin with it."""


class Gazetteer:
    """Concepts by their words in each language.

    Args:
        tables: parsed TOML: section -> key -> [kk, ru, en] or [kk, ru, en, within].

    Raises:
        ValueError: a row has fewer than three columns, or a beginning fewer than two letters; the message
            names it.
    """

    def __init__(self, tables: Iterable[Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self.concepts: dict[str, Concept] = {}
        self._whole: dict[str, dict[str, list[_Pattern]]] = {lang: {} for lang in LANGUAGES}
        self._begun: dict[str, dict[str, list[_Pattern]]] = {lang: {} for lang in LANGUAGES}
        self._known = {lang: Remembered(partial(self.look_up, lang=lang)) for lang in LANGUAGES}
        # How long the beginnings are that begin with these letters: most words begin with none.
        self._sizes: dict[str, dict[str, set[int]]] = {lang: {} for lang in LANGUAGES}
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
        first, begun = parts[0]
        if begun:
            if len(first) < _HEAD:
                raise ValueError(f"{concept.kind}.{concept.key}: {first}* is too short to begin a name")
            self._sizes[lang].setdefault(first[:_HEAD], set()).add(len(first))
        table = self._begun[lang] if begun else self._whole[lang]
        table.setdefault(first, []).append(_Pattern(parts, upper, concept))

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
            for known in self.look_up(parts[0][0], lang)[1]:
                if len(known.parts) == len(parts) and all(
                    word.startswith(part) if begun else word == part
                    for (part, begun), (word, _) in zip(known.parts, parts, strict=True)
                ):
                    concept = known.concept
        for lang, parts in wanted:
            self._whole[lang].setdefault(parts[0][0], []).append(
                _Pattern(parts, upper=False, concept=concept)
            )
        for known_words in self._known.values():
            known_words.clear()

    def find(self, text: Sequence[Token], lang: str) -> list[Found]:
        """Give the concepts of a text in order, the longest at each place; `lang` is one of `LANGUAGES`."""
        looked_up = self._known[lang]
        return matches(text, [looked_up[token.low] for token in text])

    def look_up(self, word: str, lang: str) -> Known:
        """Give a word's dictionary form and what may begin with it, the likeliest first."""
        form = dictionary_form(word, lang)
        patterns = list(self._whole[lang].get(form, ()))
        for size in self._sizes[lang].get(word[:_HEAD], ()):
            patterns += self._begun[lang].get(word[:size], ())
        if len(patterns) > 1:
            patterns.sort(key=lambda pattern: pattern.rank, reverse=True)
        return form, tuple(patterns)


def matches(text: Sequence[Token], words: Sequence[Known]) -> list[Found]:
    """Give the concepts of a text in order, the longest at each place, by what was looked up of its words."""
    found: list[Found] = []
    behind = 0  # whatever was found last
    for at, (_, patterns) in enumerate(words):
        if not patterns or at < behind:
            continue
        low, form = (text[at + 1].low, words[at + 1][0]) if at + 1 < len(text) else ("", "")
        for parts, upper, concept in patterns:
            if upper and not text[at].upper:
                continue
            if len(parts) > 1:
                # Most fail by the second word: hundreds of names begin with "the".
                second, begun = parts[1]
                if not (low.startswith(second) if begun else form == second):
                    continue
                stop = at + len(parts)
                if len(parts) > 2 and not _follow(parts[2:], text[at + 2 : stop], words[at + 2 : stop]):
                    continue
            behind = at + len(parts)
            found.append(Found(concept, at, behind))
            break
    return found


def _follow(rest: Sequence[tuple[str, bool]], text: Sequence[Token], words: Sequence[Known]) -> bool:
    """Whether a text goes on with the rest of a pattern."""
    if len(text) < len(rest):
        return False
    for (part, begun), token, (form, _) in zip(rest, text, words, strict=False):
        if not (token.low.startswith(part) if begun else form == part):
            return False
    return True


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
