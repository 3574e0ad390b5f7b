"""What was read of archives, into a store: as a replay of the same files would have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from items import OutletFacts, Page
from pipelines.archive import keeping
from pipelines.archive.plan import is_address
from pipelines.archive.shelf import Shelf
from pipelines.fold import settle
from pipelines.replay import label_of
from pipelines.store import Store
from spiders.support.recorded import RecordedFetch


class NoArchive(ValueError):  # noqa: N818 - what the folder is
    """A folder holds nothing that `jarshy archive` wrote; the message names it."""


def load(
    root: Path,
    db: Path,
    archives: Path,
    declared: dict[str, OutletFacts],
    told: Callable[[str, Counter[str]], None],
) -> Counter[str]:
    """Put what is in a folder into a store that is prepared, and settle it; gives the counts.

    The same again changes nothing. A load that was stopped goes on where it was.

    Args:
        root: the folder that `jarshy archive` wrote: of its tasks those that are whole.
        db: the store.
        archives: the folder of the store's own recordings.
        declared: facts of the outlets, by name.
        told: told of each group when it is stored.

    Raises:
        NoArchive: as it says.
        OSError, sqlite3.Error: what was stored before stands.
    """
    shelf = Shelf(root)
    groups = shelf.pages()
    if not groups:
        raise NoArchive(f"{root} holds nothing that jarshy archive wrote")
    counts: Counter[str] = Counter()
    with Store.open(db) as store:
        for group, files in groups.items():
            pages = _labelled(keeping.ordered(root, files), archives)
            kept = keeping.keep(store, pages, declared, now=lambda _: datetime.now(UTC))
            told(group, kept)
            counts += kept
        counts["joined"] = settle(store)
    return counts


def _labelled(pages: Iterator[Page], archives: Path) -> Iterator[Page]:
    """Name the files of pages as the store does."""
    for page in pages:
        fetch = page.fetch
        if isinstance(fetch, RecordedFetch) and not is_address(fetch.archive_file):
            label = label_of(Path(fetch.archive_file), archives)
            page = replace(page, fetch=replace(fetch, archive_file=label))
        yield page
