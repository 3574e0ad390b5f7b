"""The page as a tree: parsed once by lxml, within bounds that no page can break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, cast

from cssselect import HTMLTranslator
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from spiders.extract import deep

MAX_CHARACTERS: Final = 8_000_000
"""A longer page is cut here: the largest article pages known weigh a tenth of it."""

MAX_TAGS: Final = 120_000
"""Tags, opening and closing; the rest of the page is cut: the largest live blogs known have a quarter."""

SILENT: Final = frozenset({"script", "style", "noscript", "template", "head", "svg", "textarea", "select"})
"""Elements whose text no reader sees."""

_UNREAD: Final = frozenset({"script", "style", "template", "rt", "rp"})

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that stand on lines of their own."""

_ATTRIBUTES = 100  # of one element; libxml2 compares each with every other
_BARE_ATTRIBUTES = 2_000  # words in one start tag: those without values cannot be told from words of a value
_ATTRIBUTE = re.compile(r"\s[A-Za-z_:][\w:.-]*=")
_LONG = 2_000  # characters of one start tag, before its attributes are counted
_LONG_TAG = re.compile(rf"<([A-Za-z][\w:-]{{0,40}})([^<>]{{{_LONG},}})(?:>|$)")
_CONTROLS: Final = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})  # single bytes in UTF-8 too
_NONCHARACTERS: Final = ("\ufffe", "\uffff")
_HAS_CLASS = re.compile(r"@class and contains\(concat\(' ', normalize-space\(@class\), ' '\), ' ([^' ]+) '\)")
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W_]+")
_CLASS_WORD = re.compile(r"[A-Z]?[a-zа-яё]+|[A-Z]+(?![a-z])")
_ALL_ALIKE: Final = etree.ElementDefaultClassLookup(element=HtmlElement)  # lxml.html asks Python for each
_BROKEN_OFF: Final = etree.ErrorTypes.ERR_RESOURCE_LIMIT  # by libxml2's bounds on depth and length
_SHORT: Final = 200  # characters of a text that is asked about again and again: a headline, a name
_EMPTY = "<html><body></body></html>"
_HIDING = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?|element-invisible|assistive-text"
    r"|d-none\s+d-print-\w+|no-?print|hidden-print|d-print-none|print:hidden|noprint|a11y-hidden|show-for-sr)(?:\s|$)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def is_block(tag: str) -> bool:
    """Whether elements of a tag stand on lines of their own; so do a site's own elements ("story-par")."""
    return tag in BLOCKS or ("-" in tag and not tag.startswith("amp-"))


def xpath(expression: str, *, smart: bool = True) -> Callable[..., list[Any]]:
    """Compile an XPath expression that gives nodes or texts (`smart`: texts that know their element)."""
    return cast("Callable[..., list[Any]]", etree.XPath(expression, smart_strings=smart))


_SEEN = "not(parent::script or parent::style or parent::title or parent::noscript or parent::textarea)"
_TEXTS = xpath(f"descendant::text()[string-length() >= $least][{_SEEN}]")
_PLAIN_TEXTS = xpath("descendant::text()[not(parent::script or parent::style)]", smart=False)
_MAYBE_HIDDEN = xpath(
    "descendant::*[@hidden or @aria-hidden or @style or self::noscript or self::template or self::svg]"
)


