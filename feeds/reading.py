"""A published document read back: its entries, their identifiers, dates, enclosures, and where it leads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
ENDINGS = (".xml", ".atom", ".json")
_LEADING = ("self", "current", "prev-archive", "next-archive")  # relations that lead to documents of ours
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that an entry brings along, as the document has it."""

    url: str
    type: str | None
    length: str | None
    must: bool  # RSS: a type and a length are musts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry. Dates are as written; `times` those of them that could be read, aware."""

    guid: str
    dates: tuple[str, ...]
    times: tuple[datetime, ...]
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed or an archive of one."""

    entries: tuple[ReadEntry, ...]
    links: Mapping[str, str]  # by relation: "self", "current", "prev-archive", "next-archive"
    archive: bool


def read(path: Path) -> Document:
    """Read a feed: RSS (`.xml`), Atom (`.atom`) or JSON Feed (`.json`).

    Raises:
        ValueError: it is none.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    if path.suffix == ".json":
        return _json(data)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not well-formed: {error}") from error
    return _rss(root) if path.suffix == ".xml" else _atom(root)


def _rss(root: etree._Element) -> Document:
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise ValueError("no RSS feed")
    return Document(
        entries=tuple(
            ReadEntry(
                guid=(item.findtext("guid") or "").strip(),
                **_dated([item.findtext("pubDate"), item.findtext(f"{ATOM}updated")]),
                enclosures=tuple(
                    Enclosure(
                        url=each.get("url", ""), type=each.get("type"), length=each.get("length"), must=True
                    )
                    for each in item.iterfind("enclosure")
                ),
            )
            for item in channel.iterfind("item")
        ),
        links=_links(channel.iterfind(f"{ATOM}link")),
        archive=channel.find("{http://purl.org/syndication/history/1.0}archive") is not None,
    )


def _atom(root: etree._Element) -> Document:
    if root.tag != f"{ATOM}feed":
        raise ValueError("no Atom feed")
    return Document(
        entries=tuple(
            ReadEntry(
                guid=(entry.findtext(f"{ATOM}id") or "").strip(),
                **_dated([entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")]),
                enclosures=tuple(
                    Enclosure(
                        url=link.get("href", ""), type=link.get("type"), length=link.get("length"), must=False
                    )
                    for link in entry.iterfind(f"{ATOM}link")
                    if link.get("rel") == "enclosure"
                ),
            )
            for entry in root.iterfind(f"{ATOM}entry")
        ),
        links=_links(root.iterfind(f"{ATOM}link")),
        archive=root.find("{http://purl.org/syndication/history/1.0}archive") is not None,
    )


def _json(data: bytes) -> Document:
    try:
        feed = json.loads(data)
        if not str(feed["version"]).startswith("https://jsonfeed.org/version/"):
            raise ValueError("no JSON Feed")
        more = feed.get("_jarshy", {})
        leading = {
            "self": feed.get("feed_url"),
            "current": more.get("current"),
            "prev-archive": feed.get("next_url"),
            "next-archive": more.get("next_archive"),
        }
        return Document(
            entries=tuple(_item(item) for item in feed["items"]),
            links={rel: str(href) for rel, href in leading.items() if href},
            archive=bool(more.get("archive")),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no JSON Feed: {error!r}") from error


def _item(item: Mapping[str, Any]) -> ReadEntry:
    return ReadEntry(
        guid=str(item["id"]),
        **_dated([item.get("date_published"), item.get("date_modified")]),
        enclosures=tuple(
            Enclosure(
                url=str(each["url"]),
                type=each.get("mime_type"),
                length=None if each.get("size_in_bytes") is None else str(each["size_in_bytes"]),
                must=False,
            )
            for each in item.get("attachments", ())
        ),
    )


def _dated(found: Iterable[str | None]) -> dict[str, Any]:
    dates = tuple(str(text).strip() for text in found if text)
    return {"dates": dates, "times": tuple(_times(dates))}


def _times(dates: Iterable[str]) -> Iterator[datetime]:
    for text in dates:
        try:
            moment = datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)
        except (ValueError, TypeError):  # the second of an older Python's
            continue
        if moment.tzinfo is not None:
            yield moment.astimezone(UTC)


def _links(found: Iterable[etree._Element]) -> dict[str, str]:
    return {rel: str(link.get("href", "")) for link in found if (rel := link.get("rel", "")) in _LEADING}
