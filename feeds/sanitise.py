"""Hostile HTML in, the HTML that a feed may carry out.

Two gates. The first (`feeds.markup`, `feeds.rebuild`) rewrites the input as a small, well nested fragment in
linear time. The second, nh3, reads that with a parser of the HTML standard and passes only what the allow
list names. What the first mistook, the second removes; what would exhaust the second, the first has bounded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import nh3

from feeds.allowed import ALLOWED, text
from feeds.markup import End, Start, Text, Token, tokens
from feeds.plain import clean_text, clean_url
from feeds.rebuild import Rebuilder
from spiders.extract.embeds import player

__all__ = ["ALLOWED", "MAX_SOURCE", "clean_text", "clean_url", "sanitise"]

MAX_SOURCE = 2_000_000  # characters; what lies beyond is no article, and is left out

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
_LATE_SETS = ("srcset", "data-srcset")  # HTML standard, 4.8.4.2.1
_SIDE = re.compile(r"\s*0*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*\Z", re.ASCII)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?![.\d])"
    r"|(?<![\w-])(?:width|height)\s*:\s*[01](?:px)?\s*(?![\w.%])|(?<![\w-])(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE | re.ASCII,
)
_MAX_STYLE = 500
_MAX_SET = 4_000

_COUNTERS = tomllib.loads(Path(__file__).with_name("counters.toml").read_text(encoding="utf-8"))
_COUNTER_HOSTS = frozenset(_COUNTERS["hosts"])
_COUNTER_PATHS = tuple((each["host"], each["path"]) for each in _COUNTERS["paths"])


def sanitise(html: str, base: str) -> str:
    """Give `html` as a feed's content may carry it: exactly what every feed format prints.

    Args:
        html: a fragment or a page, from anywhere; read up to `MAX_SOURCE` characters.
        base: the absolute address of the page it stood on, against which relative addresses are resolved.
            One that is none leaves them out.

    Returns:
        A fragment of the elements and attributes of `ALLOWED`, with absolute http(s) addresses only and no
        character that XML 1.0 forbids. Sanitising it again changes nothing. Text outside of scripts, styles,
        embedded content and form controls is kept; a known player's frame is a link. Never raises; time and
        memory grow with the length alone.
    """
    rebuilder = Rebuilder(link=partial(clean_url, base=base), picture=partial(_picture, base=base))
    return _CLEANER.clean(rebuilder.rebuild(_linked(tokens(html[:MAX_SOURCE]), base)))


def _linked(source: Iterable[Token], base: str) -> Iterator[Token]:
    """Put in place of a known player's frame a paragraph that links what it plays."""
    for token in source:
        if not (isinstance(token, Start) and token.name == "iframe"):
            yield token
        elif (played := player(token.attributes, base)) and (address := clean_url(played, base)):
            yield from (Start("div"), Start("a", {"href": address}), Text(address), End("a"), End("div"))


def _picture(attributes: Mapping[str, str], base: str) -> dict[str, str] | None:
    """Give the attributes of an image that a reader can see; None for counters and spacers."""
    if "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")[:_MAX_STYLE]):
        return None
    sides: dict[str, str] = {}
    for side in ("width", "height"):
        if told := _SIDE.match(attributes.get(side, "")):
            if int(told[1]) < 2:
                return None
            sides[side] = told[1]
    for address in _addresses(attributes):
        src = clean_url(address, base)
        if src is not None:
            return (
                None if counts(src) else {"src": src, "alt": text(attributes.get("alt", "")) or "", **sides}
            )
    return None


def _addresses(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield where a picture may be, the likeliest first."""
    yield from (attributes.get(name, "") for name in (*_LATE, "src"))
    for name in _LATE_SETS:
        for candidate in re.split(r",\s", attributes.get(name, "")[:_MAX_SET]):
            yield from candidate.strip(", ").split()[:1]


def counts(src: str) -> bool:
    """Tell whether a picture's address is a counter's."""
    parts = urlsplit(src)
    labels = (parts.hostname or "").split(".")
    above = {".".join(labels[at:]) for at in range(len(labels))}
    return not above.isdisjoint(_COUNTER_HOSTS) or any(
        host in above and parts.path.startswith(path) for host, path in _COUNTER_PATHS
    )