def parse(html: str) -> tuple[HtmlElement, tuple[str, ...]]:
    """Parse a page; comments and processing instructions are left out.

    Gives the root, and what had to be cut off to stay within bounds, in words. Never raises: what cannot be
    parsed is an empty page. No tree is deeper than 256 levels: where libxml2 breaks off, `read_deep` goes on.
    """
    notes: list[str] = []
    if len(html) > MAX_CHARACTERS:
        html = html[:MAX_CHARACTERS]
        notes.append(f"longer than {MAX_CHARACTERS} characters: the rest was not read")
    if html.count("<") > MAX_TAGS:
        html = _first_tags(html, MAX_TAGS)
        notes.append(f"more than {MAX_TAGS} tags: the rest was not read")
    if _has_long_tag(html):
        bounded = _LONG_TAG.sub(_without_attributes, html)
        if bounded != html:
            html = bounded
            notes.append(f"an element with more than {_ATTRIBUTES} attributes: they were not read")
    for mark in _NONCHARACTERS:
        html = html.replace(mark, "")
    # Bytes, so that neither an XML declaration nor a meta charset has a say; lone surrogates become "?".
    data = html.encode("utf-8", "replace").translate(None, _CONTROLS)
    # A parser of its own: one that is shared between threads blocks, and keeps the errors of the last page.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        root = document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return document_fromstring(_EMPTY), (*notes, "no element could be parsed")
    if (error := parser.error_log.last_error) is not None and error.type == _BROKEN_OFF:
        if html.count("<") > deep.MAX_TAGS:
            html = _first_tags(html, deep.MAX_TAGS)
            notes.append(f"nested too deep, and more than {deep.MAX_TAGS} tags: the rest was not read")
        root = deep.read_deep(html)
    return root, tuple(notes)


def _first_tags(html: str, count: int) -> str:
    """The page up to where one tag more would begin."""
    return html[: len(html) - len(html.split("<", count + 1)[-1]) - 1]


