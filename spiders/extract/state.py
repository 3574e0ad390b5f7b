"""An article that a page carries only as the state of its program (`__NEXT_DATA__`, `__INITIAL_STATE__`).

Read only where a page shows no text of its own. The object that bears the page's headline is the article; its
longest text is the body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from spiders.extract.dom import class_words, fold, squash
from spiders.extract.fields import join_authors
from spiders.extract.jsonld import plain
from spiders.extract.tables import words

_MAX_SCRIPT: Final = 4_000_000  # characters
_MAX_NODES: Final = 50_000
_SHORTEST: Final = 140  # letters of a body
_PROSE: Final = 40  # characters of a string that may be a paragraph
_ASSIGNED = re.compile(r"=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"])")
_ASSIGNMENTS: Final = 20  # of one script
_FOREIGN: Final = frozenset(words("noise", "classes", "certain")) | frozenset(
    words("noise", "classes", "likely")
)
_AUTHOR: Final = frozenset(words("labels", "places", "author"))
_LEAD: Final = frozenset(words("labels", "places", "lead"))
_DATES: Final = ("published", "publish", "pub", "publication", "date", "created")


@dataclass(frozen=True, slots=True)
class State:
    """What the state of a page says of its article: texts may be HTML, the date is as written."""

    body: tuple[str, ...] = ()
    author: str = ""
    published: str = ""


def read_state(root: HtmlElement, title: str) -> State:
    """Find the object whose headline is `title` among the scripts of a page. Never raises."""
    wanted = squash(title)
    best, size = State(), _SHORTEST - 1
    if not wanted:
        return best
    for document in _documents(root):
        for node in _objects(document):
            if not any(isinstance(value, str) and squash(value[:1_000]) == wanted for value in node.values()):
                continue
            body = _longest(node)
            letters = sum(map(len, body))
            if letters > size:
                best, size = State(body, _author(node), _published(node)), letters
    return best


def _documents(root: HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        text = script.text or ""
        if not _SHORTEST <= len(text) <= _MAX_SCRIPT or "ld+json" in script.get("type", ""):
            continue
        starts = [0] if text.lstrip()[:1] in {"{", "["} else []
        for match in _ASSIGNED.finditer(text):
            if len(starts) == _ASSIGNMENTS:
                break
            if not starts or match.end() > starts[-1]:
                starts.append(match.end())
        yield from _decoded(text, starts)


def _decoded(text: str, starts: list[int]) -> Iterator[Any]:
    """The JSON values that begin at the starts; what stands inside one already read is not read again."""
    decoder, read_to = json.JSONDecoder(strict=False), -1
    for start in starts:
        if start < read_to:
            continue
        try:
            at = start + len(text[start : start + 100]) - len(text[start : start + 100].lstrip())
            value, read_to = decoder.raw_decode(text, at)
            if isinstance(value, str):
                value = json.loads(value, strict=False) if value[:1] in {"{", "["} else None
        except (ValueError, RecursionError):
            continue
        yield value


def _objects(document: Any) -> Iterator[dict[str, Any]]:
    queue, left = [document], _MAX_NODES
    while queue and left:
        value = queue.pop()
        left -= 1
        if isinstance(value, dict):
            yield value
            queue.extend(reversed([item for item in value.values() if isinstance(item, dict | list)]))
        elif isinstance(value, list):
            queue.extend(reversed([item for item in value if isinstance(item, dict | list)]))


def _longest(node: dict[str, Any]) -> tuple[str, ...]:
    """The texts of the property that holds the most, after what its lead says."""
    found: tuple[str, ...] = ()
    for key, value in node.items():
        texts = tuple(_texts(value)) if not class_words(key) & _FOREIGN else ()
        if sum(map(len, texts)) > sum(map(len, found)):
            found = texts
    body = squash(" ".join(found))
    leads = [value for key, value in node.items() if class_words(key) & _LEAD and isinstance(value, str)]
    return (*(lead for lead in leads[:1] if len(lead) >= _PROSE and squash(plain(lead)) not in body), *found)


def _texts(value: Any) -> Iterator[str]:
    """The strings of a property that read like prose, in order."""
    queue, left = [value], _MAX_NODES
    while queue and left:
        item = queue.pop()
        left -= 1
        if isinstance(item, str):
            if len(item) >= _PROSE and item.count(" ") >= 4 and not item.lstrip().startswith(("{", "[{")):
                yield item
        elif isinstance(item, dict):
            queue.extend(reversed([v for k, v in item.items() if not class_words(k) & _FOREIGN]))
        elif isinstance(item, list):
            queue.extend(reversed(item))


def _author(node: dict[str, Any]) -> str:
    for key, value in node.items():
        if class_words(key) & _AUTHOR:
            held = value if isinstance(value, list) else [value]
            if name := join_authors(plain(item) for item in held[:10]):
                return name
    return ""


def _published(node: dict[str, Any]) -> str:
    for word in _DATES:
        for key, value in node.items():
            if word in class_words(key) and isinstance(value, str | int) and len(str(value)) >= 8:
                return fold(str(value))[:100]
    return ""
