"""`jarshy.toml`: what a person may choose, checked word by word. It needs the standard library alone.

What holds, the later over the earlier: the default, the file, the environment, an option of the command line.
The file is the one that $JARSHY_CONFIG names, else `jarshy.toml` in the working folder, else the one beside
the program. Paths in it are taken from its own folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feeds.config_keys import KEYS, LANGUAGES, SEARCH_KEYS, Key, Kind

FILE = "jarshy.toml"
MAX_SIZE = 1 << 18  # bytes; nobody writes so much by hand
MAX_SEARCHES = 100
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class ConfigError(ValueError):
    """What is wrong with the file or the environment: where it is, which key, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that holds, and its origin: "default", "environment: JARSHY_DB", "jarshy.toml, line 3"."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All values by the name of their key ("feeds.base_url"), and the searches as checked tables."""

    file: Path | None
    values: Mapping[str, Value]
    searches: tuple[Mapping[str, Any], ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)  # of the searches, by name

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    def export(self, environ: MutableMapping[str, str]) -> None:
        """Put what the file says where the rest of the house looks for it: into the environment.

        What is there already is left alone: it holds over the file.
        """
        for key in KEYS:
            held = self.values[key.name]
            if key.env and held.origin != "default" and not environ.get(key.env):
                environ[key.env] = _as_text(held.value)


def find(environ: Mapping[str, str], home: Path) -> Path | None:
    """Give the file that holds, or None where there is none.

    Raises:
        ConfigError: $JARSHY_CONFIG names a file that is not there.
    """
    named = environ.get("JARSHY_CONFIG")
    if named:
        if not Path(named).is_file():
            raise ConfigError(f"JARSHY_CONFIG: there is no file {named}")
        return Path(named)
    return next((path for path in (Path(FILE), home / FILE) if path.is_file()), None)


def load(path: Path | None, environ: Mapping[str, str]) -> Config:
    """Read and check the file, if there is one, and the environment.

    Raises:
        ConfigError: something in it is wrong; the message says where, and what was expected.
    """
    text = _text(path) if path else ""
    name = path.name if path else FILE
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    where = _Where(name, text)
    _no_others(held, where)
    values = {key.name: _value(key, held, environ, where, path) for key in KEYS}
    searches = _searches(held.get("search", []), where)
    lines = {each["name"]: where.line(("search", at)) for at, each in enumerate(searches)}
    return Config(file=path, values=values, searches=searches, lines=lines)


