"""JSON Feed 1.1 (jsonfeed.org/version/1.1), with the chain as an extension of ours: `_jarshy`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from feeds.isolate import Tell, built, sanitised
from feeds.json_rules import problems_of_item
from feeds.model import Channel, Entry, Picture
from feeds.plain import clean_text, clean_url, language_tag, one_line
from feeds.rss import shown

VERSION = "https://jsonfeed.org/version/1.1"
Item = dict[str, Any]


def render_json(channel: Channel, entries: Iterable[Entry], on_problem: Tell | None = None) -> bytes:
    """Give the feed as UTF-8 bytes; the same channel and entries give the same bytes.

    Entries go newest first. One that cannot stand in a valid feed is left out and told to `on_problem`. What
    is not known has no key.

    Raises:
        ValueError: the channel has no title.
    """
    title = one_line(channel.title)
    if not title:
        raise ValueError("Required fields not set (title)")
    good = built(entries, _item, problems_of_item, on_problem)
    history, rhythm = channel.history, channel.rhythm
    told = {"ttl": rhythm.ttl, "skip_hours": list(rhythm.skip_hours)} if not history.archive else {}
    places = {"archive": history.archive, "current": history.current, "next_archive": history.next}
    feed = {
        "version": VERSION,
        "title": title,
        "home_page_url": channel.link,
        "feed_url": channel.self_url,
        "description": one_line(channel.description),
        "next_url": history.prev,
        "language": channel.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in channel.hubs],
        "_jarshy": _known({"id": channel.feed_id, **told, **places}),
        "items": [item for _, item in good],
    }
    kept = {key: value for key, value in feed.items() if key == "items" or value}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _item(entry: Entry) -> Item:
    """Give the item of an entry. Texts are cleaned here too: an entry may come from anywhere."""
    pictures = shown(entry)
    item = {
        "id": clean_text(entry.guid),
        "url": clean_url(entry.link),
        "title": one_line(entry.title),
        "content_html": sanitised(entry.content, entry.link),
        "summary": one_line(entry.summary),
        "image": pictures[0].url if pictures else None,
        "date_published": _time(entry.published),
        "date_modified": _time(entry.updated),
        "authors": [{"name": name} for name in map(one_line, entry.creators) if name],
        "tags": list(dict.fromkeys([*entry.topics, *(tag for tag in map(one_line, entry.tags) if tag)])),
        "language": language_tag(entry.lang),
        "attachments": [
            _known({"url": picture.url, "mime_type": picture.type, "title": picture.description})
            for picture in pictures
            if picture.type
        ],
        "_jarshy": _more(entry, pictures),
    }
    return {key: value for key, value in item.items() if key == "content_html" or value}


def _more(entry: Entry, pictures: Iterable[Picture]) -> Item:
    return _known(
        {
            "sentence": one_line(entry.sentence),
            "chain": [
                _known(
                    {
                        "name": one_line(source.name),
                        "role": source.role,
                        "source": clean_text(source.key),
                        "url": clean_url(source.url or ""),
                    }
                )
                for source in entry.sources
            ],
            "outlet": one_line(entry.outlet),
            "publisher": one_line(entry.publisher),
            "rights": one_line(entry.rights),
            "topics": list(entry.topics),
            "images": [
                _known(
                    {
                        "url": picture.url,
                        "mime_type": picture.type,
                        "credit": picture.credit,
                        "description": picture.description,
                    }
                )
                for picture in pictures
            ],
            "elsewhere": [
                {
                    "url": url,
                    "title": one_line(other.headline),
                    "outlet": one_line(other.outlet),
                    "language": language_tag(other.lang),
                }
                for other in entry.others
                if (url := clean_url(other.url))
            ],
            "revision": _known(
                {
                    "text": one_line(entry.revised or ""),
                    "date": _time(entry.revised_at) if entry.revised_at else None,
                    "changed": list(entry.changed),
                }
            )
            if entry.revised
            else None,
        }
    )


def _time(moment: Any) -> str:
    """Write an aware time as RFC 3339 has it.

    Raises:
        ValueError: it is naive: what zone it is in, nobody could tell.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a timezone")
    return str(moment.isoformat())


def _known(values: Item) -> Item:
    return {key: value for key, value in values.items() if value}
