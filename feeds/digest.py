"""From the store to the feeds' files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feeds.page.days import days_of
from feeds.page.site import write_pages
from feeds.publish import LIMIT, Report, write_digest
from items import Credit
from pipelines.attribution.identity import directory
from pipelines.store import Store


def write(db: Path, out: Path, base_url: str, now: datetime) -> Report:
    """Write the digest of what the store holds; see `feeds.publish.write_digest`, which this feeds.

    Sources bear the names that the register of sources has for them, in the language of the entry.

    Raises:
        FileNotFoundError: There is no store.
        pipelines.store.SchemaMismatch: It is of another version.
        sqlite3.Error: It cannot be read.
        ValueError: `base_url` is no absolute http(s) address.
        OSError: A file could not be written.
    """
    sources = directory().sources
    homes = {key: f"https://{source.hosts[0]}" for key, source in sources.items() if source.hosts}
    with Store.open(db, readonly=True) as store:
        stories = store.stories(LIMIT)
        report = write_digest(stories, out, now, base_url=base_url, display=display_name, homes=homes)
        pages = write_pages(stories, days_of(store), out, now, display=display_name, homes=homes)
    return replace(
        report,
        written=(*report.written, *pages.written),
        unchanged=(*report.unchanged, *pages.unchanged),
        problems=tuple(dict.fromkeys((*report.problems, *pages.problems))),
    )


def display_name(credit: Credit, lang: str) -> str | None:
    """Give the name of a credit's source in the nominative of `lang`, where the register has one."""
    source = directory().sources.get(credit.source)
    return None if source is None else source.names.get(lang)
