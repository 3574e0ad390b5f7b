"""The verb `reprocess`: every article anew from its recorded bytes."""

from __future__ import annotations

import sqlite3
import sys
from argparse import Namespace
from collections import Counter

from rich.progress import track

from feeds.console import told_of
from feeds.verbs.answer import FAILED, NOTHING, OK, no_store, say
from feeds.verbs.locked import locked, trouble
from pipelines import runner
from pipelines.replay import archives_of
from pipelines.reprocess import reprocess as again
from pipelines.store import Store


def reprocess(options: Namespace) -> int:
    """Read every stored article anew from its bytes; print what changed, and the counts at the end.

    FAILED where recorded bytes could not be read.
    """
    return locked(options, _read_anew) if options.db.exists() else no_store(options)


def _read_anew(options: Namespace) -> int:
    settings = runner.project_settings()
    spiders = runner.outlets(settings)
    counts = Counter(changed=0, unchanged=0, unrecorded=0, unreadable=0)
    try:
        with Store.open(options.db) as store:
            total = store.counts().articles
            work = again(store, archives_of(options.db), spiders, settings)
            for each in track(work, description="reading", total=total, disable=not sys.stderr.isatty()):
                counts[each.outcome] += 1
                if each.outcome == "changed":
                    told_of("reprocessed", url=each.url, changed=",".join(each.fields))
                elif each.outcome == "unreadable":
                    told_of("unreadable", url=each.url, why=each.why)
    except sqlite3.Error as error:
        say(NOTHING, "what was read before stands.")
        return trouble(options.db, error)
    told_of("reprocess", articles=counts.total(), **counts)
    return FAILED if counts["unreadable"] else OK
