"""From the store to the feeds' files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feeds.desk import Desk, outlets_of
from feeds.editions import EVERYTHING, Edition, Kind, Place, editions
from feeds.history import archive, place_in_history
from feeds.ledger import NAME as LEDGER
from feeds.ledger import Ledger
from feeds.model import Entry
from feeds.opml import NAME, problems_of_opml, render_opml
from feeds.page.days import days_of
from feeds.page.site import write_pages
from feeds.page.volumes import volumes
from feeds.plain import one_line
from feeds.publish import FORMATS, Outcome, Report, place_of, publish, write_edition
from feeds.sentence import phrases
from feeds.settings import FeedSettings
from items import Credit, Problem
from pipelines.attribution.identity import directory
from pipelines.store import Store
from pipelines.text.topics import topics

_LANGUAGES_FIRST = ("kk", "ru", "en")  # then the others, by their letters


def write(db: Path, out: Path, settings: FeedSettings, now: datetime) -> Report:
    """Write every edition of what the store holds, the list of them, and the pages.

    Sources bear the names that the register of sources has for them, in the language of the entry. An edition
    without an entry is not written: its last files stay.

    Raises:
        FileNotFoundError: There is no store.
        pipelines.store.SchemaMismatch: It is of another version.
        sqlite3.Error: It cannot be read.
        ValueError: An address in `settings` is no absolute http(s) address.
        OSError: A file could not be written.
    """
    place = place_of(settings.base_url, [settings.hub] if settings.hub else (), settings.authority)
    sources = directory().sources
    homes = {key: f"https://{source.hosts[0]}" for key, source in sources.items() if source.hosts}
    outcome = Outcome(ledger=Ledger(out))
    with Store.open(db, readonly=True) as store:
        desk = Desk(store=store, now=now, display=display_name, homes=homes, problems=outcome.problems)
        outcome.problems.extend(_strangers(settings, store))
        published: dict[Edition, list[Entry]] = {}
        for edition in _editions(store, settings):
            entries = _write(edition, desk, out, place, settings, outcome)
            if entries:
                published[edition] = entries
        _write_list(published, out, place, settings, outcome)
        shown = volumes(
            desk, published, lang=settings.language, limit=settings.limit, formats=settings.formats
        )
        pages = write_pages(
            desk,
            shown,
            days_of(store),
            out,
            opml=NAME if published else "",
            title=one_line(settings.title or ""),
        )
    if outcome.ledger and published:
        publish(out / LEDGER, outcome.ledger.data())
    report = outcome.report(
        next((len(found) for edition, found in published.items() if edition.name == EVERYTHING), 0)
    )
    return replace(
        report,
        written=(*report.written, *pages.written),
        unchanged=(*report.unchanged, *pages.unchanged),
    )


def display_name(credit: Credit, lang: str) -> str | None:
    """Give the name of a credit's source in the nominative of `lang`, where the register has one."""
    source = directory().sources.get(credit.source)
    return None if source is None else source.names.get(lang)


def _strangers(settings: FeedSettings, store: Store) -> list[Problem]:
    """Give a problem for each outlet that a search names and that there is not: a slip of the pen."""
    known = store.outlets()
    return [
        Problem(outlet=name, url=search.name, field="search", why=f"no outlet is called {name}")
        for search in settings.searches
        for name in search.choice.outlets
        if name not in known
    ]


def _editions(store: Store, settings: FeedSettings) -> list[Edition]:
    languages = sorted(
        (code for code in store.facet_values("language") if code.isascii() and code.isalpha()),
        key=lambda code: (
            _LANGUAGES_FIRST.index(code) if code in _LANGUAGES_FIRST else len(_LANGUAGES_FIRST),
            code,
        ),
    )
    filed = store.facet_values("topic")
    return editions(
        languages=languages,
        outlets=outlets_of(store),
        topics=[topic for topic in topics() if topic in filed],
        searches=settings.searches,
        kinds=settings.editions,
        title=settings.title,
        lang=settings.language,
        fold=settings.fold,
    )


def _write(
    edition: Edition, desk: Desk, out: Path, place: Place, settings: FeedSettings, outcome: Outcome
) -> list[Entry]:
    """Write an edition's feeds, and its archives before them; gives its entries."""
    entries = {entry.guid: entry for entry in desk.entries(edition, settings.limit)}
    history = None
    if edition.kind in settings.history:
        left = archive(edition, desk, out, place, outcome, settings.formats)
        entries = {**{entry.guid: entry for entry in left.entries}, **entries}
        history = place_in_history(edition, left.state.archives, out, place, archived=False)
    found = list(entries.values())
    write_edition(
        edition,
        found,
        out,
        place,
        outcome,
        rhythm=desk.rhythm(edition),
        formats=settings.formats,
        history=history,
    )
    return found


def _write_list(
    published: dict[Edition, list[Entry]],
    out: Path,
    place: Place,
    settings: FeedSettings,
    outcome: Outcome,
) -> None:
    if not published:
        return
    words = phrases(settings.language)
    headings: dict[Kind, str] = {
        "everything": words["mixed"],
        "language": words["languages"],
        "outlet": words["outlets"],
        "topic": words["topics"],
        "search": words["searches"],
    }
    data = render_opml(
        published,
        place,
        settings.title or words["mixed"],
        headings,
        form=FORMATS[settings.formats[0]],
        changed=max(entry.updated for entries in published.values() for entry in entries),
    )
    faults = problems_of_opml(data)
    outcome.problems.extend(Problem(outlet="", url=NAME, field="feed", why=why) for why in faults)
    files = outcome.refused if faults else outcome.written if publish(out / NAME, data) else outcome.unchanged
    files.append(out / NAME)
