"""The verb as a process: what it listens on, what it refuses, how it ends."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import cli
from feeds.serve.server import is_loopback

HOME = Path(__file__).parents[3]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<!doctype html><p>Жаңалық</p>", encoding="utf-8")
    return tmp_path


def command(out: Path, port: int = 0) -> list[str]:
    return [sys.executable, "-m", "cli", "serve", "--port", str(port), "--out", str(out)]


@contextmanager
def serving(out: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command(out), cwd=HOME, stdout=pipe, stderr=pipe, text=True) as process:  # noqa: S603
        try:
            assert process.stdout
            line = process.stdout.readline()
            found = re.search(r"event=serving url=http://127\.0\.0\.1:(\d+)/ ", line)
            assert found, line
            yield process, int(found[1])
        finally:
            process.kill()


def asked(
    connection: http.client.HTTPConnection, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    connection.request(method, "/", headers=headers)
    with connection.getresponse() as response:
        return response.status, response.headers, response.read().decode()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_when_told(out: Path, told: signal.Signals) -> None:
    with serving(out) as (process, port):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            for _ in range(2):  # over one connection
                status, headers, body = asked(connection)
                assert (status, "Жаңалық" in body, headers["Server"]) == (200, True, "jarshy")
            assert asked(connection, "HEAD", **{"If-None-Match": headers["ETag"]})[0] == 304
            assert asked(connection, Host="stranger.example")[0] == 421
            process.send_signal(told)  # while somebody is still connected
            assert process.wait(timeout=20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_a_port_in_use_is_told(out: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        again = subprocess.run(  # noqa: S603
            command(out, port), cwd=HOME, capture_output=True, text=True, check=False, timeout=60
        )
    assert again.returncode == 3
    assert "--port" in again.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "203.0.113.9"])  # noqa: S104
def test_others_are_refused_unless_asked(out: Path, host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--host", host, "--out", str(out)]) == 2
    assert "--allow-remote" in capsys.readouterr().err


def test_mistakes_are_told(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--host", "example.org", "--out", str(out)]) == 2
    assert cli.main(["serve", "--out", str(tmp_path / "none")]) == 3
    told = capsys.readouterr().err
    assert "no IP address" in told
    assert "jarshy digest" in told
    with pytest.raises(SystemExit):
        cli.main(["serve", "--port", "65536"])


def test_what_loopback_is() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::")] == [  # noqa: S104
        True, True, True, False, False,
    ]  # fmt: skip
