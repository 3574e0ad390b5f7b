"""What storing an article costs beside plain `sqlite3` doing the same inserts, one transaction an article.

    python -m benchmarks.store [--articles 600]

Keeps invented articles in an empty store, reads back every row they made, and inserts the very same rows
with the standard library alone into another file of the same schema and settings, grouped by article.
Prints the milliseconds an article of each, medians of five by the processor's clock, and what the words of
the search index take of it. The exit code is 1 where the store takes more than three times as long.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from items import Article, Attribution, Block, Credit, Fetch, Image, Moment, OutletFacts, Page, Quote, Role
from pipelines.store import Store
from pipelines.store.stems import joined

LIMIT: Final = 3.0
NOW: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OUTLET: Final = OutletFacts(
    name="a",
    title="A",
    home="https://a.kz",
    hosts=("a.kz",),
    zone="Asia/Almaty",
    languages=("ru",),
    source="a",
)
# Tables that an article's page writes, parents first; each with its way to the article.
_OF_REVISION: Final = "(SELECT article_id FROM revisions WHERE id = t.revision_id)"
TABLES: Final = {
    "fetches": "(SELECT article_id FROM revisions WHERE fetch_id = t.id)",
    "articles": "t.id",
    "addresses": "t.article_id",
    "revisions": "t.article_id",
    **dict.fromkeys(("blocks", "attributions", "credits", "quotes"), _OF_REVISION),
    **dict.fromkeys(("images", "article_tags", "means", "facets"), "t.article_id"),
    "article_words": "t.rowid",
}
_DECK: Final = (
    "порт каспии открыл второй зерновой терминал управлении рабочие вышли утром инженеры проверили "
    "мост трубы заменят осени жители ждут ремонта дорог бюджет приняли весной подрядчик обещает "
    "сроки школа больница урожай пшеница канал плотина паводок область район поезд вокзал аэропорт "
    "рейс завод цех металл уголь энергия линия ветер поле "
)


def credit(source: str, role: Role, evidence: str) -> Credit:
    """Give a link of a chain."""
    return Credit(
        name=source,
        source=source,
        role=role,
        confidence=0.9,
        evidence=evidence,
        start=0,
        end=60,
        rule="ru.told",
    )


def page(number: int) -> Page:
    """Give an invented article of some 250 words, as a spider's page."""
    chance = random.Random(number)

    def words(count: int) -> str:
        return " ".join(chance.choices(_DECK.split(), k=count)).capitalize() + f" {number}."

    url = f"https://a.kz/{number}"
    article = Article(
        outlet="a",
        url=url,
        canonical_url=url,
        lang="ru",
        headline=words(9),
        lead=words(20),
        blocks=tuple(Block(kind="paragraph", text=words(35)) for _ in range(6)),
        section="Экономика",
        tags=("порт", "зерно"),
        published=Moment(at=NOW, precision="minute", zone="Asia/Almaty", raw="14:00"),
        images=(Image(url=f"{url}.jpg", credit="Reuters"),),
        means={"headline": "layout", "published": "json-ld"},
        attribution=Attribution(
            lang="ru",
            chain=(credit("a", "relay", words(9)), credit(f"source{number % 50}", "origin", words(9))),
            also=(),
            photo="Reuters",
            quotes=(Quote(speaker="Акимов", person=None, text=words(12), verb="сказал", start=5, end=90),),
        ),
    )
    fetch = Fetch(outlet="a", kind="article", url=url, at=NOW + timedelta(seconds=number), status=200)
    return Page(fetch=fetch, article=article)


def kept(path: Path, pages: list[Page]) -> float:
    """Keep pages in a new store; gives the seconds."""
    with Store.open(path) as store:
        store.sync_outlets([OUTLET], NOW)
        crawl = store.begin_crawl("a", NOW)
        began = time.process_time()
        for each in pages:
            store.keep(each, crawl)
        return time.process_time() - began


def rows_of(path: Path) -> dict[int, list[tuple[str, list[tuple[Any, ...]]]]]:
    """Give the rows of every article: statements and what they insert."""
    db = sqlite3.connect(path)
    found: dict[int, list[tuple[str, list[tuple[Any, ...]]]]] = defaultdict(list)
    for table, way in TABLES.items():
        chosen = "t.rowid, t.*" if table == "article_words" else "t.*"
        cursor = db.execute(f"SELECT {way}, {chosen} FROM {table} AS t ORDER BY 1")  # noqa: S608 - own names
        grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for article, *row in cursor:
            grouped[article].append(tuple(row))
        names = " (rowid, headline, text)" if table == "article_words" else ""
        for article, many in grouped.items():
            marks = ", ".join("?" * len(many[0]))
            found[article].append((f"INSERT INTO {table}{names} VALUES ({marks})", many))  # noqa: S608
    db.close()
    return found


def plain(path: Path, made: Path) -> float:
    """Insert the rows of the store `made` into a new file by sqlite3 alone; gives the seconds."""
    articles = rows_of(made)
    Store.open(path).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("ATTACH ? AS made", [str(made)])
    for table in ("sources", "outlets", "crawls", "tags"):
        db.execute(f"INSERT INTO {table} SELECT * FROM made.{table}")  # noqa: S608 - own names
    db.execute("DETACH made")
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL"):
        db.execute(f"PRAGMA {pragma}")
    began = time.process_time()
    for statements in articles.values():
        db.execute("BEGIN IMMEDIATE")
        for sql, many in statements:
            db.executemany(sql, many)
        db.execute("COMMIT")
    taken = time.process_time() - began
    db.close()
    return taken


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=600)
    count = parser.parse_args().articles
    pages = [page(number) for number in range(count)]
    joined(("разогрев",), "ru")  # the dictionary is loaded once a run
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(5):
            made = Path(folder) / f"ours-{turn}.db"
            ours.append(kept(made, pages))
            theirs.append(plain(Path(folder) / f"plain-{turn}.db", made))
    began = time.process_time()
    for each in pages:
        if each.article:
            joined((each.article.headline, each.article.lead or "", *each.article.paragraphs), "ru")
    words = time.process_time() - began
    our, their = statistics.median(ours), statistics.median(theirs)
    print(f"store   {our / count * 1000:6.2f} ms an article (words of the index {words / count * 1000:.2f})")
    print(f"sqlite3 {their / count * 1000:6.2f} ms an article, the same rows")
    print(f"ratio   {our / their:6.2f} (limit {LIMIT:.0f})")
    return int(our > LIMIT * their)


if __name__ == "__main__":
    raise SystemExit(main())
