"""Hostile HTML in, the HTML that a feed may carry out.

Two gates. The first (`feeds.markup`, `feeds.rebuild`) rewrites the input as a small, well nested fragment in
linear time. The second, nh3, reads that with a parser of the HTML standard and passes only what the allow
list names. What the first mistook, the second removes; what would exhaust the second, the first has bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

import nh3

from feeds.markup import tokens
from feeds.plain import clean_text, clean_url
from feeds.rebuild import Rebuilder

__all__ = ["ALLOWED", "MAX_SOURCE", "clean_text", "clean_url", "sanitise"]

MAX_SOURCE = 2_000_000  # characters; what lies beyond is no article, and is left out

# Every element that a feed's content may hold, with the attributes that it may carry.
ALLOWED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("b", "br", "code", "del", "em", "i", "q", "s", "strong", "sub", "sup"), frozenset()),
    **dict.fromkeys(("blockquote", "figcaption", "figure", "h2", "h3", "h4", "p", "pre"), frozenset()),
    **dict.fromkeys(("caption", "li", "table", "tbody", "tfoot", "thead", "tr", "ul"), frozenset()),
    **dict.fromkeys(("td", "th"), frozenset(("colspan", "rowspan"))),
    "a": frozenset(("href",)),
    "img": frozenset(("alt", "src")),
    "ol": frozenset(("start",)),
}

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags={"script", "style"},
    attributes={tag: set(names) for tag, names in ALLOWED.items()},
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
    strip_comments=True,
)

# Where pages that load images late keep the address (lazysizes, lozad, WordPress plug-ins); their `src` is
# then a placeholder.
_LATE = ("data-src", "data-lazy-src", "data-original")
_TINY = re.compile(r"\s*0*[01](?:\.\d*)?\s*(?:px)?\s*\Z", re.ASCII)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?![.\d])"
    r"|(?<![\w-])(?:width|height)\s*:\s*[01](?:px)?\s*(?![\w.%])|(?<![\w-])(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE | re.ASCII,
)
_MAX_STYLE = 500


def sanitise(html: str, base: str) -> str:
    """Give `html` as a feed's content may carry it: exactly what every feed format prints.

    Args:
        html: a fragment or a page, from anywhere; read up to `MAX_SOURCE` characters.
        base: the absolute address of the page it stood on, against which relative addresses are resolved.

    Returns:
        A fragment of the elements and attributes of `ALLOWED`, with absolute http(s) addresses only and no
        character that XML 1.0 forbids. Sanitising it again changes nothing. Text outside of scripts, styles,
        embedded content and form controls is kept. Never raises; time and memory grow with the length alone.
    """
    rebuilder = Rebuilder(link=partial(clean_url, base=base), picture=partial(_picture, base=base))
    return _CLEANER.clean(rebuilder.rebuild(tokens(html[:MAX_SOURCE])))


def _picture(attributes: Mapping[str, str], base: str) -> dict[str, str] | None:
    """Give the `src` and `alt` of an image that a reader can see; None for counters and spacers."""
    if any(_TINY.match(attributes.get(side, "")) for side in ("width", "height")):
        return None
    if "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")[:_MAX_STYLE]):
        return None
    for name in (*_LATE, "src"):
        src = clean_url(attributes.get(name, ""), base)
        if src is not None:
            return {"src": src, "alt": " ".join(attributes.get("alt", "").split())}
    return None
