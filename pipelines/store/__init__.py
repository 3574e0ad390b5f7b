"""The SQLite file: schema, migrations, every query. Nothing else writes SQL.

    with Store.open(Path("data/jarshy.db")) as store:
        crawl = store.begin_crawl("akorda", now)
        kept = store.keep(page, crawl)
        store.end_crawl(crawl, now, "ok", {"articles": 1})

Rules are pure (`decide`, `story`); `keep`, `stories` and `crawls` apply them, each change in one transaction.

Analysts read the file with any SQLite tool while a crawl goes on: the views `v_articles`, `v_chain`,
`v_relays`, `v_relay_speed`, `v_quotes` and `v_problems` are the way in, `docs/schema.md` and the table
`dictionary` name every column, and
`data/queries/` holds questions to start from:

    sqlite-utils query data/jarshy.db "$(cat data/queries/credited_first.sql)" --table

Search columns hold `search_spelling` of the text (lower case, Kazakh letters as Russian ones): ask in it too.
"""

from pipelines.lock import Locked, hold, lock_path
from pipelines.store.arrivals import Arrival
from pipelines.store.clock import CLOCKS_DIFFER
from pipelines.store.crawls import Counts, Freshness, OutletStatus, SourceFacts
from pipelines.store.db import BUSY_SECONDS, is_busy
from pipelines.store.decide import Decision
from pipelines.store.desk import Desk
from pipelines.store.health import Change, Health
from pipelines.store.keep import Kept
from pipelines.store.migrations import SchemaMismatch
from pipelines.store.picks import Choice, Pick, Words
from pipelines.store.questions import Answer, Question
from pipelines.store.recordings import Place, Recording
from pipelines.store.search import search_spelling
from pipelines.store.store import Store
from pipelines.store.words import Found

__all__ = [
    "BUSY_SECONDS",
    "CLOCKS_DIFFER",
    "Answer",
    "Arrival",
    "Change",
    "Choice",
    "Counts",
    "Decision",
    "Desk",
    "Found",
    "Freshness",
    "Health",
    "Kept",
    "Locked",
    "OutletStatus",
    "Pick",
    "Place",
    "Question",
    "Recording",
    "SchemaMismatch",
    "SourceFacts",
    "Store",
    "Words",
    "hold",
    "is_busy",
    "lock_path",
    "search_spelling",
]
