"""Topics: an outlet's own sections and tags, folded to a small set that is the same for all. Pure.

What an outlet files an article under is evidence; what its text is about would be a guess. An article without
a label that means a topic has none.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from items import Article

_DATA: Final = Path(__file__).with_name("topics.toml")
_WORDS: Final = ("kk", "ru", "en", "uz", "az")
_LONGEST: Final = 120  # characters of a label; a longer one is a sentence that lost its way
_MOST: Final = 40  # labels of an article; a page that lists every tag of its site says nothing with them
_BREAK: Final = re.compile(r"[\W_]+")
# A Kazakh letter and the one it is typed as: labels are written both ways, in one outlet.
_TYPED: Final = str.maketrans("әғқңөұүһіёıʻʼ’`", "агкноуухиеi''''")
_APART: Final = re.compile(r"'")
_ANY_END: Final = r"\w*"


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def topics() -> tuple[str, ...]:
    """Give the names of all topics, in the order they are shown."""
    return tuple(_tables())


def title_of(topic: str, lang: str) -> str:
    """Give what a topic is called in a language (a primary subtag), in English where it has no name there.

    Raises:
        KeyError: There is no such topic.
    """
    names: Mapping[str, str] = _tables()[topic]["names"]
    return names.get(lang, names["en"])


@cache
def fingerprint() -> str:
    """Give what tells one state of the topics' words from another: what was derived of them is then stale."""
    return hashlib.sha256(_DATA.read_bytes()).hexdigest()


@lru_cache(maxsize=65536)
def topics_of_label(label: str) -> frozenset[str]:
    """Give the topics that a section or a tag means; none, for most."""
    plain = _plain(label[:_LONGEST])
    return frozenset(name for name, pattern in _patterns() if pattern.search(plain))


def topics_of(article: Article) -> tuple[str, ...]:
    """Give the topics that an article is filed under, in the order they are shown."""
    return topics_of_labels(labels(article.section, article.tags, article.canonical_url))


def topics_of_labels(given: Iterable[str]) -> tuple[str, ...]:
    """Give the topics that some labels mean, in the order they are shown."""
    found = {topic for label in given for topic in topics_of_label(label)}
    return tuple(topic for topic in topics() if topic in found)


def labels(section: str | None, tags: Iterable[str], url: str) -> tuple[str, ...]:
    """Give what an outlet files an article under: its section, its tags, the folders of its address."""
    given = [section or "", *islice(tags, _MOST), *folders(url)]
    return tuple(dict.fromkeys(label for label in given if label.strip()))


def folders(url: str) -> tuple[str, ...]:
    """Give the folders of an address, without the page itself: "/sport/football/123-…" has two."""
    try:
        path = urlsplit(url).path
    except ValueError:  # brackets that are no IPv6 address
        return ()
    return tuple(unquote(part) for part in path.split("/")[1:-1] if part and not part.isdigit())[:8]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _pattern(table)) for name, table in _tables().items())


def _pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    meant: Iterable[str] = (word for key in (*_WORDS, "slug") for word in table.get(key, ()))
    forms = {re.escape(_plain(word)) + (_ANY_END if word.endswith("*") else "") for word in meant}
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(forms))})(?!\S)")


def _plain(text: str) -> str:
    # İ folds to an i and a dot of its own, which no other spelling has.
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u0307", "").translate(_TYPED)
    return " ".join(_BREAK.sub(" ", _APART.sub("", folded)).split())
