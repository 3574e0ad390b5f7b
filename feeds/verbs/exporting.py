"""The verb `export`: a snapshot of the store to hand on."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from datetime import UTC, datetime

from feeds.console import told_of
from feeds.export import write
from feeds.verbs.answer import NOTHING, OK, USAGE, no_store, say
from pipelines.parquet import MissingParquet
from pipelines.store import SchemaMismatch


def export(options: Namespace) -> int:
    """Write a snapshot of `options.db` into `options.folder`; a failure leaves the last one."""
    if not options.db.exists():
        return no_store(options)
    try:
        manifest = write(
            options.db, options.folder, options.format, private=options.private, now=datetime.now(UTC)
        )
    except MissingParquet as error:
        return say(USAGE, f"{error}; or choose --format csv")
    except (FileExistsError, NotADirectoryError) as error:
        return say(USAGE, f"{error.filename or options.folder} is a file; give a folder, made if need be.")
    except (sqlite3.Error, SchemaMismatch, OSError) as error:
        return say(NOTHING, f"nothing was exported: {error}")
    for file in manifest["files"]:
        told_of("exported", **{key: file[key] for key in ("name", "bytes", "sha256")})
    told_of(
        "export", articles=manifest["counts"]["articles"], private=manifest["private"], folder=options.folder
    )
    return OK
