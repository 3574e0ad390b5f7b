"""The processes that read pages: forked from one that was forked before the crawl began.

So each is ready at once, with everything loaded, and none inherits the crawl's threads, sockets or locks. The
one between, the nursery, has nothing to do but to fork, and to end them all when the crawl has ended, however
that was.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import socket
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

HEAD: Final = 8  # bytes of the length before a message, big-endian
_SETTLED: Final = 32  # pages after which a reader has loaded what it needs
_YOUNG: Final = 10_000  # objects between two looks for garbage: of a page, thousands live until it is read
_LEAVE: Final = 0.5  # seconds that readers have to end by themselves, once the crawl has
_LOOK: Final = 0.01  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one page may cost a reader, beyond which it ends."""

    seconds: float  # of processor time
    memory: int  # bytes beyond what the process begins with


class Nursery:
    """The process that readers are forked from. To be made while the process has a single thread."""

    def __init__(self, work: Callable[[Any], Any], bounds: Bounds) -> None:
        """Fork it.

        Args:
            work: what a reader does with a message, in its own process; what it gives is sent back.
            bounds: of one message.

        Raises:
            OSError: the system has no room for a process.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        ours, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # Python counts the threads of numpy's BLAS, which ends them for a fork; we have one.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if not self._pid:
            try:
                ours.close()
                _nurse(theirs, work, bounds)
            finally:
                os._exit(1)
        theirs.close()
        self._control = ours

    def reader(self) -> socket.socket:
        """Give the connection to a new reader; raises OSError where the nursery has ended."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def close(self) -> None:
        """End it and its readers, whatever they are at."""
        self._control.close()
        deadline = time.monotonic() + 2 * _LEAVE
        while not os.waitpid(self._pid, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.killpg(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
                return
            time.sleep(_LOOK)


def packed(message: object) -> bytes:
    """Give a message as it is sent."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(HEAD, "big") + body


def _nurse(control: socket.socket, work: Callable[[Any], Any], bounds: Bounds) -> None:
    os.setsid()  # so that it can end all its readers, and no terminal's Ctrl-C reaches them
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the crawl decides
    _close_all_but(control.fileno())
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    gc.freeze()  # what is loaded stays: it need not be looked through for garbage, nor be copied for it
    gc.set_threshold(_YOUNG, 10, 10)
    alive: set[int] = set()
    while True:
        asked, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        _bury(alive)
        if not asked:
            break
        if pid := os.fork():
            alive.add(pid)
            os.close(descriptors[0])
            continue
        control.close()
        _read(socket.socket(fileno=descriptors[0]), work, bounds)
        os._exit(0)
    deadline = time.monotonic() + _LEAVE
    while alive and time.monotonic() < deadline:
        time.sleep(_LOOK)
        _bury(alive)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    os._exit(0)


def _bury(alive: set[int]) -> None:
    """Forget the readers that have ended."""
    while alive and (ended := os.waitpid(-1, os.WNOHANG)[0]):
        alive.discard(ended)


def _read(connection: socket.socket, work: Callable[[Any], Any], bounds: Bounds) -> None:
    """Work until the connection is closed; what is out of bounds ends the process."""
    _bound_memory(bounds.memory)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with connection, connection.makefile("rwb") as held:
        stream: IO[bytes] = held  # type: ignore[assignment] # reader and writer in one
        done = 0
        while (message := _next(stream)) is not None:
            signal.setitimer(signal.ITIMER_PROF, bounds.seconds)  # whatever runs then, the kernel ends it
            answer = packed(work(pickle.loads(message)))  # noqa: S301 - our own process wrote it
            signal.setitimer(signal.ITIMER_PROF, 0)
            try:
                stream.write(answer)
                stream.flush()
            except OSError:  # the crawl has ended
                return
            done += 1
            if done == _SETTLED:
                gc.collect()
                gc.freeze()


def _next(stream: IO[bytes]) -> bytes | None:
    try:
        head = stream.read(HEAD)
        return stream.read(int.from_bytes(head, "big")) if len(head) == HEAD else None
    except OSError:
        return None


def _bound_memory(more: int) -> None:
    """Let allocations fail that go so many bytes beyond what there is, where the system can."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = pages * resource.getpagesize() + more
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (OSError, ValueError):
        return


def _close_all_but(kept: int) -> None:
    """Let go of the store's lock above all: held here, it would outlive a crawl that was killed."""
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, kept)
    os.closerange(kept + 1, most)
