"""What a page says of itself in JSON-LD (schema.org), broken or not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, TypeAlias

from lxml.html import HtmlElement

from spiders.extract.dom import fold, squash
from spiders.extract.mojibake import repair_text

MAX_SCRIPT: Final = 2_000_000  # characters of one script
_MAX_NODES: Final = 20_000  # of one page
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Posting)$")
_ASIDE: Final = frozenset({
    "itemListElement", "comment", "review", "hasPart", "mentions", "citation", "isBasedOn", "relatedLink",
    "significantLink", "isRelatedTo", "suggestedAnswer", "liveBlogUpdate",
})  # fmt: skip
_DECODER: Final = json.JSONDecoder(strict=False)  # line breaks stand in strings
_FENCE = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|"
    r"(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRONG_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*)>")
_LINE_TAG = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An `ImageObject`, or the bare address of one."""

    url: str
    caption: str = ""
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The facts of the page's article; texts are plain and in one line, dates as written."""

    headline: str = ""
    description: str = ""
    body: tuple[str, ...] = ()  # paragraphs of `articleBody`
    authors: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    lang: str = ""
    images: tuple[Picture, ...] = ()
    views: int | None = None
    url: str = ""
    crumbs: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()  # scripts that could not be read, and why


def read_jsonld(root: HtmlElement, *, url: str) -> Linked:
    """Read every JSON-LD script of the page and give the facts of its article.

    Of several articles the one that names `url` as its own page is taken, else the first with a headline. A
    broken script is repaired simply (trailing commas, stray escapes, fences, escaped markup) or skipped and
    named in `faults`. Never raises.
    """
    nodes: list[dict[str, Any]] = []
    faults: list[str] = []
    for element in root.iter("script"):
        if "ld+json" not in element.get("type", "").lower():
            continue
        try:
            documents = _load(element.text or "")
        except RecursionError:
            faults.append("JSON-LD nested too deep")
        except ValueError as error:
            faults.append(f"broken JSON-LD: {str(error)[:120]}")
        else:
            nodes.extend(_objects(documents, _MAX_NODES - len(nodes)))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return _facts(_Graph([(_types(node), node) for node in nodes], known), url, tuple(faults))


def _load(text: str) -> list[Any]:
    """Every document of a script (some sites write several). Raises ValueError or RecursionError."""
    if len(text) > MAX_SCRIPT:
        raise ValueError(f"{len(text)} characters")
    text = _FENCE.sub("", text.strip("\ufeff \t\r\n")).strip().rstrip(";")
    if not text:
        return []
    try:
        return [_DECODER.decode(text)]
    except ValueError as error:
        first = error
    repaired = _TRAILING_COMMA.sub(r"\1", _WRONG_ESCAPE.sub(r"\\\\", text))
    if "&quot;" in repaired[:200]:
        repaired = unescape(repaired)
    found, at = list[Any](), 0
    while at < len(repaired):
        try:
            value, at = _DECODER.raw_decode(repaired, at)
        except ValueError:
            if found:
                return found
            raise first from None
        found.append(value)
        while at < len(repaired) and repaired[at] in " \t\r\n,;":
            at += 1
    return found


def _objects(documents: list[Any], limit: int) -> Iterator[dict[str, Any]]:
    """Every object, outer before inner, but for those that belong to other articles."""
    queue: list[Any] = list(reversed(documents))
    while queue and limit > 0:
        value = queue.pop()
        if isinstance(value, list):
            queue.extend(reversed(value))
        elif isinstance(value, dict):
            limit -= 1
            yield value
            inner = [
                item for key, item in value.items() if key not in _ASIDE and isinstance(item, dict | list)
            ]
            queue.extend(reversed(inner))


