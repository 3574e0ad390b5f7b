"""The verb `status`: how every stored outlet does. Loads no crawler, since monitors ask often."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from contextlib import closing

from feeds.console import show_status
from feeds.verbs.answer import FAILED, NOTHING, OK, no_store, say
from feeds.verbs.locked import trouble
from pipelines.store import SchemaMismatch, Store


def status(options: Namespace) -> int:
    """Print how every stored outlet does; FAILED where one is ill."""
    try:
        with closing(Store.open(options.db, readonly=True)) as store:
            found, states = store.outlet_status(), store.book.states()
            if options.prometheus:
                from feeds.verbs.health import write_prometheus  # the feeds' modules, for the rare case

                write_prometheus(store, options.prometheus)
    except FileNotFoundError:
        return no_store(options)
    except (SchemaMismatch, OSError) as error:
        return say(NOTHING, str(error))
    except sqlite3.Error as error:
        return trouble(options.db, error)
    show_status(found, states, as_json=options.json)
    ill = [
        each.outlet
        for each in found
        if (each.outlet in states and states[each.outlet].state == "ill")
        or (each.outlet not in states and each.outcome == "failed")
    ]
    return FAILED if ill else OK
