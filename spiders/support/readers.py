"""Reads pages beside the event loop, in processes of their own, so that a crawl fetches while it reads.

A page that ends its reader (out of memory, killed, without end) is lost as any page that cannot be read, and
the crawl goes on with another reader.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from spiders.support.nursery import HEAD, Bounds, Nursery, packed
from spiders.support.reading import Answer, Reading, Step, lost, read

logger = logging.getLogger(__name__)

AHEAD: Final = 2  # pages that a reader has: the one it reads, and the next, lest it wait for us
MOST: Final = 4  # readers: beyond that the crawl itself is the slower

_Waiting = tuple[Answer, "asyncio.Future[Reading]"]


class Readers:
    """A few reading processes. Its methods are for the event loop's thread."""

    def __init__(self, nursery: Nursery, steps: Iterable[tuple[str, Step]], count: int) -> None:
        """`steps`: for pages that are read here after all, where the system gives no process."""
        self._nursery = nursery
        self._steps = tuple(steps)
        self._count = count
        self._readers: list[_Reader] = []
        self._waiting: deque[_Waiting] = deque()
        self._hiring = asyncio.Lock()

    async def read(self, answer: Answer) -> Reading:
        """Read a page; never raises."""
        future: asyncio.Future[Reading] = asyncio.get_running_loop().create_future()
        self._waiting.append((answer, future))
        await self.feed()
        return await future

    async def feed(self) -> None:
        """Give the pages that wait to readers, beginning new ones as far as there are fewer than may be."""
        while self._waiting:
            reader = min(self._readers, key=lambda each: len(each.sent), default=None)
            if (reader is None or reader.sent) and len(self._readers) < self._count:
                async with self._hiring:
                    await self._hire()
                continue
            if reader is None:
                self._read_here()
            elif len(reader.sent) < AHEAD:
                reader.send(*self._waiting.popleft())
            else:
                return

    def begun(self, reader: _Reader) -> None:
        """Count a reader that can be given pages."""
        self._readers.append(reader)

    def ended(self, reader: _Reader) -> None:
        """Go on without a reader that has ended: what it was at is lost, what waited there waits again."""
        self._readers.remove(reader)
        if reader.sent:
            answer, future = reader.sent.popleft()
            if not future.done():
                future.set_result(lost(answer, "ReaderEnded", "why='its process was ended'"))
        self._waiting.extendleft(reversed(reader.sent))
        if self._waiting:
            self._again = asyncio.ensure_future(self.feed())  # a task that nobody holds may be collected

    async def dismiss(self) -> None:
        """End the readers while the loop runs; who still waits is not answered."""
        self._waiting.clear()
        for reader in self._readers:
            reader.dismiss()
        await asyncio.sleep(0)

    def close(self) -> None:
        """End the readers, whether or not the loop has stopped; who still waits is not answered."""
        for reader in self._readers:
            reader.connection.close()
        self._nursery.close()

    async def _hire(self) -> None:
        if len(self._readers) >= self._count:
            return
        try:
            connection = self._nursery.reader()
        except OSError as error:
            logger.error("event=no_reader why=%r", str(error))
            self._count = len(self._readers)
            return
        connection.setblocking(False)
        reader = _Reader(self, connection)
        await asyncio.get_running_loop().create_connection(lambda: reader, sock=connection)

    def _read_here(self) -> None:
        answer, future = self._waiting.popleft()
        future.set_result(read(answer, self._steps))


class _Reader(asyncio.Protocol):
    """Our end of the connection to a reader."""

    def __init__(self, readers: Readers, connection: socket.socket) -> None:
        self.connection = connection
        self.sent: deque[_Waiting] = deque()  # the first of them is the one it reads
        self._readers = readers
        self._held = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be ready for pages."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the types
        self._transport = transport
        self._readers.begun(self)

    def send(self, answer: Answer, future: asyncio.Future[Reading]) -> None:
        """Give it a page to read."""
        assert self._transport is not None  # noqa: S101 - it is made before it is given any
        self.sent.append((answer, future))
        self._transport.write(packed(answer))

    def data_received(self, data: bytes) -> None:
        """Pass on what has been read."""
        self._held += data
        while len(self._held) >= HEAD and len(self._held) - HEAD >= (size := self._size()):
            reading = pickle.loads(self._held[HEAD : HEAD + size])  # noqa: S301 - our own process wrote it
            del self._held[: HEAD + size]
            _, future = self.sent.popleft()
            if not future.done():
                future.set_result(reading)
        self._next = asyncio.ensure_future(self._readers.feed())  # a task that nobody holds may be collected

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        """Tell that it has ended."""
        self._readers.ended(self)

    def dismiss(self) -> None:
        """Let go of it."""
        assert self._transport is not None  # noqa: S101 - as above
        self.sent.clear()
        self._transport.abort()

    def _size(self) -> int:
        return int.from_bytes(self._held[:HEAD], "big")


def cores() -> int:
    """Tell how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def readers(count: int, steps: Iterable[tuple[str, Step]], bounds: Bounds) -> Iterator[Readers | None]:
    """Have readers while the context lasts; None where there are to be none, or can be none.

    To be entered while the process has a single thread, and before there is an event loop.

    Args:
        count: how many, at most; 0 for none.
        steps: what a page goes through, by name.
        bounds: of one page.
    """
    known = tuple(steps)
    nursery: Nursery | None = None
    if count and hasattr(os, "fork"):
        try:
            nursery = Nursery(lambda answer: read(answer, known), bounds)
        except OSError as error:
            logger.error("event=no_reader why=%r", str(error))
    if nursery is None:
        yield None
        return
    found = Readers(nursery, known, count)
    try:
        yield found
    finally:
        found.close()
