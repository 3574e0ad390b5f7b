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
from pipelines.store import Pick

SIZE = 100  # stories in an archive
CATCH_UP = 10  # archives of an edition written in one run; a store older than its history takes several
_BATCH = 500  # articles read at once
_MOST = 5_000  # articles read for one archive; a story with more is no story


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far the archives of an edition reach."""

    archives: int = 0
    at: str = ""  # when the last article that went into one changed, as the store writes times
    article: int = 0  # its number in the store


@dataclass(frozen=True, slots=True, kw_only=True)
class Unarchived:
    """What no archive holds yet. `complete`: it is all of it."""

    state: State
    entries: tuple[Entry, ...]
    complete: bool


def archive(
    edition: Edition, desk: Desk, out: Path, place: Place, outcome: Outcome, formats: Sequence[str]
) -> Unarchived:
    """Write the archives that are full and not written yet; gives what stands in none.

    Raises:
        OSError: a file could not be written.
    """
    state = _read(edition, out, outcome)
    coming = _coming(edition, desk, state)
    for _ in range(CATCH_UP):
        if len(coming) < 2 * SIZE:
            break
        full = coming[:SIZE]
        last = full[-1][0]
        entries = [entry for _, story in full if (entry := desk.entry(story))]
        new = State(archives=state.archives + 1, at=last.changed_at, article=last.article)
        if entries and not write_edition(
            edition,
            entries,
            out,
            place,
            outcome,
            formats=formats,
            name=_name(edition, new.archives),
            history=place_in_history(edition, new.archives, out, place, archived=True),
        ):
            break  # what is wrong with it is told; the next run tries again
        state = new if entries else replace(new, archives=state.archives)
        _keep(edition, out, state)
        coming = _coming(edition, desk, state)
    complete = len(coming) < 2 * SIZE
    left = [entry for _, story in coming if (entry := desk.entry(story))] if complete else []
    return Unarchived(state=state, entries=tuple(left), complete=complete)


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


def _coming(edition: Edition, desk: Desk, state: State) -> list[tuple[Pick, Story]]:
    """Give the stories that came after the last archive, the oldest first, each where it came last.

    At most two archives' worth, which tells whether there is one to write.
    """
    found: dict[str, tuple[Pick, Story]] = {}
    after, read = (state.at, state.article), 0
    while read < _MOST and len(found) < 2 * SIZE:
        picks = desk.store.picks(edition.choice, _BATCH, words=edition.words, fold=False, after=after)
        if not picks:
            break
        read, after = read + len(picks), (picks[-1].changed_at, picks[-1].article)
        for pick, story in desk.arrivals(edition, picks):
            if len(found) < 2 * SIZE:
                found.pop(story.guid, None)
                found[story.guid] = (pick, story)
    return list(found.values())


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
        return State(archives=int(held["archives"]), at=str(held["at"]), article=int(held["article"]))
    except (ValueError, KeyError, TypeError) as error:
        why = f"{path}: {error!r}; the history begins anew"
        outcome.problems.append(Problem(outlet="", url=edition.name, field="history", why=why))
        return State()


def _keep(edition: Edition, out: Path, state: State) -> None:
    told = {"archives": state.archives, "at": state.at, "article": state.article}
    publish(_state_file(edition, out), (json.dumps(told) + "\n").encode())