def plain(value: Any) -> str:
    """A string of JSON-LD as plain text in one line: entities resolved (twice, as some are), tags dropped."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if not isinstance(value, str):
        return ""
    text = unescape(unescape(value)) if "&" in value else value
    return repair_text(fold(_TAG.sub(" ", text) if "<" in text else text))


def _paragraphs(value: Any) -> tuple[str, ...]:
    if not isinstance(value, str):
        return ()
    text = unescape(unescape(value)) if "&" in value else value
    lines = _TAG.sub("", _LINE_TAG.sub("\n", text)).splitlines()
    return tuple(repair_text(line) for line in map(fold, lines) if line)


def _types(node: Json) -> tuple[str, ...]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return tuple(kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str))


@dataclass(frozen=True, slots=True)
class _Graph:
    """The objects of a page, and those among them that others name by their `@id`."""

    nodes: list[tuple[tuple[str, ...], dict[str, Any]]]  # each with its types
    known: Mapping[str, dict[str, Any]]

    def of_type(self, name: str) -> Iterator[dict[str, Any]]:
        return (node for types, node in self.nodes if name in types)

    def articles(self) -> list[dict[str, Any]]:
        return [node for types, node in self.nodes if any(map(_ARTICLE.search, types))]

    def follow(self, value: Any) -> list[Any]:
        """The values of a property: a list in any case, references resolved."""
        values = value if isinstance(value, list) else [value]
        found = []
        for item in values:
            if isinstance(item, dict) and isinstance(item.get("@id"), str) and "name" not in item:
                found.append(self.known.get(item["@id"], item))
            elif item is not None:
                found.append(item)
        return found

    def names(self, value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for item in self.follow(value) if (name := plain(item))))


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("contentUrl") or value.get("url") or value.get("@id")
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return value.strip() if isinstance(value, str) else ""


def _article(graph: _Graph, url: str) -> dict[str, Any]:
    found = graph.articles()
    own = squash(url.split("#")[0].split("?")[0].split("://")[-1].removeprefix("www."))
    for node in found:
        for key in ("url", "mainEntityOfPage", "@id"):
            named = _address(node.get(key)).split("#")[0].split("?")[0].split("://")[-1].removeprefix("www.")
            if named and squash(named) == own:
                return node
    return next((node for node in found if plain(node.get("headline"))), found[0] if found else {})


def _facts(graph: _Graph, url: str, faults: tuple[str, ...]) -> Linked:
    node = _article(graph, url)
    page = next(graph.of_type("WebPage"), {})

    def first(key: str) -> str:
        return plain(node.get(key)) or plain(page.get(key))

    return Linked(
        headline=plain(node.get("headline")) or plain(node.get("name")),
        description=first("description"),
        body=_paragraphs(node.get("articleBody")),
        authors=graph.names(node.get("author")) or graph.names(node.get("creator")),
        publisher=next(iter(graph.names(node.get("publisher"))), "")
        or next((plain(site.get("name")) for site in graph.of_type("WebSite")), ""),
        section=next(iter(graph.names(node.get("articleSection"))), ""),
        tags=_keywords(graph, node.get("keywords")),
        published=first("datePublished") or plain(node.get("dateCreated")),
        modified=first("dateModified"),
        lang=first("inLanguage"),
        images=_pictures(graph, node.get("image")) or _pictures(graph, node.get("thumbnailUrl")),
        views=_views(graph, node),
        url=_address(node.get("url")) or _address(node.get("mainEntityOfPage")),
        crumbs=_crumbs(graph),
        faults=faults,
    )


def _keywords(graph: _Graph, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(word for word in map(fold, plain(value).split(",")) if word)
    return graph.names(value) if value else ()


def _pictures(graph: _Graph, value: Any) -> tuple[Picture, ...]:
    found = []
    for item in graph.follow(value)[:20]:
        address = _address(item)
        if not address:
            continue
        caption, credit = "", None
        if isinstance(item, dict):
            caption = plain(item.get("caption"))
            names = (plain(item.get(key)) for key in ("creditText", "copyrightHolder", "creator", "author"))
            credit = next((name for name in names if name), None)
        found.append(Picture(url=address, caption=caption, credit=credit))
    return tuple(found)


def _views(graph: _Graph, node: Json) -> int | None:
    """The count of the counter whose kind is to read, view or watch."""
    for counter in graph.follow(node.get("interactionStatistic")):
        if not isinstance(counter, dict):
            continue
        kind = counter.get("interactionType")
        named = " ".join(_types(kind)) if isinstance(kind, dict) else str(kind)
        count = str(counter.get("userInteractionCount", ""))
        if re.search(r"(?:Read|View|Watch)Action", named) and count.isascii() and count.isdigit():
            return int(count[:15])
    return None


def _crumbs(graph: _Graph) -> tuple[str, ...]:
    for trail in graph.of_type("BreadcrumbList"):
        items = trail.get("itemListElement")
        held = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        names = (plain(item.get("name")) or plain(item.get("item")) for item in held)
        return tuple(name for name in names if name)
    return ()
