"""The verbs about what is stored: one article explained, all attributed anew."""

from __future__ import annotations

import sqlite3
import sys
from argparse import Namespace

from rich.progress import track

from feeds.console import told_of
from feeds.explain import explain as explained
from feeds.explain_story import explain_story
from feeds.verbs.answer import NOTHING, OK, USAGE, no_store, say
from feeds.verbs.locked import locked, trouble
from pipelines import reattribute as anew
from pipelines.store import SchemaMismatch, Store


def explain(options: Namespace) -> int:
    """Print why: of the article at `options.url`, an address or a GUID, or of the story of a GUID."""
    if not options.db.exists():
        return no_store(options)
    try:
        with Store.open(options.db, readonly=True) as store:
            stored = store.article(options.url)
            history = store.story_history(options.url) if stored is None else None
    except SchemaMismatch as error:
        return say(NOTHING, str(error))
    except sqlite3.Error as error:
        return trouble(options.db, error)
    if stored is not None:
        sys.stdout.write(explained(stored))
        return OK
    if history is not None:
        sys.stdout.write(explain_story(history))
        return OK
    told = "give an article's address or GUID, or a story's GUID"
    return say(USAGE, f"the store holds no article or story at {options.url}; {told}.")


def reattribute(options: Namespace) -> int:
    """Attribute every stored article anew; print what changed, and the count at the end."""
    return locked(options, _read_anew) if options.db.exists() else no_store(options)


def _read_anew(options: Namespace) -> int:
    read = changed = 0
    with Store.open(options.db) as store:
        total = store.counts().articles
        live = sys.stderr.isatty()
        for each in track(anew.reattribute(store), description="reading", total=total, disable=not live):
            read += 1
            if each.changed:
                changed += 1
                url = each.stored.article.canonical_url
                before, after = anew.told(each.before), anew.told(each.after)
                told_of("reattributed", url=url, before=before, after=after)
    told_of("reattribute", articles=read, changed=changed)
    return OK
