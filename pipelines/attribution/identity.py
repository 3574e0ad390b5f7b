"""Who is who: one stable identity for all the ways an institution, an outlet or an agency is named.

The curated table is `data/sources/*.toml`. A name is compared by its words in dictionary form, without
the words of an office that speaks for it (press service, site, spokesperson), so that "Ақорданың баспасөз
қызметіне", "пресс-служба Акорды" and "akorda.kz" meet. A name the table does not know gets an identity
made of the same words: stable, and never that of another. A bare "Interior Ministry" is Kazakhstan's;
naming the country with it changes nothing, naming another country does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pipelines.attribution.morphology import lemma
from pipelines.attribution.prepared import fold_word

FOLDER = Path(__file__).parents[2] / "data" / "sources"
_T = TypeVar("_T")
OUTLET_KINDS = frozenset({"outlet", "agency"})

_WORD = re.compile(r"[\w.]+(?:['-]\w+)*")
_FIELD = re.compile(r"\{(\w+)\}")
_HOST_PREFIX = re.compile(r"^(?:https?://)?(?:www\.|m\.|amp\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One identity. `names` is how it is called in each language, in the nominative."""

    key: str
    kind: str  # "outlet", "agency", "institution", "company", "platform", "person", "photo"
    names: Mapping[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    wikidata: str | None = None


class Directory:
    """The table of identities, by every alias.

    Args:
        tables: parsed TOML tables, each with a list `source`, or with lists `family` and `place` (each
            family stands for one identity a place), and `home` where the country need not be named; and
            one with `office_words` and `home_words` by language.

    Raises:
        ValueError: two identities claim one alias or one host; the message names both.
    """

    def __init__(self, tables: Iterable[Mapping[str, object]]) -> None:
        self.sources: dict[str, Source] = {}
        self._by_host: dict[str, str] = {}
        self._by_alias: dict[tuple[str, ...], str] = {}
        self._exact: dict[str, str] = {}
        self._letters: dict[str, str] = {}
        self._office: dict[str, frozenset[str]] = {}
        self._home_words: dict[str, list[tuple[str, ...]]] = {}
        self._home: set[str] = set()
        entries: list[Mapping[str, object]] = []
        for table in tables:
            for lang, words in _mapping(table.get("office_words")).items():
                lemmas = {lemma(fold_word(word), lang) for word in _strings(words)}
                self._office[lang] = frozenset(lemmas | {fold_word(word) for word in _strings(words)})
            for lang, phrases in _mapping(table.get("home_words")).items():
                forms = [self._words(phrase, lang) for phrase in _strings(phrases)]
                self._home_words[lang] = sorted(forms, key=len, reverse=True)
            self._letters.update({key: str(value) for key, value in _mapping(table.get("letters")).items()})
            listed = [*_tables(table.get("source")), *_members(table)]
            if table.get("home"):
                self._home.update(str(entry["key"]) for entry in listed)
            entries += listed
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Mapping[str, object]) -> None:
        key = str(entry["key"])
        if key in self.sources:
            raise ValueError(f"data/sources: the key {key!r} stands twice")
        names = {lang: str(name) for lang, name in _mapping(entry.get("name")).items()}
        hosts = tuple(_strings(entry.get("hosts")))
        wikidata = entry.get("wikidata")
        self.sources[key] = Source(key, str(entry["kind"]), names, hosts, str(wikidata) if wikidata else None)
        for host in hosts:
            _claim(self._by_host, host, key)
        aliases = list(names.items())
        for lang, listed in _mapping(entry.get("aliases")).items():
            aliases += [(lang, alias) for alias in _strings(listed)]
        for lang, alias in aliases:
            _claim(self._exact, " ".join(_WORD.findall(fold_word(alias))), key)
            for each in ("kk", "ru", "en") if lang == "any" else (lang,):
                words = self._words(alias, each)
                if words:
                    _claim(self._by_alias, words, key)

    def _words(self, name: str, lang: str) -> tuple[str, ...]:
        """The words a name is compared by: folded, in dictionary form, without office words."""
        plain = [word.strip(".") for word in _WORD.findall(fold_word(name))]
        words = [word if "." in word else lemma(word, lang) for word in plain]
        office = self._office.get(lang, frozenset())
        return tuple(word for word in words if word not in office) or tuple(words)

    def by_host(self, host: str) -> Source | None:
        """The identity that owns a host (or the domain above it)."""
        host = _HOST_PREFIX.sub("", host.strip().lower()).split("/")[0]
        while "." in host:
            key = self._by_host.get(host)
            if key:
                return self.sources[key]
            host = host.partition(".")[2]
        return None

    @lru_cache(maxsize=65536)  # noqa: B019  (a directory lives as long as the program)
    def known(self, name: str, lang: str) -> Source | None:
        """The curated identity of a name as written, in any of its cases; None where the table has none."""
        folded, words = fold_word(name), self._words(name, lang)
        host = words[0] if len(words) == 1 else folded  # "the site zakon.kz" leaves one word, the host
        if "." in host and " " not in host and (source := self.by_host(host)):
            return source
        key = self._exact.get(" ".join(_WORD.findall(folded)))
        key = key or self._by_alias.get(words) or self._at_home(words, lang)
        return self.sources[key] if key else None

    def _at_home(self, words: tuple[str, ...], lang: str) -> str | None:
        """The key of a name that is Kazakhstan's own with and without the country's name in it."""
        for phrase in self._home_words.get(lang, ()):
            for at in range(len(words) - len(phrase) + 1):
                if words[at : at + len(phrase)] == phrase:
                    key = self._by_alias.get(words[:at] + words[at + len(phrase) :])
                    return key if key in self._home else None
        return None

    def key(self, name: str, lang: str) -> str:
        """The stable identity of any name: curated where known, else made of its words."""
        source = self.known(name, lang)
        if source:
            return source.key
        folded = _HOST_PREFIX.sub("", fold_word(name)).strip("/")
        if "." in folded and " " not in folded:
            return folded
        words = self._words(name, lang)
        if len(words) == 1 and "." in words[0]:
            return words[0]
        slug = "-".join("".join(self._letters.get(char, char) for char in word) for word in words)
        return slug or folded


