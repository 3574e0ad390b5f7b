"""The verbs that are filters: standard input to standard output."""

from __future__ import annotations

import sys
from argparse import Namespace

from feeds import filters
from feeds.verbs.answer import FAILED, OK


def run(options: Namespace) -> int:
    """Work as the filter `options.filter`; FAILED where a line was bad."""
    return OK if filters.run(options.filter, sys.stdin.buffer, sys.stdout.buffer) else FAILED
