"""Whether an Atom document is fit to publish: RFC 4287, by its schema and by what its prose asks.

`atom.rng` is the schema of the RFC's appendix B. The rest is here by section, and what RFC 5005 asks of an
archived feed. The last gate before a file: a feed with a problem is not written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

from lxml import etree

from feeds.isolate import sanitised
from feeds.plain import clean_url

ATOM = "{http://www.w3.org/2005/Atom}"
_ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MEDIA = "{http://search.yahoo.com/mrss/}content"
_SCHEMA = Path(__file__).with_name("atom.rng")
_OPENS, _CLOSES = b'<feed xmlns="http://www.w3.org/2005/Atom">', b"</feed>"

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+\Z")  # RFC 3987, in outline: absolute
# RFC 3339, section 5.6: a zone is a must, and seconds.
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(_SCHEMA)))


def problems_of_atom(data: bytes) -> list[str]:
    """Give what is wrong with an Atom feed document; nothing, if it may be published.

    Never raises: what cannot be read is a problem like any other.
    """
    root = _parsed(data)
    if isinstance(root, str):
        return [root]
    if root.tag != f"{ATOM}feed":
        return ["not an Atom feed"]
    return [*_by_schema(root), *_feed(root), *_entries(root)]


def problems_of_entry(data: bytes) -> list[str]:
    """Give what is wrong with one entry, as feedgen's tree has it: its own elements without a namespace."""
    root = _parsed(_OPENS + data + _CLOSES)
    if isinstance(root, str):
        return [root]
    entry = root[0]
    root.remove(entry)
    found = _by_schema(entry)
    return [*found, *_entry(entry)]


def _parsed(data: bytes) -> etree._Element | str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return f"not well-formed: {error}"
    if root.getroottree().docinfo.internalDTD is not None:
        return "a document type declaration"
    return root


def _by_schema(element: etree._Element) -> list[str]:
    schema = _schema()
    if schema.validate(element):
        return []
    return [f"not by the schema: {error.message}" for error in schema.error_log] or ["not by the schema"]


def _feed(feed: etree._Element) -> Iterator[str]:
    if not _text(feed, "title"):
        yield "feed: no title"
    if not _IRI.match(_text(feed, "id")):  # section 4.2.6
        yield "feed: id is no IRI"
    yield from _dates(feed, "feed")
    links = [(link.get("rel", "alternate"), link) for link in feed.findall(f"{ATOM}link")]
    selves = [link for rel, link in links if rel == "self"]
    if len(selves) != 1 or selves[0].get("type") != "application/atom+xml":
        yield "feed: wants one link with rel=self and type application/atom+xml"  # section 4.1.1
    yield from _links(feed, "feed", own=True)
    archived = feed.find(_ARCHIVE) is not None
    if archived and "current" not in (rel for rel, _ in links):
        yield "feed: an archive without a link to the current feed"  # RFC 5005, section 4
    own = {link.get("href") for link in selves}
    if any(link.get("href") in own for rel, link in links if rel in ("prev-archive", "next-archive")):
        yield "feed: a document that is its own archive"


def _entries(feed: etree._Element) -> Iterator[str]:
    entries = feed.findall(f"{ATOM}entry")
    authored = feed.find(f"{ATOM}author") is not None
    for number, entry in enumerate(entries, 1):
        yield from (f"entry {number}: {problem}" for problem in _entry(entry, authored=authored))
    times = Counter(_text(entry, "id") for entry in entries)
    yield from (f"id {guid!r} stands {count} times" for guid, count in times.items() if count > 1)
    dates = [date for entry in entries if (date := _when(_text(entry, "published"))) is not None]
    if any(later > earlier for earlier, later in pairwise(dates)):
        yield "entries are not newest first"
    whole = _when(_text(feed, "updated"))
    changes = (_when(_text(entry, "updated")) for entry in entries)
    if whole is not None and any(change > whole for change in changes if change is not None):
        yield "updated is before an entry's"


def _entry(entry: etree._Element, *, authored: bool = False) -> Iterator[str]:
    if not _text(entry, "title"):
        yield "no title"
    if not _IRI.match(_text(entry, "id")):
        yield "id is no IRI"
    if not authored and entry.find(f"{ATOM}author") is None:  # section 4.1.2
        yield "no author"
    if any(not _text(author, "name") for author in entry.findall(f"{ATOM}author")):
        yield "an author without a name"
    if not entry.get(_LANG):
        yield "no xml:lang"
    yield from _dates(entry, "entry")
    published, updated = _when(_text(entry, "published")), _when(_text(entry, "updated"))
    if published is None:
        yield "no published"
    elif updated is not None and updated < published:
        yield "updated is before published"
    alternates = [
        link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
    ]
    if len(alternates) != 1:
        yield f"{len(alternates)} links to the original"
    yield from _links(entry, "entry")
    for media in entry.iter(_MEDIA):
        if clean_url(media.get("url", "")) is None:
            yield "media:content has no absolute http(s) address"
    for html in entry.iter(f"{ATOM}content", f"{ATOM}summary", f"{ATOM}title"):
        # What the sanitiser would change holds a relative address, an unsafe element or a tag left open.
        text = html.text or ""
        if html.get("type") == "html" and _settled(text) != _settled(sanitised(text, "")):
            yield f"{etree.QName(html).localname} holds HTML that a feed must not carry"


def _links(parent: etree._Element, where: str, *, own: bool = False) -> Iterator[str]:
    for link in parent.findall(f"{ATOM}link"):
        if clean_url(link.get("href", ""), own=own) != link.get("href"):
            yield f"{where}: link {link.get('href', '')[:200]!r} is no absolute http(s) address"


def _dates(parent: etree._Element, where: str) -> Iterator[str]:
    for element in _children(parent, ("updated", "published")):
        if _when((element.text or "").strip()) is None:
            yield f"{where}: {etree.QName(element).localname} {element.text!r} is no RFC 3339 date"


def _children(parent: etree._Element, names: Iterable[str]) -> Iterator[etree._Element]:
    return (child for name in names for child in parent.findall(f"{ATOM}{name}"))


def _when(text: str) -> datetime | None:
    if not _DATE.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # 31 February
        return None


def _text(parent: etree._Element, name: str) -> str:
    return (parent.findtext(f"{ATOM}{name}") or "").strip()


def _settled(html: str) -> str:
    return " ".join(html.split())
