"""Webhooks, hubs and commands: where they may lead, and that none holds a run up."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from feeds.notify import tell_command, tell_webhook
from feeds.outward import post
from feeds.websub import ping
from pipelines.store import Change

CHANGE = Change(
    id=1, guid="urn:uuid:0", outlet="a", title="A", home="https://a.kz",
    at=datetime(2026, 11, 25, tzinfo=UTC),
    before="well", state="ill", why="x",
)  # fmt: skip
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


@contextmanager
def server(answer: bytes, drip: float = 0) -> Iterator[tuple[int, list[bytes]]]:
    """Answer every request with these bytes; gives the port, and the requests as they come."""
    asked: list[bytes] = []
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                for at in range(0, len(answer), 1 if drip else len(answer)):
                    connection.sendall(answer[at : at + (1 if drip else len(answer))])
                    if drip and over.wait(drip):
                        return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield int(listening.getsockname()[1]), asked
        over.set()


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name lead to these addresses."""

    def answer(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"])
def test_no_name_and_no_other_spelling_leads_inside(host: str) -> None:
    with server(OK) as (port, asked):
        wrong = tell_webhook(f"http://{host}:{port}/hook", [CHANGE])
        pinged = ping(f"http://{host}:{port}/", ["https://me.kz/feed"])
    assert wrong
    assert "hook" not in wrong.replace("webhook", "")  # the address may be a secret
    assert (pinged.told, pinged.failed) == (0, 1)
    assert asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1"])
def test_a_name_that_leads_inside_is_not_asked_unless_that_is_allowed(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(monkeypatch, address)
    assert "inside a network" in str(post("http://hooks.example.org/x", b"", {}, timeout=1))
    if address == "127.0.0.1":
        with server(OK) as (port, asked):
            assert tell_webhook(f"http://hooks.example.org:{port}/x", [CHANGE], private=True) == ""
            assert ping(f"http://hooks.example.org:{port}/x", ["https://me.kz/f"], private=True).told == 1
        assert all(f"host: hooks.example.org:{port}".encode() in each.lower() for each in asked)
        assert len(asked) == 2


@pytest.mark.parametrize("address", ["169.254.169.254", "10.0.0.1"])
def test_a_number_inside_a_network_is_not_asked(address: str) -> None:
    assert "inside a network" in tell_webhook(f"http://{address}/latest/", [CHANGE])


def test_the_machine_itself_may_be_named_by_its_number() -> None:
    with server(OK) as (port, asked):
        assert tell_webhook(f"http://127.0.0.1:{port}/x", [CHANGE]) == ""
    assert asked[0].startswith(b"POST /x HTTP/1.1\r\n")


def test_no_redirect_is_followed() -> None:
    with server(OK) as (other, asked):
        moved = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other}/\r\nContent-Length: 0\r\n\r\n"
        with server(moved.encode()) as (port, _):
            assert "status 302" in tell_webhook(f"http://127.0.0.1:{port}/", [CHANGE])
    assert asked == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/", "http://", "http://[", "gopher://127.0.0.1/", ""]
)
def test_what_is_no_address_is_said(url: str) -> None:
    assert "no http(s) address" in tell_webhook(url, [CHANGE])


def test_what_drips_without_end_is_left() -> None:
    began = time.monotonic()
    with server(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000, drip=0.05) as (port, _):
        assert "no answer within" in tell_webhook(f"http://127.0.0.1:{port}/", [CHANGE], seconds=0.5)
    assert time.monotonic() - began < 20


def test_a_command_that_hangs_ends_with_what_it_started() -> None:
    child = "import subprocess, time; subprocess.Popen(['sleep', '60'])"
    began = time.monotonic()
    told = tell_command(f'{sys.executable} -c "{child}; time.sleep(60)"', [CHANGE], seconds=1.5)
    assert "not done within" in told
    assert time.monotonic() - began < 30


def test_a_command_that_ends_at_once_or_is_none_is_said() -> None:
    assert tell_command(f'{sys.executable} -c "raise SystemExit(3)"', [CHANGE]) == "the command ended with 3"
    assert "the command" in tell_command("/nonexistent/program", [CHANGE])
    assert "the command" in tell_command('"', [CHANGE])
    assert "the command" in tell_command("", [CHANGE])
