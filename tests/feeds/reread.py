"""What came out of the sanitiser, read again by parsers that know nothing of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Comment
from lxml import html as lxml_html

from feeds.allowed import ALLOWED, VOID
from feeds.plain import clean_url

ADDRESSES = ("href", "src", "cite")
ILLEGAL = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
LONE = re.compile("%SUR([0-9A-F]{4})%")

ATTRIBUTES = (
    "", "", " href=/x", " href=javascript:1", " onclick=1", " id=x", "/", " src=/i.jpg",
    ' title="</style><img src=x onerror=1>"', " style=x", " src=//127.0.0.1/ width=1", " datetime=2026",
    " colspan=2 rowspan=0",
    " start=-1",
)  # fmt: skip
PIECES = (
    "<img src=/i.jpg>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "&lt;", "&nbsp;", "&#", "&#x202e;", "<",
    ">",
    '"', "'", " ", "\n", "\xa0", "\r", "\0", "\f", "x", "ұ", '="', "</", "<?", "<!", "\u202e",
    "\ud800", "`",
)  # fmt: skip
NESTABLE = (
    "p", "b", "i", "a", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "caption",
    "tbody", "thead", "tfoot", "blockquote", "pre", "h1", "h2", "h6", "div", "span", "svg", "math",
    "style", "script", "figure", "figcaption", "select", "option", "form", "font", "nobr", "title",
    "noscript", "noembed", "noframes", "template", "object", "iframe", "br", "hr", "wbr", "img",
    "textarea", "frameset", "body", "html", "head", "plaintext", "xmp", "listing", "mtext", "mglyph",
    "malignmark", "desc", "annotation-xml", "foreignObject", "time", "abbr", "q", "del", "ins", "code",
    "ruby", "rt", "marquee", "button", "applet", "details", "summary", "center", "colgroup", "col",
    "base", "link", "meta", "image",
)  # fmt: skip


class Audit(HTMLParser):
    """Reads what came out as Python does, and says what in it is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
            self.depth = max(self.depth, len(self.open))
        self.faults += element_faults(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def element_faults(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Say what of an element the allow list does not name."""
    if tag not in ALLOWED:
        yield f"<{tag}>"
    for name, value in attributes.items():
        if name not in ALLOWED.get(tag, frozenset()) | ({"rel"} if tag == "a" else frozenset()):
            yield f"{tag} {name}"
        if name in ADDRESSES and clean_url(value) != value:
            yield f"{tag} {name}={value}"
    if tag == "img" and not attributes.keys() >= {"src", "alt"}:
        yield "img without src or alt"
    if tag == "a" and "href" not in attributes:
        yield "a without href"


def faults(out: str) -> list[str]:
    """Say what is wrong with what came out, by three parsers of their own making."""
    audit = Audit()
    audit.feed(out)
    audit.close()
    found = audit.faults + [f"<{tag}> left open" for tag in audit.open]
    soup = BeautifulSoup(out, "html.parser")
    found += [f"comment {each}" for each in soup.find_all(string=lambda text: isinstance(text, Comment))]
    if out.strip():
        for element in lxml_html.fragment_fromstring(out, create_parent="body").iterdescendants():
            found += element_faults(str(element.tag), {str(k): str(v) for k, v in element.attrib.items()})
    if ILLEGAL.search(out):
        found.append("a character that no feed may carry")
    return found


def soups(number: int, seed: int) -> Iterator[str]:
    """Give tags and pieces of markup thrown together, always the same."""
    chance = random.Random(seed)
    for _ in range(number):
        yield "".join(
            f"<{chance.choice(('', '', '/'))}{chance.choice(NESTABLE)}{chance.choice(ATTRIBUTES)}>"
            if chance.random() < 0.7
            else chance.choice(PIECES)
            for _ in range(chance.randint(1, 40))
        )