def _has_long_tag(html: str) -> bool:
    """Whether a start tag may be longer than is usual; looked for by windows, as hardly a page has one."""
    at = 0
    while at < len(html):
        if html.find("<", at, at + _LONG // 2) >= 0:
            at += _LONG // 2
            continue
        start, end = html.rfind("<", 0, at), html.find("<", at)
        end = end if end >= 0 else len(html)
        if end - start > _LONG and html.find(">", start + 1, start + _LONG) < 0:
            return True
        at = end
    return False


def _without_attributes(match: re.Match[str]) -> str:
    named = sum(1 for _ in zip(_ATTRIBUTE.finditer(match[2]), range(_ATTRIBUTES + 1), strict=False))
    many = named > _ATTRIBUTES or len(match[2].split(None, _BARE_ATTRIBUTES)) > _BARE_ATTRIBUTES
    return f"<{match[1]}>" if many else match[0]


def fold(text: str) -> str:
    """The text with every run of white space as one space, trimmed."""
    return " ".join(text.split())


def squash(text: str) -> str:
    """Letters and digits alone, without case: for comparing texts that differ in spaces and marks."""
    return _squashed(text) if len(text) <= _SHORT else "".join(_LETTERS.findall(text)).casefold()


@lru_cache(maxsize=4096)
def _squashed(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


def text_of(element: HtmlElement, *, apart: bool = False, without: HtmlElement | None = None) -> str:
    """What a reader sees of the element, folded to one line; blocks and line breaks part words.

    Args:
        element: Its tail is not read.
        apart: Whether every element parts words ("<i>14:05</i><i>353</i>"), as in a line of facts.
        without: An element within it that is left out, its tail not.
    """
    if not len(element):
        return fold(element.text) if element.text and element.tag not in SILENT else ""
    return fold(_written(element, " ", apart=apart, without=without))


def text_lines(element: HtmlElement) -> list[str]:
    """What a reader sees of the element: blocks and breaks part its lines, elements part its words."""
    lines = _written(element, "\n", apart=True).split("\n")
    return [line for line in map(fold, lines) if line]


def _written(element: HtmlElement, mark: str, *, apart: bool, without: HtmlElement | None = None) -> str:
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if node.tag == "br" or is_block(node.tag):
            parts.append(mark)
        elif apart:
            parts.append(" ")
        if event == "start":
            if node.tag in SILENT or node is without:
                walker.skip_subtree()
            elif node.text:
                parts.append(node.text if mark == " " else _SPACES.sub(" ", node.text))
        elif node is not element and node.tail:
            # Line breaks of the source are blanks; only a mark of ours parts lines.
            parts.append(node.tail if mark == " " else _SPACES.sub(" ", node.tail))
    return "".join(parts)


def text_nodes(root: HtmlElement, *, least: int = 1) -> Iterator[tuple[HtmlElement, str]]:
    """Every visible text of at least so many characters, in order, with the element that holds it."""
    hidden = {element for element in _MAYBE_HIDDEN(root) if element.tag in SILENT or is_hidden(element)}
    for text in _TEXTS(root, least=least):
        near = text.getparent()
        holder = near.getparent() if text.is_tail else near
        if not hidden or not any(above in hidden for above in (holder, *holder.iterancestors())):
            yield holder, str(text)


def raw_text(element: HtmlElement) -> str:
    """The text of an element as written, white space and all; a `br` is a line break."""
    if not len(element):
        return element.text or ""
    walker = etree.iterwalk(element, events=("start", "end"))
    parts: list[str] = []
    for event, node in walker:
        if event == "end":
            parts.append((node.tail or "") if node is not element else "")
        elif node.tag in _UNREAD:
            walker.skip_subtree()
        else:
            parts.append("\n" if node.tag == "br" else node.text or "")
    return "".join(parts)


def letters_in(element: HtmlElement) -> int:
    """How many characters of text stand in an element, blanks at the ends of each text left out."""
    if not len(element):
        return len(element.text.strip()) if element.text and element.tag not in {"script", "style"} else 0
    return sum(len(text.strip()) for text in _PLAIN_TEXTS(element))


def select(root: HtmlElement, selectors: Sequence[str]) -> list[HtmlElement]:
    """Every match of the first of the selectors that matches anything, in document order.

    Raises:
        cssselect.SelectorError: A selector is not valid CSS: a fault of the declaration, not of the page.
    """
    for selector in selectors:
        if found := compiled(selector)(root):
            return found
    return []


def having(name: str) -> Callable[..., list[Any]]:
    """Compile an expression for the elements with an attribute: its axis is faster than a predicate."""
    return xpath(f"descendant-or-self::*/@{name}/..")


@lru_cache(maxsize=1024)
def compiled(selector: str) -> Callable[..., list[Any]]:
    """A selector as XPath; a class is looked for as it stands before it is looked for as a whole word."""
    path = HTMLTranslator().css_to_xpath(selector)
    return xpath(_HAS_CLASS.sub(r"contains(@class, '\1') and \g<0>", path))


@lru_cache(maxsize=8192)
def class_words(value: str) -> frozenset[str]:
    """The words of a class or id: "articleShare-box" has article, share and box."""
    return frozenset(word.lower() for word in _CLASS_WORD.findall(value[:400]))


def words_of(element: HtmlElement) -> frozenset[str]:
    """The words of an element's class and id."""
    return class_words(element.get("class", "")) | class_words(element.get("id", ""))


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element itself says that readers do not see it.

    A whole page that is hidden is one that its own script will show.
    """
    hidden, style = element.get("hidden"), element.get("style")
    if hidden is None and not style and element.get("aria-hidden") is None:
        return False
    if element.tag in {"html", "body"}:
        return False
    if hidden not in {None, "until-found"} or element.get("aria-hidden") == "true":
        return True
    return bool(style and _HIDDEN_STYLE.search(style))


@lru_cache(maxsize=8192)
def hides(value: str) -> bool:
    """Whether a class leaves its text to screen readers alone, or off the printed page."""
    return bool(_HIDING.search(value))


def outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements that stand inside no other of them."""
    chosen = set(elements)
    return [e for e in elements if not any(above in chosen for above in e.iterancestors())]


def elements(root: HtmlElement) -> Iterator[HtmlElement]:
    """Every element of the tree, in document order."""
    return cast("Iterator[HtmlElement]", root.iter(etree.Element))
