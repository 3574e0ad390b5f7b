"""The digest's files: whole or not at all, and untouched while nothing in them has changed."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from feeds.model import Channel, Entry, entry_of, newest_first
from feeds.plain import clean_url
from feeds.rss import render_rss
from feeds.sentence import FALLBACK, Display, phrases, primary
from feeds.validate import problems_of_rss
from items import Problem, Story

BASE_URL = "http://localhost/"  # where the feeds are served, when no setting says it
LIMIT = 200  # entries in a feed, the newest
_MODE = 0o644
_FILE_LANG = re.compile(r"[a-z]{2,3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a digest. A feed with problems of its own is in `refused`, and its old file stays."""

    entries: int
    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    refused: tuple[Path, ...]
    problems: tuple[Problem, ...]


def publish(path: Path, data: bytes) -> bool:
    """Put `data` at `path` at once: readers see the old file or the new one, never a part. Mode 0644.

    The bytes are on disk before the name is theirs, so a crash leaves the last good file. True if the
    file changed; the same bytes leave it and its times alone. Creates the folder.

    Raises:
        OSError: the disk is full, the folder not writable …; the old file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        return False
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def write_digest(
    stories: Iterable[Story],
    out_dir: Path,
    now: datetime,
    *,
    base_url: str = BASE_URL,
    display: Display | None = None,
    homes: Mapping[str, str] | None = None,
    limit: int = LIMIT,
) -> Report:
    """Write `digest.xml` and, for every language told in, `digest-<language>.xml`.

    A language's digest holds every story that has an article in it, led by that article.

    Args:
        stories: in any order; each becomes an entry or a problem.
        out_dir: the folder of the files.
        now: aware; nothing in the files is later, and nothing else in them depends on it.
        base_url: where `out_dir` is served; the feeds name themselves by it.
        display: names of sources in the nominative, where known (see `feeds.sentence`).
        homes: where a source is found, by identity.
        limit: entries in a feed, the newest.

    Returns:
        What was written, left alone, refused. Without any entry nothing is written: the last digest stays.

    Raises:
        ValueError: `base_url` is no absolute http(s) address.
        OSError: a file could not be written.
    """
    site = clean_url(base_url, own=True)
    if site is None:
        raise ValueError(f"base_url: {base_url!r} is no absolute http(s) address")
    site = site if site.endswith("/") else site + "/"
    problems: list[Problem] = []
    told = list(stories)
    entries = newest_first(_entries(told, now, display, homes, problems))
    editions = {
        lang: newest_first(_entries(told_in(told, lang), now, display, homes, problems))
        for lang in sorted({primary(member.article.lang) for story in told for member in story.members})
    }
    outcome: dict[str, list[Path]] = {"written": [], "unchanged": [], "refused": []}
    for name, channel, chosen in _feeds(entries, editions, site, limit):
        path = out_dir / name
        data = render_rss(channel, chosen, problems.append)
        faults = problems_of_rss(data)
        problems.extend(Problem(outlet="", url=channel.self_url, field="feed", why=why) for why in faults)
        if faults:
            outcome["refused"].append(path)
        else:
            outcome["written" if publish(path, data) else "unchanged"].append(path)
    return Report(
        entries=len(entries),
        written=tuple(outcome["written"]),
        unchanged=tuple(outcome["unchanged"]),
        refused=tuple(outcome["refused"]),
        problems=tuple(dict.fromkeys(problems)),  # an entry stands in two feeds
    )


def _entries(
    stories: Iterable[Story],
    now: datetime,
    display: Display | None,
    homes: Mapping[str, str] | None,
    problems: list[Problem],
) -> list[Entry]:
    found: list[Entry] = []
    for story in stories:
        try:
            found.append(entry_of(story, now, display=display, homes=homes))
        except (KeyError, TypeError, ValueError) as error:  # an unknown zone, a naive time, an unfit address
            lead = story.lead
            problems.append(
                Problem(
                    outlet=lead.outlet.name, url=lead.article.canonical_url, field="entry", why=str(error)
                )
            )
    return found


def told_in(stories: Iterable[Story], lang: str) -> list[Story]:
    """Give the stories told in a language, each led by an article in it.

    That is the story's own lead, else the edition of the outlet that leads, else the earliest.
    """
    found = []
    for story in stories:
        members = [member for member in story.members if primary(member.article.lang) == lang]
        lead = min(
            members,
            key=lambda member: (member is not story.lead, member.outlet.name != story.lead.outlet.name),
            default=None,
        )
        if lead is not None:
            found.append(replace(story, lead=lead))
    return found


def _feeds(
    entries: list[Entry], editions: Mapping[str, list[Entry]], site: str, limit: int
) -> Iterable[tuple[str, Channel, list[Entry]]]:
    """Give name, channel and entries of each feed; the one of all languages first."""
    if not entries:
        return
    everything = phrases(FALLBACK)
    yield "digest.xml", _channel(everything["mixed"], everything, site, "digest.xml", None), entries[:limit]
    for lang, chosen in editions.items():
        if chosen and _FILE_LANG.match(lang):
            name, formulas = f"digest-{lang}.xml", phrases(lang)
            yield name, _channel(formulas["title"], formulas, site, name, lang), chosen[:limit]


def _channel(title: str, formulas: Mapping[str, str], site: str, name: str, lang: str | None) -> Channel:
    return Channel(
        title=title,
        description=formulas["description"],
        link=site,
        self_url=urljoin(site, name),
        language=lang,
    )
