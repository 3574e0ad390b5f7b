"""What a feed of 100 stories costs out of a large store, as a ratio to the same out of a small one.

Two stores are made by SQL, of 2,000 and of 200,000 invented articles by 19 outlets in three languages; of
each the same editions are written in all three formats, five times, and the medians compared. What SQLite
itself did is counted beside it: its steps depend on no clock.

    python -m benchmarks.publish
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from feeds.desk import Desk
from feeds.editions import Edition
from feeds.publish import Outcome, place_of, write_edition
from items import OutletFacts
from pipelines.store import Choice, Store, Words
from pipelines.wordforms import Finder

SMALL, LARGE = 2_000, 200_000
LIMIT = 100  # stories in the feed
RUNS = 5
ALLOWED = 1.5  # of the large store's cost to the small one's
NOW = datetime(2027, 1, 1, tzinfo=UTC)
OUTLETS = 19  # so that each has its hundred articles in the small store too
TICK = 100  # of SQLite's steps

# An article a minute, back from NOW: every second one joins the story of the one before it.
_FILL = """
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY, at TEXT, outlet TEXT, lang TEXT, topic TEXT, words TEXT);
WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < :size)
INSERT INTO n SELECT i, strftime('%Y-%m-%dT%H:%M:%SZ', '2027-01-01', format('-%d minutes', :size - i + 1)),
    format('outlet%d', i % 19), CASE i % 3 WHEN 0 THEN 'kk' WHEN 1 THEN 'ru' ELSE 'en' END,
    CASE i % 7 WHEN 0 THEN 'economy' WHEN 1 THEN 'sport' ELSE 'politics' END,
    CASE WHEN i % 11 = 0 THEN 'мұнай бағасы' ELSE 'астық бағасы' END FROM c;
INSERT INTO crawls SELECT 1, 'outlet0', '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'ok';
INSERT INTO fetches (id, crawl_id, kind, url, address, at, status, size, parsed)
    VALUES (1, 1, 'listing', 'https://e.kz/', 'https://e.kz/', '2027-01-01T00:00:00Z', 200, 0, 1);
INSERT INTO articles (id, guid, outlet, url, canonical_url, lang, section, first_seen, last_seen)
    SELECT i, format('urn:uuid:00000000-0000-4000-8000-%012d', i), outlet,
           format('https://%s.kz/%d', outlet, i), format('https://%s.kz/%d', outlet, i),
           lang, topic, at, at FROM n;
INSERT INTO addresses SELECT canonical_url, id, first_seen FROM articles;
INSERT INTO revisions (id, article_id, number, fetch_id, seen_at, reason, content_hash, headline, lead,
                       published_at, published_precision, published_zone, published_raw, search)
    SELECT i, i, 1, 1, at, 'new', hex(i), format('Жаңалық %d: %s', i, words), 'Қысқаша мазмұны.', at,
           'minute', 'Asia/Almaty', at,
           format('жаналык %d %s', i, CASE WHEN i % 11 = 0 THEN 'мунай' ELSE 'астык' END) FROM n;