class _Where:
    """Tells on which line a key stands: where the shortest beginning that parses and has it goes on."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines = text.splitlines()

    def line(self, path: Sequence[str | int]) -> int:
        begins = 1
        for count in range(1, len(self._lines) + 1):
            try:
                held: Any = tomllib.loads("\n".join(self._lines[:count]))
            except tomllib.TOMLDecodeError:
                continue  # inside of a value of several lines
            if _has(held, path):
                return begins
            begins = count + 1
        return begins

    def error(self, path: Sequence[str | int], why: str) -> ConfigError:
        key = ".".join(str(part) for part in path if isinstance(part, str))
        return ConfigError(f"{self.name}, line {self.line(path)}: {key}: {why}")


def _has(held: Any, path: Sequence[str | int]) -> bool:
    for part in path:
        if isinstance(part, int):
            if not isinstance(held, list) or len(held) <= part:
                return False
        elif not isinstance(held, dict) or part not in held:
            return False
        held = held[part]
    return True


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    if len(data) > MAX_SIZE:
        raise ConfigError(f"{path}: {len(data)} bytes; expected at most {MAX_SIZE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: byte {error.start}") from error


def _no_others(held: Mapping[str, Any], where: _Where) -> None:
    """Refuse sections and keys that there are not, with the likeliest that is meant."""
    sections: dict[str, list[str]] = {"search": []}
    for key in KEYS:
        sections.setdefault(key.section, []).append(key.key)
    for section, table in held.items():
        if section not in sections:
            known = [f"[{each}]" for each in sections]
            raise where.error(
                [section],
                f"there is no such section{_meant(section, sections)}; there are "
                f"{', '.join(known[1:])} and [[search]]",
            )
        if section == "search":
            continue
        if not isinstance(table, dict):
            raise where.error([section], f"expected a section: write [{section}] on a line of its own")
        for key in table:
            if key not in sections[section]:
                raise where.error([section, key], f"there is no such key{_meant(key, sections[section])}")


def _value(
    key: Key, held: Mapping[str, Any], environ: Mapping[str, str], where: _Where, path: Path | None
) -> Value:
    said = environ.get(key.env, "").strip() if key.env else ""
    if said:
        try:
            return Value(value=checked(key, _from_text(key, said)), origin=f"environment: {key.env}")
        except ValueError as error:
            raise ConfigError(f"{key.env} (in the environment): {error}") from error
    if key.key not in held.get(key.section, {}):
        return Value(value=key.default, origin="default")
    place = [key.section, key.key]
    try:
        value = checked(key, held[key.section][key.key])
    except ValueError as error:
        raise where.error(place, str(error)) from error
    if key.kind is Kind.PATH and path is not None:
        value = str(path.resolve().parent / value)
    return Value(value=value, origin=f"{where.name}, line {where.line(place)}")


def _searches(held: Any, where: _Where) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(held, list) or not all(isinstance(each, dict) for each in held):
        raise where.error(["search"], "expected a list of tables: write [[search]], with two brackets")
    if len(held) > MAX_SEARCHES:
        raise where.error(["search"], f"{len(held)} searches; expected at most {MAX_SEARCHES}")
    found: list[dict[str, Any]] = []
    known = {key.key: key for key in SEARCH_KEYS}
    for at, table in enumerate(held):
        for key in table:
            if key not in known:
                raise where.error(["search", at, key], f"there is no such key{_meant(key, list(known))}")
        read: dict[str, Any] = {}
        for key in SEARCH_KEYS:
            if key.key not in table:
                read[key.key] = key.default
                continue
            try:
                read[key.key] = checked(key, table[key.key])
            except ValueError as error:
                raise where.error(["search", at, key.key], str(error)) from error
        if not read["name"]:
            raise where.error(["search", at], 'it has no name; expected name = "…"')
        if not any(read[key] for key in ("words", "outlets", "sources", "languages", "topics", "first_hand")):
            raise where.error(
                ["search", at],
                "it asks for nothing; expected words, outlets, sources, languages, topics or first_hand",
            )
        if read["name"].casefold() in {each["name"].casefold() for each in found}:
            raise where.error(["search", at, "name"], f"a second search is called {read['name']!r}")
        found.append(read)
    return tuple(found)


def checked(key: Key, value: Any) -> Any:
    """Give a value as the rest of the house takes it.

    Raises:
        ValueError: it is none of its kind; the message says what was expected.
    """
    wrong = ValueError(f"{_shown(value)}; expected {key.expected}")
    if key.kind is Kind.FLAG:
        if not isinstance(value, bool):
            raise wrong
        return value
    if key.kind is Kind.COUNT:
        if isinstance(value, bool) or not isinstance(value, int) or value not in key.within:
            raise wrong
        return value
    if key.kind in (Kind.TEXTS, Kind.NAMES):
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise wrong
        if len(value) > 50 or any(len(each) > 200 for each in value):
            raise ValueError(f"{len(value)} values; expected at most 50, each of 200 characters at most")
        texts = tuple(dict.fromkeys(each.strip() for each in value))
        for each in texts if key.kind is Kind.NAMES and key.choices else ():
            if each not in key.choices:
                raise ValueError(f"{each!r}{_meant(each, key.choices)}; expected {key.expected}")
        if not texts and key.needed:
            raise wrong
        return texts
    if not isinstance(value, str) or len(value) > 2_000 or any(ord(char) < 32 for char in value):
        raise wrong
    text = value.strip()
    if key.kind is Kind.URL and text and not _address(text):
        raise wrong
    if key.choices and text not in key.choices:
        raise ValueError(f"{text!r}{_meant(text, key.choices)}; expected {key.expected}")
    if key.needed and not text:
        raise wrong
    return text


def _address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:  # brackets that are no IPv6 address
        return False


def _from_text(key: Key, text: str) -> Any:
    if key.kind is Kind.FLAG:
        low = text.lower()
        return True if low in _TRUE else False if low in _FALSE else text
    if key.kind is Kind.COUNT:
        return int(text) if text.isascii() and text.isdigit() else text
    if key.kind in (Kind.TEXTS, Kind.NAMES):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _meant(name: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    close = get_close_matches(name, list(known), 1)
    return f" (is {close[0]!r} meant?)" if close else ""


__all__ = ["FILE", "LANGUAGES", "Config", "ConfigError", "Value", "checked", "find", "load"]
