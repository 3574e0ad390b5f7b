"""What a run says: progress and tables on a terminal, one `key=value` line an event elsewhere."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from feeds.verbs.streams import tell
from items import Page
from pipelines.outcome import tally
from pipelines.store import Health, OutletStatus, Store
from spiders.support.visible import quoted

if TYPE_CHECKING:  # they load the crawler, which `status` has no need of
    from pipelines.runner import Crawled
    from pipelines.trial import FieldCount
    from spiders.base import OutletSpider

_STYLES = {"ok": "green", "partial": "yellow", "failed": "bold red", "interrupted": "yellow"}
_STATES = {"well": "green", "ill": "bold red", "retired": "dim"}
_SAMPLE = 60  # characters


class Board:
    """The progress of a crawl, one line an outlet, while its context lasts; silent where no terminal is."""

    def __init__(self, outlets: Sequence[str], totals: Mapping[str, int] | None = None) -> None:
        """`totals`: pages an outlet, where that is known before."""
        self._totals = dict(totals or {})
        self._live = sys.stderr.isatty()
        self._counts: dict[str, Counter[str]] = {outlet: Counter() for outlet in outlets}
        self._tasks: dict[str, TaskID] = {}
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<14}"),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not self._live,
        )

    @property
    def log_level(self) -> str:
        """The log that goes with it: what is wrong; the rest is told here."""
        return "ERROR" if self._live else "WARNING"

    def __enter__(self) -> Self:
        self._bars.start()
        for outlet in self._counts:
            self._tasks[outlet] = self._bars.add_task(outlet, total=self._totals.get(outlet), told="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def progress(self, outlet: str, page: Page) -> None:
        """Count a page that is stored."""
        counts = self._counts[outlet]
        counts.update(tally(page))
        told = f"{counts['read']} articles, {counts['listings']} listing pages, {counts['failed']} failed"
        self._bars.update(self._tasks[outlet], told=told, completed=counts["pages"])

    def finish(self, results: Iterable[Crawled]) -> None:
        """Tell what came of every outlet."""
        for result in results:
            counts = result.counts
            facts = {
                name: counts.get(name, 0) for name in ("new", "revised", "not_modified", "failed", "gone")
            }
            if self._live:
                told = ", ".join(
                    f"{count} {name.replace('_', ' ')}" for name, count in facts.items() if count
                )
                style = _STYLES.get(result.outcome, "")
                self._bars.update(
                    self._tasks[result.outlet],
                    total=1,
                    completed=1,
                    told=f"[{style}]{result.outcome}[/]: {told or 'nothing new'} ({result.why})",
                )
            else:
                told_of("crawl", outlet=result.outlet, outcome=result.outcome, why=result.why, **facts)


def told_of(event: str, **facts: object) -> None:
    """Print one event as `event=… key=value …` on standard output; texts with blanks are quoted."""
    tell(
        " ".join([f"event={event}", *(f"{key}={_value(value)}" for key, value in facts.items())]), sys.stdout
    )


def show_status(
    found: Sequence[OutletStatus], states: Mapping[str, Health], *, as_json: bool = False
) -> None:
    """Print how the outlets do: a table, one line each where no terminal is, or a JSON array."""
    rows = [_status_row(status, states.get(status.outlet)) for status in found]
    if as_json:
        counted = [
            {**row, "not_before": _time(status.not_before), "counts": dict(status.counts)}
            for row, status in zip(rows, found, strict=True)
        ]
        print(json.dumps(counted, ensure_ascii=False, indent=1))
    else:
        _table("Outlets (times in UTC)", rows)


def _status_row(status: OutletStatus, health: Health | None) -> dict[str, Any]:
    """Give what is told of an outlet. `found` is what its last `days` brought, `habit` what is usual."""
    return {
        "outlet": status.outlet,
        "state": health.state if health else None,
        "since": _time(health.since) if health else None,
        "why": health.why if health else None,
        "last_success": _time(health.last_success) if health else None,
        "next_try": _time(_next_try(status, health)),
        "newest": _time(status.newest),
        "found": health.found if health else None,
        "habit": health.habit if health else None,
        "days": health.span_days if health else None,
        "outcome": status.outcome or ("running" if status.started_at else "never crawled"),
        "started": _time(status.started_at),
        "articles": status.articles,
        "problems": status.problems,
    }


def _next_try(status: OutletStatus, health: Health | None) -> datetime | None:
    """Before then a run leaves the outlet alone: it failed too often, or asked for it."""
    return max(filter(None, (status.not_before, health.next_try if health else None)), default=None)


def show_outlets(prepared: Sequence[type[OutletSpider]]) -> None:
    """Print the outlets that are prepared. `live`: whether its pages were ever seen live."""
    _table(
        "Outlets",
        [
            {
                "outlet": each.name,
                "title": each.title,
                "home": each.home,
                "languages": " ".join(each.languages),
                "terms": each.terms,
                "zone": each.zone,
                "live": "yes" if each.confidence == "seen" else "no",
                "confidence": each.confidence,
            }
            for each in prepared
        ],
    )


def show_fields(outlet: str, counted: Sequence[FieldCount], pages: int) -> None:
    """Print how each field did on so many pages of an outlet."""
    rows = [
        {
            "field": each.name,
            "found": f"{each.found} of {pages}",
            "by": ", ".join(f"{means} {count}" for means, count in each.means.items()),
            "sample": f"{each.sample[:_SAMPLE]}…" if len(each.sample) > _SAMPLE else each.sample,
        }
        for each in counted
    ]
    _table(f"{outlet}: what {pages} pages gave", rows, event="field")


def show_settings(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print settings with their values, as the file would have them, and where these came from."""
    plain = [
        {
            "setting": row["setting"],
            "value": json.dumps(row["value"], ensure_ascii=False, default=str),
            "from": row["from"],
        }
        for row in rows
    ]
    _table("Settings", plain, event="setting")


