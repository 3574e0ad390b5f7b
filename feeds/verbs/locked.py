"""Work that must be alone with the store."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack

from feeds.verbs.answer import LATER, NOTHING, say
from pipelines.keep import lock_path
from pipelines.store import Locked, SchemaMismatch, hold


def locked(options: Namespace, work: Callable[[Namespace], int]) -> int:
    """Work while holding the store of `options.db`, or say who does; gives the exit code."""
    with ExitStack() as stack:
        try:
            options.db.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(hold(lock_path(options.db)))
        except Locked as error:
            return say(
                LATER, f"another run is at work: {error.holder or 'unknown'}. Try again when it is done."
            )
        except OSError as error:
            return say(NOTHING, f"{options.db.parent}: {error.strerror}. Choose another place with --db.")
        try:
            return work(options)
        except SchemaMismatch as error:
            return say(NOTHING, f"{options.db}: {error}")