INSERT INTO blocks SELECT n.i, b.value, 'paragraph', 0,
    format('%d-абзац: елде кезекті жоба іске қосылды, деп хабарлады министрліктің баспасөз қызметі.', b.value)
    FROM n, (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS b;
INSERT INTO attributions SELECT i, lang, NULL FROM n;
INSERT INTO credits SELECT i, 'chain', 1, outlet, outlet, 'origin', 0.9, '', 0, 0, 'own', NULL FROM n;
INSERT INTO stories (id, guid, created_at)
    SELECT i, format('urn:uuid:11111111-0000-4000-8000-%012d', i), at FROM n
    WHERE i % 2 = 1;
INSERT INTO story_members (article_id, story_id, joined_at, reason, evidence)
    SELECT i, i - (i + 1) % 2, at, 'same event', '' FROM n;
INSERT INTO facets SELECT i, 'all', '', at FROM n;
INSERT INTO facets SELECT i, 'language', lang, at FROM n;
INSERT INTO facets SELECT i, 'outlet', outlet, at FROM n;
INSERT INTO facets SELECT i, 'topic', topic, at FROM n;
INSERT INTO facets SELECT i, 'source', outlet, at FROM n;
INSERT INTO facets SELECT i, 'first-hand', '', at FROM n;
ANALYZE;
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one edition: seconds of processor time, and hundreds of SQLite's steps."""

    seconds: float
    steps: int


def outlets() -> list[OutletFacts]:
    """Give the invented outlets."""
    return [
        OutletFacts(
            name=f"outlet{number}",
            title=f"Outlet {number}",
            home=f"https://outlet{number}.kz",
            hosts=(f"outlet{number}.kz",),
            zone="Asia/Almaty",
            languages=("kk", "ru", "en"),
            source=f"outlet{number}",
        )
        for number in range(OUTLETS)
    ]


def make(path: Path, size: int) -> None:
    """Make a store of `size` articles."""
    with Store.open(path) as store:
        store.sync_outlets(outlets(), NOW)
    connection = sqlite3.connect(path)
    for statement in _FILL.split(";\n"):
        named = {"size": size} if ":size" in statement else {}
        connection.execute(statement, named)
    connection.commit()
    connection.close()


def chosen() -> list[Edition]:
    """Give the editions that are written: one of each kind."""
    finder = Finder(("мұнай",))
    words = Words(parts=finder.parts, wanted=finder.finds)
    kinds = {
        "everything": (Choice(), None),
        "language": (Choice(languages=("kk",)), None),
        "outlet": (Choice(outlets=("outlet7",)), None),
        "topic": (Choice(topics=("sport",)), None),
        "first-hand": (Choice(first_hand=True, languages=("ru",)), None),
        "words": (Choice(), words),
    }
    return [
        Edition(name=name, kind="search", title=name, description=name, choice=choice, words=words)
        for name, (choice, words) in kinds.items()
    ]


def cost(path: Path, edition: Edition, out: Path) -> tuple[Cost, int]:
    """Write an edition once; gives its cost and the number of its entries."""
    place = place_of("https://bench.example/")
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    with Store.open(path, readonly=True) as store:
        store._db.conn.set_progress_handler(tick, TICK)  # noqa: SLF001 - the only place that counts
        began = time.process_time()
        desk = Desk(store=store, now=NOW)
        entries = desk.entries(edition, LIMIT)
        write_edition(edition, entries, out, place, Outcome(), rhythm=desk.rhythm(edition))
        return Cost(time.process_time() - began, count), len(entries)


def main() -> int:
    """Print the table; 1 if an edition costs more than it may."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.db" for size in (SMALL, LARGE)}
        for size, path in paths.items():
            began = time.monotonic()
            make(path, size)
            print(f"a store of {size:,} articles, made in {time.monotonic() - began:.1f} s")
        print(f"\n{'edition':12} {'entries':>7} {'ms':>6} {'× time':>7} {'× steps of SQLite':>18}")
        for edition in chosen():
            found: dict[int, list[Cost]] = {size: [] for size in paths}
            entries = 0
            for _ in range(runs):
                for size, path in paths.items():
                    once, entries = cost(path, edition, Path(folder) / str(size))
                    found[size].append(once)
            times = {size: median(each.seconds for each in costs) for size, costs in found.items()}
            steps = {size: median(each.steps for each in costs) for size, costs in found.items()}
            ratio, by_steps = times[LARGE] / times[SMALL], steps[LARGE] / steps[SMALL]
            worst = max(worst, ratio)
            print(f"{edition.name:12} {entries:7} {1000 * times[LARGE]:6.0f} {ratio:7.2f} {by_steps:18.2f}")
    print(f"\nallowed: {ALLOWED}")
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
