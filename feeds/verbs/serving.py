"""The verb `serve`: a preview of the feeds and pages."""

from __future__ import annotations

from argparse import Namespace

from feeds.console import told_of
from feeds.verbs.answer import NOTHING, OK, USAGE, say


def serve(options: Namespace) -> int:
    """Serve `options.out` on `options.host` and `options.port` until told to stop."""
    from twisted.internet.error import CannotListenError

    from feeds.serve.server import is_loopback
    from feeds.serve.server import serve as serving

    host = "127.0.0.1" if options.host == "localhost" else options.host
    try:
        if not is_loopback(host) and not options.allow_remote:
            return say(
                USAGE,
                f"other machines can reach {host}, and this is a preview; add --allow-remote to mean it.",
            )
    except ValueError:
        return say(USAGE, f"{host!r} is no IP address; the default is 127.0.0.1")
    if not options.out.is_dir():
        return say(NOTHING, f"there is nothing at {options.out} yet; begin with: jarshy digest")
    try:
        serving(options.out, host, options.port, lambda url: told_of("serving", url=url, folder=options.out))
    except CannotListenError as error:
        return say(NOTHING, f"cannot listen on {host} port {options.port}: {error.socketError}; see --port")
    return OK
