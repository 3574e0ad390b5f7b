"""The files of the editions: whole or not at all, and untouched while nothing in them has changed."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from feeds.atom import render_atom
from feeds.atom_rules import problems_of_atom
from feeds.editions import Edition, Place, address, channel_of
from feeds.isolate import Tell
from feeds.json_feed import render_json
from feeds.json_rules import problems_of_json
from feeds.ledger import Ledger, mark_of
from feeds.model import Channel, Entry, History, newest_first
from feeds.names import below
from feeds.plain import clean_url
from feeds.rhythm import Rhythm
from feeds.rss import render_rss
from feeds.validate import problems_of_rss
from items import Problem

BASE_URL = "http://localhost/"  # where the feeds are served, when no setting says it
LIMIT = 200  # entries in a feed, the newest
_MODE = 0o644
_LEFT = 3600.0  # seconds after which a file half written is nobody's any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a feed, and to tell whether it may be published."""

    name: str  # "atom"
    ending: str  # of its files: ".atom"
    media_type: str
    render: Callable[[Channel, Iterable[Entry], Tell | None], bytes]
    problems: Callable[[bytes], list[str]]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="rss",
            ending=".xml",  # as it has been from the beginning
            media_type="application/rss+xml",
            render=render_rss,
            problems=problems_of_rss,
        ),
        Format(
            name="atom",
            ending=".atom",
            media_type="application/atom+xml",
            render=render_atom,
            problems=problems_of_atom,
        ),
        Format(
            name="json",
            ending=".json",
            media_type="application/feed+json",
            render=render_json,
            problems=problems_of_json,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a publication. A feed with problems of its own is `refused`, and its old file stays."""

    entries: int  # of everything
    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    refused: tuple[Path, ...]
    problems: tuple[Problem, ...]
    changed: tuple[str, ...] = ()  # the addresses of the feeds that were written, archives left out


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of the files so far."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    ledger: Ledger | None = None  # what was published before

    def report(self, entries: int) -> Report:
        """Give the report; each problem once, in however many feeds it was met."""
        return Report(
            entries=entries,
            written=tuple(self.written),
            unchanged=tuple(self.unchanged),
            refused=tuple(self.refused),
            problems=tuple(dict.fromkeys(self.problems)),
            changed=tuple(self.changed),
        )


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
    _sweep(path)
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


def _sweep(path: Path) -> None:
    """Remove what runs that were killed in the midst of writing this file left beside it."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        with contextlib.suppress(FileNotFoundError):
            if abs(time.time() - left.stat().st_mtime) > _LEFT:
                left.unlink()


def place_of(base_url: str, hubs: Sequence[str] = (), authority: str | None = None) -> Place:
    """Give where the feeds are served.

    Raises:
        ValueError: `base_url`, or a hub, is no absolute http(s) address.
    """
    site = clean_url(base_url, own=True)
    if site is None:
        raise ValueError(f"base_url: {base_url!r} is no absolute http(s) address")
    for hub in hubs:
        if clean_url(hub, own=True) is None:
            raise ValueError(f"hub: {hub!r} is no absolute http(s) address")
    return Place(site=site if site.endswith("/") else site + "/", hubs=tuple(hubs), authority=authority)


def write_edition(
    edition: Edition,
    entries: Iterable[Entry],
    out: Path,
    place: Place,
    outcome: Outcome,
    *,
    rhythm: Rhythm | None = None,
    formats: Sequence[str] = tuple(FORMATS),
    name: str | None = None,
    history: Callable[[Format], History] | None = None,
) -> bool:
    """Write an edition in every format; a document that is not valid is refused, and its old file stays.

    Args:
        edition: what it is.
        entries: in any order; without any, nothing is written.
        out: the folder of the feeds.
        place: where that is served.
        outcome: what became of each file is added to it.
        rhythm: when readers had better ask.
        formats: by name, of `FORMATS`.
        name: of the files, where they are not the edition's own but an archive of it.
        history: gives the document's place in the archived feed, by its format.

    Returns:
        Whether all of them may stand as they are now.

    Raises:
        OSError: a file could not be written.
    """
    told = newest_first(entries)
    good = True
    for form in (FORMATS[each] for each in formats if told):
        path = below(out, name or edition.name, form.ending)
        if name is not None and path.is_file():
            outcome.unchanged.append(path)  # an archive is never written again
            continue
        url = address(place, name or edition.name, form.ending)
        channel = channel_of(edition, place, url, rhythm, history(form) if history else None)
        ledger = outcome.ledger if name is None else None
        mark = mark_of(form.name, channel, told) if ledger else ""
        if ledger and ledger.stands(path, mark):
            outcome.unchanged.append(path)
            continue
        before = len(outcome.problems)
        data = form.render(channel, told, outcome.problems.append)
        faults = form.problems(data)
        outcome.problems.extend(Problem(outlet="", url=url, field="feed", why=why) for why in faults)
        if faults:
            good = False
            outcome.refused.append(path)
            continue
        if publish(path, data):
            outcome.written.append(path)
            outcome.changed.extend([url] if name is None else [])
        else:
            outcome.unchanged.append(path)
        if ledger and len(outcome.problems) == before:  # what is wrong is told in every publication
            ledger.note(path, mark)
    return good
