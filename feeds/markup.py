"""HTML from anywhere cut into tokens, in linear time and constant depth.

The HTML standard's parser copies open formatting elements into every later paragraph and walks the whole
stack of open elements for every block, so a few kilobytes of nesting cost gigabytes or minutes. This reader
keeps no stack; `feeds.rebuild` keeps a bounded one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from feeds.plain import clean_text

# Elements whose content is never prose. The raw ones hold no markup by the standard (13.2.5.1): with no end
# tag they run to the end of the input. Of the others only the tags go when there is no end tag.
_RAW = frozenset(
    ("iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp")
)
_MEDIA = frozenset(("applet", "audio", "canvas", "math", "object", "svg", "video"))
_CONTROLS = frozenset(("button", "datalist", "noscript", "select", "template"))
_NO_PROSE = _RAW | _MEDIA | _CONTROLS

_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)|(?=>)))?+"""
)
_TAG_END = re.compile(r"[\s/]*+>")
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9A-Fa-f]{10,};?")
_MAX_ATTRIBUTES = 64


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, with references resolved; legal in XML."""

    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag: its name in lower case and its attributes, the first of a name winning."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """An end tag: its name in lower case."""

    name: str


Token = Text | Start | End


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of `source`, without comments, declarations and elements that hold no prose.

    Of an `iframe` the start tag alone is told.

    Follows the HTML standard's tokeniser (13.2.5), also where input ends inside a tag or a comment: what is
    unfinished is not there. Never raises; takes time in proportion to the length.
    """
    source = clean_text(source.replace("\f", " "))
    unclosed: set[str] = set()
    at, end = 0, len(source)
    while at < end:
        opened = source.find("<", at)
        if opened < 0:
            opened = end
        if opened > at:
            yield Text(_resolved(source[at:opened]))
        if opened == end:
            return
        named = _NAME.match(source, opened)
        if named is None:
            at, text = _beside_tags(source, opened)
            if text:
                yield Text(text)
            continue
        name = named[2].lower()
        attributes, at = _attributes(source, named.end())
        if at < 0:
            return
        if named[1]:
            yield End(name)
        elif name in _NO_PROSE:
            if name == "iframe":
                yield Start(name, attributes)  # of its content there is nothing; it may be a player's
            at = _past(source, at, name, unclosed)
        else:
            yield Start(name, attributes)


def _resolved(text: str) -> str:
    """Resolve character references; one too long to be a character is the replacement character."""
    if "&" not in text:
        return text
    return clean_text(html.unescape(_LONG_REFERENCE.sub("\ufffd", text)))


def _beside_tags(source: str, at: int) -> tuple[int, str]:
    """Step over a `<` that opens no tag: a comment, a declaration, or the character itself."""
    if source.startswith("<!--", at):
        if source.startswith(("<!-->", "<!--->"), at):
            return source.index(">", at) + 1, ""
        close = re.compile(r"--!?>").search(source, at + 4)
        return (close.end() if close else len(source)), ""
    if source.startswith(("<!", "<?", "</"), at):
        close_at = source.find(">", at)
        return (close_at + 1 if close_at >= 0 else len(source)), ""
    return at + 1, "<"


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """Read attributes up to the tag's end; the position after it, or -1 when the input ends before."""
    found: dict[str, str] = {}
    while True:
        closing = _TAG_END.match(source, at)
        if closing:
            return found, closing.end()
        matched = _ATTRIBUTE.match(source, at)
        if matched is None or matched.end() == at or source[matched.end() : matched.end() + 1] == "":
            return found, -1
        at = matched.end()
        if len(found) < _MAX_ATTRIBUTES:
            value = matched[2] or matched[3] or matched[4] or ""
            found.setdefault(matched[1].lower(), _resolved(value))


def _past(source: str, at: int, name: str, unclosed: set[str]) -> int:
    """Give the position after the element's content; names known to have no end tag are not sought again."""
    if name not in unclosed:
        close = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE | re.ASCII).search(source, at)
        if close and name != "plaintext":
            return close.end()
        unclosed.add(name)
    return len(source) if name in _RAW else at
