"""The verb `demo`: the recorded sample outlets, crawled on loopback."""

from __future__ import annotations

import os
from argparse import Namespace

from feeds.console import show_demo
from feeds.verbs import crawling
from feeds.verbs.answer import FAILED, OK, USAGE, say


def demo(options: Namespace) -> int:
    """Serve the sample outlets in the state `options.state`, run over them, and say what came of it."""
    try:
        from data.sample.server import OUTLETS, SampleServer
    except ImportError:
        return say(USAGE, "the sample outlets are not here: run the demo from a checkout of Jarshy.")
    with SampleServer(state=options.state) as server:
        os.environ["JARSHY_LOOPBACK"] = f"127.0.0.1:{server.port}"  # before the settings are read
        options.outlets = list(OUTLETS)
        code = crawling.run(options)
        requests = len(server.requests)
    if code in (OK, FAILED):
        show_demo(options.db, options.out, requests)
    return code
