"""The program itself on Dask: on this machine's cores, on a cluster, with a worker that dies."""

from __future__ import annotations

import datetime as dt
import functools
import ipaddress
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.archive import engine
from pipelines.archive.shelf import Shelf
from tests.archive.made import answer, file_of
from tests.archive.plain import Plain
from tests.archive.test_job import made, tree
from tests.road import HOME, command, environment


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Sixteen files of a few pages each."""
    folder = tmp_path_factory.mktemp("files")
    return [
        file_of(folder / f"{number:02}.warc.gz", [answer(20 * number + n) for n in range(6)])
        for number in range(16)
    ]


@pytest.fixture(scope="module")
def expected(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a plain loop comes to."""
    out = tmp_path_factory.mktemp("plain")
    assert not made(files, out, Plain(), window=20_000).failed
    return tree(out)


def program(*arguments: str | Path, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command(*arguments),
        cwd=HOME,
        env=environment() | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(child: subprocess.Popen[bytes], code: int = 0) -> str:
    out, err = child.communicate(timeout=120)
    assert child.returncode == code, err.decode()[-3000:]
    return out.decode()


@contextmanager
def daemon(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster as a process of its own."""
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *arguments], cwd=HOME, env=environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        return int(server.server_address[1])


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers on loopback; gives the address, and the workers."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    one = ("--no-dashboard", "--host", "127.0.0.1")
    with ExitStack() as stack:
        stack.enter_context(daemon("distributed.cli.dask_scheduler", *one, "--port", str(port)))
        told = (
            "--no-nanny",
            "--nthreads",
            "1",
            "--local-directory",
            str(folder / "dask"),
            "--death-timeout",
            "30",
        )
        worker = ("distributed.cli.dask_worker", address, *one, *told)
        yield address, [stack.enter_context(daemon(*worker)) for _ in range(workers)]


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(
    files: list[Path], expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with cluster(tmp_path, 2) as (address, (victim, _)):
        job = program("archive", *files, "--out", out, "--scheduler", address)
        deadline = time.monotonic() + 60
        while len(list(Shelf(out).receipts("read"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(victim.pid, signal.SIGKILL)
        assert len(list(Shelf(out).receipts("read"))) < len(files), "it was not killed in the middle"
        told = ended(job)
    assert "failed=0 pages=96 articles=96" in told
    assert tree(out) == expected


@pytest.mark.slow
def test_a_job_that_is_killed_goes_on(files: list[Path], expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with cluster(tmp_path, 1) as (address, _):
        job = program("archive", *files, "--out", out, "--scheduler", address)
        deadline = time.monotonic() + 60
        while len(list(Shelf(out).receipts("read"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        job.kill()
        job.communicate()
        left = len(list(Shelf(out).receipts("read")))
        assert 0 < left < len(files)
        told = ended(program("archive", *files, "--out", out, "--scheduler", address))
    done = int(told.rpartition("done_before=")[2].split()[0])
    assert done >= left
    assert tree(out) == expected


def certificate(folder: Path) -> Path:
    """A certificate for localhost, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "localhost.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, pem: Path) -> Iterator[str]:
    """A folder behind https on loopback; gives its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"https://localhost:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_files_behind_an_address_are_fetched_and_one_that_is_not_there_is_reported(
    files: list[Path], tmp_path: Path
) -> None:
    """On a cluster of this machine's own; nothing of the network but loopback."""
    pem = certificate(tmp_path)
    with served(files[0].parent, pem) as address:
        names = [f"{address}/{files[0].name}", f"{address}/none.warc.gz", str(files[1])]
        out = tmp_path / "out"
        child = program("archive", *names, "--out", out, "--workers", "1", SSL_CERT_FILE=str(pem))
        told = ended(child, code=1)
    assert "files=3 failed=1 pages=12 articles=12" in told
    assert f"event=unreadable file={names[1]}" in told
    assert not list(tmp_path.glob("out/**/.*"))


def test_without_dask_the_message_says_what_to_do(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from cli import main

    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["archive", str(files[0]), "--out", str(tmp_path / "out")]) == 2
    assert "pip install 'jarshy[cluster]'" in capfd.readouterr().err


def test_a_worker_of_another_version_is_refused() -> None:
    assert engine.checked(engine.version(), max, 1, 2) == 2
    with pytest.raises(engine.Stranger, match=r"a worker runs jarshy .*, the job was begun by 9\.9"):
        engine.checked("9.9", max, 1, 2)


def test_no_scheduler_is_said(files: list[Path], tmp_path: Path) -> None:
    variables = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    child = program("archive", files[0], "--out", tmp_path, "--scheduler", "tcp://127.0.0.1:9", **variables)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 75
    assert "no scheduler answers at tcp://127.0.0.1:9" in err.decode()


def test_two_jobs_do_not_write_to_one_folder(files: list[Path], tmp_path: Path) -> None:
    from pipelines.lock import hold, lock_path

    with hold(lock_path(tmp_path / "job")):
        _, err = program("archive", files[0], "--out", tmp_path).communicate(timeout=60)
    assert "another job writes to" in err.decode()
