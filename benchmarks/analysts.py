"""How long the worked questions and the search take on a store of a million articles.

    python -m benchmarks.analysts [--articles 1000000] [--db FILE]

Makes the store with plain `sqlite3` (some minutes, some GB), or takes the one at FILE that an earlier run
kept, and prints the seconds of each question as it is asked by default (30 days), of each over all time,
and of searches for a rare and for a frequent word. Medians of three. The exit code is 1 where a question as
asked by default takes more than a second.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from items import OutletFacts
from pipelines.store import Desk, Store, tallies
from pipelines.store.db import open_database, to_text, writing
from pipelines.store.questions import listed
from pipelines.store.stems import joined

LIMIT: Final = 1.0  # seconds
OUTLETS: Final = 29
A_DAY: Final = 1_150  # articles of all outlets: a million are two and a half years
END: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
CHUNK: Final = 20_000
_STEMS: Final[dict[str, str]] = {}  # of the invented words, as the index holds them
_SYLLABLES: Final = "ба бе га да жа за ка кө ла лы ма мен на ни ор па ра рі са сөз та тау ұл үш ша шы".split()  # noqa: SIM905


def _vocabulary(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(40_000)]


def build(path: Path, articles: int) -> None:
    """Make a store of invented articles, each of 1.05 states, 1.6 credits, 0.5 quotes, 0.7 pictures."""
    with Store.open(path) as store:
        store.sync_outlets(
            [
                OutletFacts(
                    name=f"outlet{n}", title=f"Outlet {n}", home=f"https://o{n}.kz", hosts=(f"o{n}.kz",),
                    zone="Asia/Almaty", languages=("kk",), source=f"outlet{n}",
                )
                for n in range(OUTLETS)
            ],
            END,
        )  # fmt: skip
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executemany(
        "INSERT OR IGNORE INTO sources (key, name, first_seen) VALUES (?, ?, '2024-01-01T00:00:00Z')",
        [(f"source{n}", f"Source {n}") for n in range(900)],
    )
    connection.executemany(
        "INSERT INTO crawls (id, outlet, started_at, ended_at, outcome) VALUES (?, ?, ?, ?, 'ok')",
        [(n + 1, f"outlet{n}", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for n in range(OUTLETS)],
    )
    chance = random.Random(6)
    words = _vocabulary(chance)
    _STEMS.update((word, joined((word,), "kk")) for word in words)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    deck = chance.choices(words, weights, k=2_000_000)
    numbers = iter(range(1, articles + 1))
    began = time.perf_counter()
    while chunk := list(islice(numbers, CHUNK)):
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for number in chunk:
            for table, row in _article(number, articles, chance, deck):
                rows.setdefault(table, []).append(row)
        connection.execute("BEGIN")
        for table, many in rows.items():
            target = f"{table}{_NAMED.get(table, '')}"
            marks = ", ".join("?" * len(many[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {target} VALUES ({marks})", many)  # noqa: S608
        connection.execute("COMMIT")
        print(f"\r{chunk[-1]} articles, {time.perf_counter() - began:.0f} s", end="", file=sys.stderr)
    print(file=sys.stderr)
    connection.close()
    with closing(open_database(path)) as db, writing(db):  # what a crawl counts with every article
        tallies.fill(db)


_NAMED: Final = {
    "fetches": " (id, crawl_id, kind, url, address, at, status, size, parsed)",
    "articles": " (id, guid, outlet, url, canonical_url, lang, first_seen, last_seen)",
    "revisions": " (id, article_id, number, fetch_id, seen_at, reason, content_hash, headline, lead,"
    " published_at, published_precision, published_zone, search)",
    "stories": " (id, guid, created_at)",
    "story_members": " (article_id, story_id, joined_at, reason, evidence)",
    "article_words": " (rowid, headline, text)",
}


def _who(number: int) -> int:
    return number * 7919 % 10_007 % OUTLETS


def _article(
    number: int, articles: int, chance: random.Random, deck: list[str]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    at = END - timedelta(days=(articles - number) / A_DAY)
    told, later = to_text(at), to_text(at + timedelta(hours=5))
    who = _who(number)
    outlet, url = f"outlet{who}", f"https://o{who}.kz/kz/last/{number}"
    lang = chance.choice(("kk", "ru", "ru", "en"))
    begin = chance.randrange(len(deck) - 200)
    headline, lead = " ".join(deck[begin : begin + 8]), " ".join(deck[begin + 8 : begin + 24])
    blocks = [" ".join(deck[begin + n : begin + n + 30]) for n in (24, 54, 84)]
    text = "\n".join((headline, lead, *blocks))
    yield "fetches", (number, who + 1, "article", url, url, told, 200, 40_000, 1)
    yield "articles", (number, f"urn:uuid:{number:032x}", outlet, url, url, lang, told, told)
    yield "addresses", (url, number, told)
    states = 2 if number % 20 == 0 else 1
    for state in range(1, states + 1):
        revision = number + articles * (state - 1)
        dated = ("day" if number % 10 == 0 else "minute", "Asia/Almaty")
        yield "revisions", (
            revision, number, state, number, told if state == 1 else later,
            "new" if state == 1 else "changed: headline",
            f"{revision:064x}", headline, lead, None if number % 50 == 0 else told, *dated, text,
        )  # fmt: skip
        for n, block in enumerate(blocks, 1):
            yield "blocks", (revision, n, "paragraph", 0, block)
        yield "attributions", (revision, lang, None)
        origin = f"source{int(900 * chance.random() ** 3)}" if chance.random() < 0.6 else outlet
        if number % 2 and chance.random() < 0.4:  # the other of its story
            origin = f"outlet{_who(number - 1)}"
        chain = [(f"outlet{chance.randrange(OUTLETS)}", "relay")] if chance.random() < 0.6 else []
        for n, (source, role) in enumerate([*chain, (origin, "origin")], 1):
            yield "credits", (revision, "chain", n, source, source, role, 0.9, lead, 0, 80, "kk.told", None)
        if chance.random() < 0.5:
            name = f"{deck[begin]} {deck[begin + 1]}"
            yield "quotes", (revision, 1, name, None, blocks[1], "деді", 90, 190, name)
    if chance.random() < 0.7:
        yield "images", (number, 1, f"https://o{who}.kz/{number}.jpg", "", lead, f"Photo {number % 40}")
    story = number - number % 2 if chance.random() < 0.8 else number
    story = max(story, 1)
    yield "stories", (story, f"urn:uuid:{story:032x}", told)
    yield "story_members", (number, story, told, "same event", "")
    for kind, value in (("all", ""), ("outlet", outlet), ("language", lang), ("source", origin)):
        yield "facets", (number, kind, value, told)
    stemmed = " ".join(_STEMS[word] for word in " ".join((headline, lead, *blocks)).split())
    yield "article_words", (number, stemmed[:60], stemmed[60:])


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Give the median time of some work."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def measure(path: Path) -> int:
    """Print the table; gives the exit code."""
    slow = []
    connection = sqlite3.connect(path)
    common, rare = (
        connection.execute(
            f"SELECT substr(search, 1, instr(search, ' ') - 1) FROM revisions WHERE id = {number}"  # noqa: S608
        ).fetchone()[0]
        for number in (1, 77)
    )
    connection.close()
    with Desk.open(path) as desk:
        print(f"{'question':24} {'30 days':>9} {'rows':>7} {'all time':>9}")
        for question in listed():
            given = {"person": common} if question.needed else {}
            rows = len(list(desk.ask(question, given).rows))
            took = seconds(lambda q=question, g=given: list(desk.ask(q, g).rows))  # type: ignore[misc]
            told = f"{question.name:24} {took:8.2f}s {rows:7}"
            if "since" in question.parameters:
                whole = {**given, "since": "2000-01-01"}
                told += f" {seconds(lambda q=question, g=whole: list(desk.ask(q, g).rows), 1):8.2f}s"  # type: ignore[misc]
            print(told, flush=True)
            slow += [question.name] if took > LIMIT else []
        for words in (common, rare, f"{common} {rare}", f'"{common} {rare}"'):
            for more in ({}, {"since": END - timedelta(days=30)}, {"outlets": ("outlet1",)}):
                took = seconds(lambda w=words, m=more: desk.search(w, **m))  # type: ignore[misc]
                found = len(desk.search(words, limit=2_000_000)) if not more else ""
                print(
                    f"search {words!r:40} {', '.join(more) or 'everything':12} {took:8.3f}s {found}",
                    flush=True,
                )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"file {path.stat().st_size / 1e9:.1f} GB, peak of memory {peak} MB")
    if slow:
        print(f"more than {LIMIT:.0f} s: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def main() -> int:
    """Make the store if need be, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--db", type=Path, help="where the store is, or is to be kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "jarshy.db"
        if not path.exists():
            build(path, options.articles)
        return measure(path)


if __name__ == "__main__":
    raise SystemExit(main())