def _claim(table: dict[_T, str], alias: _T, key: str) -> None:
    holder = table.setdefault(alias, key)
    if holder != key:
        raise ValueError(f"data/sources: {alias!r} is claimed by {holder!r} and {key!r}")


def _members(table: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The entries a table spells once for many places: those `families` of a place, or all of the table's."""
    for place in _tables(table.get("place")):
        forms = {name: _strings(listed) for name, listed in _mapping(place.get("forms")).items()}
        hosts = _mapping(place.get("hosts"))
        for family in _tables(table.get("family")):
            if "families" in place and family["key"] not in _strings(place["families"]):
                continue
            names = {lang: _fill(str(text), forms)[0] for lang, text in _mapping(family.get("name")).items()}
            aliases = {
                lang: [alias for pattern in _strings(patterns) for alias in _fill(pattern, forms)]
                for lang, patterns in _mapping(family.get("aliases")).items()
            }
            yield {
                "key": f"{family['key']}-{place['key']}",
                "kind": family["kind"],
                "name": names,
                "hosts": hosts.get(str(family["key"]), []),
                "aliases": aliases,
            }


def _fill(pattern: str, forms: Mapping[str, list[str]]) -> list[str]:
    """A pattern such as "{adjective} police" with each form a place has of the field it names."""
    field_name = _FIELD.findall(pattern)[0]
    return [pattern.replace(f"{{{field_name}}}", form) for form in forms[field_name]]


def _tables(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


@lru_cache(maxsize=1)
def directory() -> Directory:
    """The directory of `data/sources/`, read once."""
    return Directory(
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    )
