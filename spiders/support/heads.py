"""A bound on the head of an answer: Twisted bounds each line of it, but not how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure

MAX_HEAD = 256 * 1024  # bytes of all headers, those of interim answers (RFC 9110, 15.2) among them
_BEFORE_BODY = ("STATUS", "HEADER")  # states of Twisted's parser


class HeadTooLong(Exception):  # noqa: N818 - what the answer is
    """An answer whose headers have no end."""


def bounded(factory: type[Any], most: int = MAX_HEAD) -> type[Any]:
    """Give a connection pool's factory whose connections give up on heads of more bytes than `most`.

    They also let go at once of what they gave up: Twisted would wait for the other side to close.
    """

    class Bounded(factory):  # type: ignore[misc] # a class of Twisted's, known at run time
        def buildProtocol(self, addr: IAddress | None) -> Any:  # noqa: N802 - Twisted's
            connection = super().buildProtocol(addr)
            connection.dataReceived = _Gauge(connection, most).received
            return connection

    return Bounded


class _Gauge:
    """Counts, of one connection, what came of a head that has not ended."""

    def __init__(self, connection: Any, most: int) -> None:
        self._connection = connection
        self._most = most
        self._pass_on: Callable[[bytes], None] = connection.dataReceived
        self._parser: object = None  # one an answer
        self._came = 0

    def received(self, data: bytes) -> None:
        connection = self._connection
        parser = connection._parser  # noqa: SLF001 - nothing public tells where the body begins
        if parser is not self._parser:
            self._parser, self._came = parser, 0
        self._pass_on(data)
        if connection._parser is None:  # noqa: SLF001
            if connection.state != "QUIESCENT":  # no answer's end: it was given up
                connection.transport.abortConnection()
        elif parser.state in _BEFORE_BODY:
            self._came += len(data)
            if self._came > self._most:
                why = HeadTooLong(f"more than {self._most} bytes of headers")
                connection._giveUp(Failure(why))  # type: ignore[no-untyped-call] # noqa: SLF001
                connection.transport.abortConnection()
