"""The command line: which verb is meant, and how it ends. The grammar is in `feeds.verbs.usage`.

No room is imported before its verb runs, nor any module that only some verbs need: help is nearly as quick as
Python itself.

Exit codes: 0 all well; 1 an outlet failed, or a line of input did; 2 usage; 3 nothing could be stored or
published; 75 try later (another run holds the store, this one was told to stop, an outlet asked for it).
"""

from __future__ import annotations

import os
import sys

from feeds.verbs.answer import LATER, NOTHING, OK, USAGE, say
from feeds.verbs.overview import overview
from feeds.verbs.streams import mute, steady, tell

TYPE_CHECKING = False  # as in `typing`, which is slow to load
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code. SystemExit (2) for a usage that is none."""
    steady()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words in (["-h"], ["--help"]):  # the list of verbs needs no settings
        tell(overview(), sys.stdout)
        raise SystemExit(OK)
    import signal
    from pathlib import Path

    from feeds.config import ConfigError, find, load
    from feeds.verbs.usage import parser

    try:
        config = load(find(os.environ, Path(__file__).resolve().parent), os.environ)
    except ConfigError as error:
        return say(USAGE, str(error))
    config.export(os.environ)  # where the crawl's settings look, and the grammar's defaults
    try:
        options = parser().parse_args(words)
        options.config = config
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # every verb ends as on Ctrl-C
        return work(options.verb)(options)
    except BrokenPipeError:  # the reader of a pipe has had enough
        mute(sys.stdout)
        return OK
    except KeyboardInterrupt:
        return say(LATER, "told to stop; what was done stands.")
    except OSError as error:  # a full disk, a folder that may not be written
        return say(NOTHING, str(error))


def work(name: str) -> Callable[[argparse.Namespace], int]:
    """Load what does a verb's work, named "module.function" in `feeds.verbs`."""
    from importlib import import_module

    module, _, function = name.partition(".")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"feeds.verbs.{module}"), function)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
