"""All editions in one OPML 2.0 file (opml.org/spec2.opml), to subscribe to them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from xml.etree import ElementTree

from feeds.editions import Edition, Kind, Place, address
from feeds.plain import clean_text, one_line
from feeds.publish import FORMATS, Format

NAME = "feeds.opml"


def render_opml(
    editions: Iterable[Edition],
    place: Place,
    title: str,
    headings: Mapping[Kind, str],
    *,
    form: Format = FORMATS["rss"],
    changed: datetime | None = None,
) -> bytes:
    """Give the list of editions as UTF-8 bytes, those of a kind under its heading; the first stands alone.

    An outline is a subscription (`type="rss"`, whatever the format: the specification has no other word for
    one) with its address, language where it has but one, and its categories: "/topic/economy".

    Args:
        editions: in the order they are listed, those of a kind together.
        place: where they are served.
        title: of the list.
        headings: over each kind.
        form: of the feeds that are listed.
        changed: aware; when one of them last did. None: the list says no time.
    """
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = one_line(title)
    if changed is not None:
        ElementTree.SubElement(head, "dateModified").text = format_datetime(changed)
    ElementTree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = ElementTree.SubElement(root, "body")
    for kind, group in groupby(editions, key=lambda edition: edition.kind):
        parent = body
        if kind != "everything":
            parent = ElementTree.SubElement(body, "outline", text=one_line(headings[kind]))
        for edition in group:
            ElementTree.SubElement(parent, "outline", _attributes(edition, place, form))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def problems_of_opml(data: bytes) -> list[str]:
    """Give what is wrong with a list of ours; nothing, if it may be published. Never raises."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - our own bytes, a moment ago
    except ElementTree.ParseError as error:
        return [f"not well-formed: {error}"]
    found = []
    if root.tag != "opml" or root.get("version") != "2.0" or root.find("head/title") is None:
        found.append("not <opml version=2.0> with a title")
    outlines = list(root.iter("outline"))
    if not outlines:
        found.append("no outline")
    found += ["an outline without text" for outline in outlines if not outline.get("text")]
    feeds = [outline.get("xmlUrl") for outline in outlines if outline.get("type") == "rss"]
    if None in feeds or len(set(feeds)) != len(feeds):
        found.append("a feed without an address, or one that stands twice")
    return found


def _attributes(edition: Edition, place: Place, form: Format) -> dict[str, str]:
    told = one_line(edition.title)
    attributes = {
        "type": "rss",
        "text": told,
        "title": told,
        "description": one_line(edition.description),
        "xmlUrl": address(place, edition.name, form.ending),
        "htmlUrl": place.site,
        "version": "RSS2" if form.name == "rss" else form.name.upper(),
        "category": ",".join(_categories(edition)),
    }
    if edition.language:
        attributes["language"] = edition.language
    return {key: clean_text(value) for key, value in attributes.items()}


def _categories(edition: Edition) -> list[str]:
    """Give an edition's categories: slash-delimited, as the specification has them."""
    choice = edition.choice
    chosen = {"language": choice.languages, "outlet": choice.outlets, "topic": choice.topics}
    return [
        f"/{edition.kind}",
        *(f"/{kind}/{value.replace(',', ' ')}" for kind, values in chosen.items() for value in values),
    ]