def show_demo(db: Path, out: Path, requests: int) -> None:
    """Print what the demonstration brought, and what to type next."""
    with Store.open(db, readonly=True) as store:
        counts = store.counts(top=3)
        new = {status.outlet: status.counts.get("new", 0) for status in store.outlet_status()}
        revised = sum(status.counts.get("revised", 0) for status in store.outlet_status())
    credited = ", ".join(f"{name} ({n})" for _, name, n in counts.credited)
    fresh = sum(new.values())
    console = Console(highlight=False, soft_wrap=True)
    console.print()
    console.print(f"[bold]{counts.articles}[/] articles in [bold]{counts.stories}[/] stories")
    if fresh == counts.articles:
        console.print(f"new in this run: all of them, by {requests} requests")
    else:
        console.print(f"new in this run: {fresh}, revised: {revised}, by {requests} requests")
    console.print(f"credited most: {credited}")
    console.print(f"the page: {out / 'index.html'}")
    console.print(f"the feed: {out / 'digest.xml'} (also .atom, .json)")
    console.print(f"all feeds: {out / 'feeds.opml'} ({_feeds(out)} by language, outlet and topic)")
    console.print(f"the store: {db}")
    console.print()
    console.print("next:")
    console.print("  .venv/bin/jarshy serve               the page, at http://127.0.0.1:8000/")
    console.print("  make demo                            again: how little is new")
    console.print("  .venv/bin/jarshy demo --state 2      the day after, with a correction")
    console.print("  .venv/bin/jarshy status              how the outlets do")
    console.print("  .venv/bin/jarshy run                 the live outlets (set JARSHY_CONTACT first)")


def _feeds(out: Path) -> int:
    """Count the editions that the list names, beside the one of everything."""
    listed = out / "feeds.opml"
    return listed.read_text(encoding="utf-8").count("xmlUrl=") - 1 if listed.is_file() else 0


def _table(title: str, rows: Sequence[dict[str, Any]], *, event: str = "outlet") -> None:
    if not sys.stdout.isatty():
        for row in rows:
            told_of(event, **{("name" if key == event else key): value for key, value in row.items()})
        return
    table = Table(title=title)
    for name in rows[0] if rows else ():
        table.add_column(name)
    for row in rows:
        style = _STATES.get(str(row.get("state")), "") or _STYLES.get(str(row.get("outcome")), "")
        table.add_row(*(str("" if value is None else value) for value in row.values()), style=style)
    Console().print(table)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _value(value: object) -> str:
    text = "" if value is None else str(value)
    return text if text and text.isprintable() and not set(' "=') & set(text) else quoted(text)
