"""A server on loopback that answers byte by byte as a scenario says: nothing of HTTP is done for it."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Wire:
    """One connection, after its request was read."""

    def __init__(
        self, connection: socket.socket, host: str, path: str, head: bytes, over: threading.Event
    ) -> None:
        self.connection = connection
        self.host = host
        self.path = path
        self.head = head  # the request's, as sent
        self.over = over

    def send(self, data: bytes) -> Self:
        self.connection.sendall(data)
        return self

    def answer(
        self, body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
    ) -> Self:
        """Answer as a server should, and close."""
        about = (f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close")
        lines = (f"HTTP/1.1 {status}", *about, *headers, "", "")
        return self.send("\r\n".join(lines).encode() + body)

    def drip(self, data: bytes, pause: float = 0.1) -> Self:
        """Send a byte, wait, send a byte."""
        for at in range(len(data)):
            self.send(data[at : at + 1])
            if self.over.wait(pause):
                break
        return self

    def flood(self, data: bytes) -> Self:
        """Send for ever."""
        while not self.over.is_set():
            self.send(data)
        return self

    def wait(self) -> Self:
        """Say nothing."""
        self.over.wait(60)
        return self

    def close(self) -> Self:
        """Say nothing more."""
        self.connection.close()
        return self

    def reset(self) -> Self:
        """Break off with RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return self.close()


Answer = Callable[[Wire], Wire]


class Server:
    """Serves every host on one port while its context lasts, a thread a connection."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listening.getsockname()[1])
        self.asked: Counter[tuple[str, str]] = Counter()  # (host, path): how often
        self.heads: list[bytes] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listening.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection:
            connection.settimeout(60)
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    return
                head += more
            first, *lines = head.decode("latin-1").split("\r\n")
            path = first.split(" ")[1]
            host = next(line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:"))
            self.asked[host, path] += 1
            self.heads.append(head)
            self._answer(Wire(connection, host, path, head, self._over))
            time.sleep(0.01)  # let what was sent go out before the socket closes
