"""The history of an edition: archived feeds by RFC 5005, section 4, so that a subscriber can page back.

An edition's stories are numbered by when they came: with the transaction that brought their first article,
or, once more, with the one that revised the article that leads them. The oldest hundred of those that no
archive holds yet become one as soon as there are two hundred; the others stand in the feed that readers
subscribe to.

An archive is never written again. What it is to hold is on record before its first file is written, so that
a run that was killed in the midst is finished with the same stories. It names no successor: that is not
there yet, and it cannot be told of it later.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from feeds.desk import Desk
from feeds.editions import Edition, Place, address
from feeds.model import Entry, History
from feeds.names import below
from feeds.publish import Format, Outcome, publish, write_edition
from feeds.reading import ENDINGS, read
from items import Problem, Story
from pipelines.store import Arrival

SIZE = 100  # stories in an archive
CATCH_UP = 10  # archives of an edition written in one run; a store older than its history takes several
_BATCH = 500  # articles looked at at once
_MOST = 20_000  # articles looked at for one archive; the next run goes on from there
_ABSENT = 1_000  # pages taken down that may yet come back

Coming = dict[str, tuple[Arrival, Story]]  # by the story's GUID, the oldest first
Waiting = tuple[int, str]  # an arrival's place in the order, and the GUID it came under


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far the history of an edition reaches."""

    archives: int = 0
    seen: int = 0  # up to where arrivals were looked at
    waiting: tuple[Waiting, ...] = ()  # those of them that stand in no archive yet, the oldest first
    absent: tuple[int, ...] = ()  # those whose page was gone when it was their turn
    begun: tuple[int, ...] = ()  # what the archive holds of which some file may be written already


@dataclass(frozen=True, slots=True, kw_only=True)
class Unarchived:
    """What no archive holds yet; nothing of it, while a store older than its history is catching up."""

    state: State
    entries: tuple[Entry, ...]


def archive(
    edition: Edition, desk: Desk, out: Path, place: Place, outcome: Outcome, formats: Sequence[str]
) -> Unarchived:
    """Write the archives that are full and not written yet; gives what stands in none.

    Raises:
        OSError: a file could not be written.
    """
    state = _read(edition, desk, out, outcome)
    coming, absent = _held(edition, desk, state)
    state = replace(state, absent=absent)
    for written in range(CATCH_UP + 1):
        full = [guid for guid, (arrival, _) in coming.items() if arrival.revision in state.begun]
        number = state.archives + 1
        if not full:
            state = _look_on(edition, desk, state, coming)
            if len(coming) < 2 * SIZE or written == CATCH_UP:
                break
            full = list(coming)[:SIZE]
            number = _free(edition, out, number)
            state = replace(state, begun=tuple(coming[guid][0].revision for guid in full))
            _keep(edition, out, state, coming)
        entries = [entry for guid in full if (entry := desk.entry(coming[guid][1]))]
        if entries and not write_edition(
            edition,
            entries,
            out,
            place,
            outcome,
            formats=formats,
            name=_name(edition, number),
            history=place_in_history(edition, number, out, place, archived=True),
        ):
            break  # what is wrong with it is told; the next run tries again
        for guid in full:
            del coming[guid]
        state = replace(state, archives=number if entries else state.archives, begun=())
        _keep(edition, out, state, coming)
    if state != State():
        _keep(edition, out, state, coming)
    caught_up = len(coming) < 2 * SIZE
    left = [entry for _, story in coming.values() if (entry := desk.entry(story))] if caught_up else []
    return Unarchived(state=state, entries=tuple(left))


def place_in_history(
    edition: Edition, number: int, out: Path, place: Place, *, archived: bool
) -> Callable[[Format], History]:
    """Give, by format, the links of archive `number`, or of the feed itself after so many archives."""

    def links(form: Format) -> History:
        def there(of: int) -> str | None:
            written = of > 0 and below(out, _name(edition, of), form.ending).is_file()
            return address(place, _name(edition, of), form.ending) if written else None

        if not archived:
            return History(prev=there(number))
        return History(
            archive=True,
            prev=there(number - 1),
            next=there(number + 1),
            current=address(place, edition.name, form.ending),
        )

    return links


