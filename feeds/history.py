"""The history of an edition: archived feeds by RFC 5005, section 4, so that a subscriber can page back.

An edition's stories are numbered by when they came: when its first article was seen, or, once more, when the
article that leads it was revised. The oldest hundred of those that no archive holds yet become one as soon as
there are two hundred; the others stand in the feed that readers subscribe to. An archive is never written
again. Its successor's name is known before there is one, so `next-archive` of the newest leads to an address
that is not served yet, as the RFC allows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feeds.desk import Desk
from feeds.editions import Edition, Place, address
from feeds.model import Entry, History
from feeds.names import below
from feeds.publish import Format, Outcome, publish, write_edition
from items import Problem, Story
from pipelines.store import Pick, Position

SIZE = 100  # stories in an archive
CATCH_UP = 10  # archives of an edition written in one run; a store older than its history takes several
_BATCH = 500  # articles read at once
_MOST = 20_000  # articles looked at for one archive; the next run goes on from there

Coming = dict[str, tuple[Pick, Story]]  # by the story's GUID, the oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far the history of an edition reaches."""

    archives: int = 0
    seen: Position = ("", 0)  # up to where articles were looked at
    waiting: tuple[Position, ...] = ()  # those of them that stand in no archive yet, the oldest first


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
    state = _read(edition, out, outcome)
    coming = _held(edition, desk, state)
    for written in range(CATCH_UP + 1):
        state = _look_on(edition, desk, state, coming)
        full = list(coming.values())[:SIZE]
        if len(coming) < 2 * SIZE or written == CATCH_UP:
            break
        entries = [entry for _, story in full if (entry := desk.entry(story))]
        number = state.archives + 1
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
        for _, story in full:
            del coming[story.guid]
        state = replace(state, archives=number if entries else state.archives)
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
            next=address(place, _name(edition, number + 1), form.ending),
            current=address(place, edition.name, form.ending),
        )

    return links


def _held(edition: Edition, desk: Desk, state: State) -> Coming:
    """Give what waited for an archive the last time, as it stands today."""
    coming: Coming = {}
    for pick, story in desk.arrivals(edition, desk.store.picks_again(state.waiting)):
        coming[story.guid] = (pick, story)
    return coming


def _look_on(edition: Edition, desk: Desk, state: State, coming: Coming) -> State:
    """Add the stories that came since, until there is an archive to write; each stands where it came last."""
    read, seen = 0, state.seen
    while read < _MOST and len(coming) < 2 * SIZE:
        picks, reached = desk.store.picks_onward(edition.choice, seen, _BATCH, words=edition.words)
        if reached == seen:
            break
        read, seen = read + _BATCH, reached
        for pick, story in desk.arrivals(edition, picks):
            coming.pop(story.guid, None)
            coming[story.guid] = (pick, story)
    return replace(state, seen=seen)


def _name(edition: Edition, number: int) -> str:
    return f"history/{edition.name}/{number}"


def _state_file(edition: Edition, out: Path) -> Path:
    return below(out, f"history/{edition.name}/state", ".json")


def _read(edition: Edition, out: Path, outcome: Outcome) -> State:
    """Give how far the archives reach; without a word of it, or with a spoilt one, they begin anew."""
    path = _state_file(edition, out)
    if not path.is_file():
        return State()
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        waiting = tuple((str(at), int(article)) for at, article in held["waiting"])
        at, article = held["seen"]
        return State(archives=int(held["archives"]), seen=(str(at), int(article)), waiting=waiting)
    except (ValueError, KeyError, TypeError) as error:
        why = f"{path}: {error!r}; the history begins anew"
        outcome.problems.append(Problem(outlet="", url=edition.name, field="history", why=why))
        return State()


def _keep(edition: Edition, out: Path, state: State, coming: Coming) -> None:
    waiting = [(pick.changed_at, pick.article) for pick, _ in coming.values()]
    told = {"archives": state.archives, "seen": state.seen, "waiting": waiting}
    publish(_state_file(edition, out), (json.dumps(told) + "\n").encode())
