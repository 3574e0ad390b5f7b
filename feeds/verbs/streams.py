"""Standard streams that an unattended run may find closed, full or of another encoding. Imports no room.

What a run says is no part of what it does: a log on a full disk, or a reader that has gone, costs the words
and nothing else.
"""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False  # as in `typing`, which is slow to load
if TYPE_CHECKING:
    from typing import TextIO

OUT, ERR = 1, 2


def steady() -> None:
    """Open what the caller closed, and let a text go that a stream's encoding cannot hold.

    A closed descriptor below 3 would be given to the next file opened, and a stray message written into it:
    see `man 3 daemon`, and SQLite's own guard (`SQLITE_MINIMUM_FILE_DESCRIPTOR`).
    """
    for number in (0, OUT, ERR):
        try:
            os.fstat(number)
        except OSError:
            spare = os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one
            if spare != number:
                os.dup2(spare, number)
                os.close(spare)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the process
    if sys.stdout is None:
        sys.stdout = open(OUT, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - likewise
    if sys.stderr is None:
        sys.stderr = open(ERR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - likewise
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def tell(text: str, stream: TextIO) -> None:
    """Print a line at once; where the stream takes none, it is silent from then on."""
    try:
        print(text, file=stream, flush=True)
    except (OSError, ValueError):  # full, gone; closed
        mute(stream)


def mute(stream: TextIO) -> None:
    """Send a stream to nowhere, so that what waits in its buffer fails nobody at the end."""
    try:  # contextlib is slow to load
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)
        stream.flush()
    except (OSError, ValueError):  # there is nothing to be muted
        return
