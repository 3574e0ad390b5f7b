"""The verbs about stored articles: one explained, all attributed anew."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.progress import track

from feeds.console import told_of
from feeds.explain import explain
from pipelines.reattribute import reattribute, told
from pipelines.store import Store


def show(db: Path, url_or_guid: str) -> bool:
    """Print the explanation of a stored article; False where the store holds none so addressed.

    Raises:
        FileNotFoundError, sqlite3.Error, pipelines.store.SchemaMismatch: The store cannot be read.
    """
    with Store.open(db, readonly=True) as store:
        stored = store.article(url_or_guid)
    if stored is None:
        return False
    sys.stdout.write(explain(stored))
    return True


def read_anew(db: Path) -> None:
    """Attribute every stored article anew; print what changed, and the count at the end.

    Raises:
        FileNotFoundError, sqlite3.Error, pipelines.store.SchemaMismatch: The store cannot be written.
    """
    read = changed = 0
    with Store.open(db) as store:
        total = store.counts().articles
        live = sys.stderr.isatty()
        for each in track(reattribute(store), description="reading", total=total, disable=not live):
            read += 1
            if each.changed:
                changed += 1
                url = each.stored.article.canonical_url
                told_of("reattributed", url=url, before=told(each.before), after=told(each.after))
    told_of("reattribute", articles=read, changed=changed)
