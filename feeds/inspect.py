"""What is wrong with what was published: every feed, archive, list and page below the folder of the feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from lxml import etree, html

from feeds.reading import ENDINGS, Document, Enclosure, read

AHEAD = timedelta(minutes=10)  # that a clock may be behind the one that published
_ARCHIVES = "history"
_LEAVES = (
    "http:",
    "https:",
    "//",
    "data:",
    "mailto:",
    "#",
)  # beginnings of links that leave the page's folder
_TOLD = 3  # of one kind a file


def problems(out: Path, guids: frozenset[str], now: datetime) -> list[str]:
    """Give all that is wrong, each with the file's name; nothing of what was never published.

    Args:
        out: the folder of the feeds.
        guids: what an entry may bear.
        now: aware; no entry is of later.
    """
    found: list[str] = []
    for path in sorted(each for each in out.rglob("*") if each.is_file() and not _hidden(each, out)):
        name = path.relative_to(out).as_posix()
        try:
            if path.suffix == ".html":
                wrong = list(_page(path, out))
            elif path.suffix == ".opml":
                wrong = list(_opml(path, out))
            elif path.suffix in ENDINGS and not _of_ours(path):
                wrong = list(_feed(read(path), path, out, guids, now))
            else:
                continue
        except (OSError, ValueError, etree.LxmlError, ElementTree.ParseError) as error:
            wrong = [str(error)]
        found += [f"{name}: {each}" for each in wrong]
    return found


def _hidden(path: Path, out: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(out).parts)


def _of_ours(path: Path) -> bool:
    """Tell a page's index and the state of a history from a JSON Feed."""
    return path.suffix == ".json" and (path.parent.name == "days" or path.name == "state.json")


def _feed(document: Document, path: Path, out: Path, guids: frozenset[str], now: datetime) -> Iterator[str]:
    names = [entry.guid for entry in document.entries]
    if len(set(names)) < len(names):
        yield "two entries with one GUID"
    if "" in names:
        yield "an entry without a GUID"
    unknown = [guid for guid in names if guid and guid not in guids]
    yield from (f"{guid} is not in the store" for guid in unknown[:_TOLD])
    for entry in document.entries:
        if len(entry.times) < len(entry.dates) or not entry.dates:
            yield f"{entry.guid}: a date that is none: {', '.join(entry.dates)}"
        if any(time > now + AHEAD for time in entry.times):
            yield f"{entry.guid}: a date in the future: {', '.join(entry.dates)}"
        yield from (f"{entry.guid}: {why}" for each in entry.enclosures for why in _enclosure(each))
    own = path.relative_to(out).as_posix()
    archived = own.startswith(f"{_ARCHIVES}/")
    if archived != document.archive:
        yield "an archive that does not say so" if archived else "says that it is an archive"
    address = document.links.get("self", "")
    if not address.endswith(f"/{own}"):
        yield f"says that it is at {address or 'no address'}"
        return
    base = address.removesuffix(own)
    for rel, href in document.links.items():
        if not href.startswith(base):
            yield f"{rel} leads elsewhere: {href}"
        elif rel == "next-archive":
            continue  # archives of the first versions named the one to come, and are not written again
        elif not (out / unquote(urlsplit(href).path.removeprefix(urlsplit(base).path))).is_file():
            yield f"{rel} leads to a file that is not there: {href}"
    if archived and "current" not in document.links:
        yield "an archive without a link to the current feed"
    before = (
        path.with_name(f"{int(path.stem) - 1}{path.suffix}") if archived and path.stem.isdigit() else None
    )
    if before is not None and before.is_file() and "prev-archive" not in document.links:
        yield f"no link to {before.name}, the archive before it"


def _enclosure(each: Enclosure) -> Iterator[str]:
    if not each.url.startswith(("http://", "https://")):
        yield f"an enclosure at no absolute address: {each.url}"
    if each.must and (not each.type or each.length is None):
        yield f"an enclosure without type or length: {each.url}"
    if each.length is not None and not (each.length.isascii() and each.length.isdigit()):
        yield f"an enclosure's length is no count of bytes: {each.length}"


def _opml(path: Path, out: Path) -> Iterator[str]:
    """Every feed of the list is there; the first one's address tells where the folder is served."""
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own file; entities are not fetched
    listed = [outline.get("xmlUrl", "") for outline in root.iter("outline") if outline.get("type") == "rss"]
    if not listed:
        yield "lists no feed"
    if len(set(listed)) < len(listed):
        yield "lists a feed twice"
    missing = [url for url in listed if not _served(url, out)]
    yield from (f"lists a feed that is not there: {url}" for url in missing[:_TOLD])


def _served(url: str, out: Path) -> bool:
    """Tell whether some end of an address's path is a file of ours: the folder may be served anywhere."""
    parts = [unquote(part) for part in urlsplit(url).path.split("/") if part not in ("", "..")]
    return any((out / Path(*parts[start:])).is_file() for start in range(len(parts)))


def _page(path: Path, out: Path) -> Iterator[str]:
    """A page is whole, and what it links beside it is there."""
    data = path.read_bytes()
    if not data.rstrip().endswith(b"</html>"):
        yield "breaks off"
        return
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    marks = [each.get("id", "") for each in elements if each.get("id")]
    if len(set(marks)) < len(marks):
        yield "two elements with one id"
    links = [each.get(name, "") for each in elements for name in ("href", "src") if each.get(name)]
    within = [each[1:] for each in links if each.startswith("#") and each != "#"]
    yield from (f"leads to #{each}, which is not on it" for each in sorted(set(within) - set(marks))[:_TOLD])
    missing = []
    for each in dict.fromkeys(link for link in links if link and not link.startswith(_LEAVES)):
        place = (path.parent / unquote(urlsplit(each).path)).resolve()
        if not place.is_relative_to(out.resolve()) or not (
            place.is_file() or (place / "index.html").is_file()
        ):
            missing.append(each)
    yield from (f"leads to a file that is not there: {each}" for each in missing[:_TOLD])