def _held(edition: Edition, desk: Desk, state: State) -> tuple[Coming, tuple[int, ...]]:
    """Give what waits for an archive as it stands today, and which of it is gone from the outlet's site.

    A story that was merged into another that came before has been told with that one.
    """
    under = dict(state.waiting)
    waiting = set(under.values())
    coming: Coming = {}
    gone: list[int] = []
    held = desk.store.arrivals.again([*under, *state.absent])
    firsts = desk.firsts(edition, held) if edition.fold else {}
    for arrival, story in desk.told_of(edition, held):
        if story is None:
            gone.append(arrival.revision)
            continue
        same = under.get(arrival.revision) in ("", story.guid)
        first = firsts.get(arrival.story, arrival.article) == arrival.article
        if same or (first and story.guid not in waiting):
            coming.pop(story.guid, None)
            coming[story.guid] = (arrival, story)
    return coming, tuple(gone[-_ABSENT:])


def _look_on(edition: Edition, desk: Desk, state: State, coming: Coming) -> State:
    """Add the stories that came since, until there is an archive to write; each stands where it came last."""
    looked, seen, absent = 0, state.seen, list(state.absent)
    while looked < _MOST and len(coming) < 2 * SIZE:
        found, reached = desk.store.arrivals.onward(edition.choice, seen, _BATCH, words=edition.words)
        if reached == seen:
            break
        looked, seen = looked + _BATCH, reached
        told = desk.told_of(edition, found)
        absent += [arrival.revision for arrival, story in told if story is None]
        for arrival, story in desk.arrived(edition, told):
            coming.pop(story.guid, None)
            coming[story.guid] = (arrival, story)
    return replace(state, seen=seen, absent=tuple(absent[-_ABSENT:]), begun=())


def _free(edition: Edition, out: Path, number: int) -> int:
    """Give the first number from `number` on that no file bears: whatever is there stays as it is."""
    while any(below(out, _name(edition, number), ending).exists() for ending in ENDINGS):
        number += 1
    return number


def _name(edition: Edition, number: int) -> str:
    return f"history/{edition.name}/{number}"


def _state_file(edition: Edition, out: Path) -> Path:
    return below(out, f"history/{edition.name}/state", ".json")


def _read(edition: Edition, desk: Desk, out: Path, outcome: Outcome) -> State:
    """Give how far the archives reach; without a word of it, or with a spoilt one, by what they hold."""
    path = _state_file(edition, out)
    if not path.is_file():
        return _recovered(desk, path.parent)
    try:
        return _state(json.loads(path.read_text(encoding="utf-8")), desk)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{path}: {error!r}; the history goes on behind the archives that are there"
        outcome.problems.append(Problem(outlet="", url=edition.name, field="history", why=why))
        return _recovered(desk, path.parent)


def _state(held: Any, desk: Desk) -> State:
    """Read a state. The first ones told places by time and article."""
    if isinstance(held["seen"], list):
        at, article = held["seen"]
        places = [desk.store.arrivals.state_at(int(article), str(at)) for at, article in held["waiting"]]
        seen = desk.store.arrivals.formerly(str(at), int(article))
        known = [place for place in places if place is not None]
        waiting = tuple((place, "") for place in known)
        return State(archives=int(held["archives"]), seen=max([seen, *known]), waiting=waiting)
    return State(
        archives=int(held["archives"]),
        seen=int(held["seen"]),
        waiting=tuple((int(place), str(guid)) for place, guid in held["waiting"]),
        absent=tuple(int(place) for place in held["absent"]),
        begun=tuple(int(place) for place in held["begun"]),
    )


def _recovered(desk: Desk, folder: Path) -> State:
    """Give a state by the archives alone: what came no later than the stories of the newest is in them."""
    numbers = [int(path.stem) for path in folder.glob("*") if path.stem.isdigit() and path.suffix in ENDINGS]
    newest = max(numbers, default=0)
    guids: set[str] = set()
    for ending in ENDINGS if newest else ():
        with contextlib.suppress(OSError, ValueError):
            guids |= {entry.guid for entry in read(folder / f"{newest}{ending}").entries}
    return State(archives=newest, seen=desk.store.arrivals.came(guids))


def _keep(edition: Edition, out: Path, state: State, coming: Coming) -> None:
    waiting = [(arrival.revision, guid) for guid, (arrival, _) in coming.items()]
    told = {
        "archives": state.archives,
        "seen": state.seen,
        "waiting": waiting,
        "absent": state.absent,
        "begun": state.begun,
    }
    publish(_state_file(edition, out), (json.dumps(told) + "\n").encode())
