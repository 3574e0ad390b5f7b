"""Sitemaps, news sitemaps and indexes of them (sitemaps.org), plain or gzipped. Pure."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import GzipFile

from lxml import etree

MAX_BYTES = 10 * 1024 * 1024  # unpacked, as of any answer: thousands of entries weigh a tenth of it
MAX_ROBOTS = 512 * 1024  # bytes of a robots.txt: RFC 9309, 2.5
MAX_PARTS = 40  # elements an entry, on the average: beyond that it is no sitemap
_CHUNK = 64 * 1024  # bytes
_GZIP = b"\x1f\x8b"  # RFC 1952, 2.3.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page, or of an index a further sitemap, with what is said of it. Empty where nothing is."""

    address: str  # as written
    index: bool  # whether it is a further sitemap
    date: str  # of publication in a news sitemap, else of the last change: W3C datetime
    title: str  # in a news sitemap


def read_entries(body: bytes, *, most: int) -> list[Entry]:
    """Read a sitemap's entries in their order.

    No entity of its XML is resolved. What is broken or cut off gives what stood before; never raises for what
    the bytes hold.

    Args:
        body: as sent; gzip is told by its first bytes, whatever the address or the header says.
        most: entries; the rest is not read.
    """
    # A parser that is fed: of a bomb no more is unpacked than is read.
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False,
        collect_ids=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    found: list[Entry] = []
    parts = 0
    try:
        for chunk in _chunks(body):
            parser.feed(chunk)
            for _, element in parser.read_events():
                parts += 1
                if not etree.iselement(element) or _name(element) not in {"url", "sitemap"}:
                    continue
                if entry := _entry(element):
                    found.append(entry)
                    if len(found) >= most:
                        return found
                _forget(element)
            if parts > MAX_PARTS * most:
                break
    except etree.LxmlError:
        return found
    return found


def named_by_robots(body: bytes) -> list[str]:
    """Give the sitemaps that a robots.txt names, as written, in their order (sitemaps.org)."""
    return [
        address.decode("utf-8", "replace").strip()
        for line in body[:MAX_ROBOTS].splitlines()
        for name, colon, address in [line.partition(b":")]
        if colon and name.strip().lower() == b"sitemap"
    ]


def _chunks(body: bytes) -> Iterator[bytes]:
    if not body.startswith(_GZIP):
        text = body[:MAX_BYTES].lstrip()
        yield from (text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))
        return
    total = 0
    with GzipFile(fileobj=io.BytesIO(body)) as packed:
        while total < MAX_BYTES:
            try:
                chunk = packed.read1(_CHUNK)
            except (OSError, EOFError, zlib.error):
                return
            if not chunk:
                return
            total += len(chunk)
            yield chunk


def _entry(element: etree._Element) -> Entry | None:
    told: dict[str, str] = {}
    for part in element.iterdescendants():
        if (name := _name(part)) and part.text and (text := " ".join(part.text.split())):
            told.setdefault(name, text)  # of two `loc`s the first is the page, the other a picture's
    if "loc" not in told:
        return None
    return Entry(
        address=told["loc"],
        index=_name(element) == "sitemap",
        date=told.get("publication_date") or told.get("lastmod") or "",
        title=told.get("title", "") if "publication_date" in told else "",  # else it may be a picture's
    )


def _forget(element: etree._Element) -> None:
    """Drop an entry that was read, and those before it: a sitemap of fifty thousand stays small in memory."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (first := element.getprevious()) is not None:
            parent.remove(first)


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
