"""What a feed's content may hold: its elements, their attributes, and what an attribute may say.

`docs/security.md` shows the list; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from feeds.plain import clean_text, language_tag

Check = Callable[[str], str | None]
"""Gives an attribute's value as it may stand, or None where it may not."""

# What elements of a source become. Those named nowhere are inline strangers: they go, their text stays.
INLINE: Mapping[str, str] = {
    **{name: name for name in ("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd")},
    **{
        name: name for name in ("mark", "q", "s", "samp", "small", "strong", "sub", "sup", "time", "u", "var")
    },
    "acronym": "abbr",
    "strike": "s",
    "tt": "code",
}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LINES: Mapping[str, str] = {"p": "p", "pre": "pre", "listing": "pre", **{name: name for name in HEADINGS}}
FLOW = frozenset(("blockquote", "figure", "figcaption"))
LISTS = frozenset(("ul", "ol", "dl"))
ITEMS: Mapping[str, frozenset[str]] = {  # an item, and the lists that hold it
    "li": frozenset(("ul", "ol")),
    "dt": frozenset(("dl",)),
    "dd": frozenset(("dl",)),
}
CELLS = frozenset(("td", "th", "caption"))
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
BOUNDARIES = frozenset(  # they go, but part the text before from the text after
    {"address", "article", "aside", "body", "center", "dialog", "div", "footer", "header", "hgroup", "html"}
    | {"main", "menu", "nav", "search", "section"}  # parts of a page
    | {"details", "dir", "fieldset", "form", "legend", "option", "summary"}
)
VOID = frozenset(("br", "hr", "img", "wbr"))

_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\bon\w+\s*=|script\s*:", re.IGNORECASE | re.ASCII)
_MOMENT = re.compile(
    r"[0-9A-Za-z][0-9A-Za-z:.,+\- ]{0,39}", re.ASCII
)  # HTML standard, 4.5.14: dates, durations


def text(value: str, *, most: int = 500) -> str | None:
    """Give a text that explains as one line; None where it is empty, or markup in disguise."""
    line = _SPACE.sub(" ", clean_text(value)).strip()
    return line[:most].strip() if line and not _MARKUP.search(line) else None


def _number(digits: str) -> Check:
    pattern = re.compile(digits, re.ASCII)
    return lambda value: value.strip() if pattern.fullmatch(value.strip()) else None


def _word(*words: str) -> Check:
    return lambda value: word if (word := value.strip().lower()) in words else None


def _moment(value: str) -> str | None:
    return value.strip() if _MOMENT.fullmatch(value.strip()) else None


def _language(value: str) -> str | None:
    tag = language_tag(value)
    return None if tag == "und" else tag


_SPAN: Mapping[str, Check] = {"colspan": _number(r"\d{1,3}"), "rowspan": _number(r"\d{1,3}")}
_SPEECH: Mapping[str, Check] = {"lang": _language, "dir": _word("ltr", "rtl", "auto")}

# Attributes that need nothing but their own text. Those with an address are given theirs by the sanitiser.
VALUES: Mapping[str, Mapping[str, Check]] = {
    **dict.fromkeys(
        ("p", *sorted(HEADINGS), "blockquote", "figcaption", "caption", "dt", "dd", "q"), _SPEECH
    ),
    "abbr": {"title": text},
    "del": {"datetime": _moment},
    "dfn": {"title": text},
    "ins": {"datetime": _moment},
    "li": {"value": _number(r"-?\d{1,6}"), **_SPEECH},
    "ol": {"start": _number(r"-?\d{1,6}"), "reversed": lambda _: "", "type": _number(r"[1aAiI]")},
    "td": {**_SPAN, **_SPEECH},
    "th": {**_SPAN, "scope": _word("row", "col", "rowgroup", "colgroup"), **_SPEECH},
    "time": {"datetime": _moment},
}
ADDRESSES: Mapping[str, str] = {"a": "href", "blockquote": "cite", "q": "cite"}
PICTURE = frozenset(("alt", "height", "src", "width"))

ELEMENTS = (
    frozenset(INLINE.values()) | frozenset(LINES.values()) | FLOW | LISTS | ITEMS.keys()
    | {"table", "tr"} | CELLS | SECTIONS | VOID
)  # fmt: skip

ALLOWED: Mapping[str, frozenset[str]] = {
    name: frozenset(VALUES.get(name, ()))
    | ({ADDRESSES[name]} if name in ADDRESSES else frozenset())
    | (PICTURE if name == "img" else frozenset())
    for name in sorted(ELEMENTS)
}
"""Every element that a feed's content may hold, with the attributes that it may carry."""


def values_of(name: str, given: Mapping[str, str]) -> dict[str, str]:
    """Give those attributes of an element that need no address, as they may stand."""
    checks = VALUES.get(name, {})
    found = ((key, check(given[key])) for key, check in checks.items() if key in given)
    return {key: value for key, value in found if value is not None}


def opening(name: str, attributes: Mapping[str, str]) -> str:
    """Give the start tag of an element."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
