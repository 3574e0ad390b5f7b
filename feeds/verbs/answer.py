"""How a verb ends: its exit codes, and what it says on standard error. Imports no room."""

from __future__ import annotations

import sys

from feeds.verbs.streams import tell
from spiders.support.visible import visible

TYPE_CHECKING = False  # as in `typing`, which is slow to load
if TYPE_CHECKING:
    from argparse import Namespace

OK, FAILED, USAGE, NOTHING, LATER = 0, 1, 2, 3, 75


def say(code: int, text: str) -> int:
    """Print a line on standard error; gives the code back."""
    tell(f"jarshy: {visible(text)}", sys.stderr)
    return code


def no_store(options: Namespace) -> int:
    """Say that nothing is stored yet, and what to do."""
    return say(NOTHING, f"there is no store at {options.db} yet; begin with: jarshy crawl")
