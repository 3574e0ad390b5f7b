from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import DOWNLOAD_HANDLERS, DOWNLOAD_VERIFY_CERTIFICATES
from spiders.support.chains import BadChain, read_links
from spiders.support.guard import PortRefused, check_port
from tests.road import HOME, environment
from tests.spiders.authority import DAY, NOW, Holder, issue, serve
from tests.spiders.secure import HOST

ROOT = issue("Root", authority=True)
LINK = issue("Link", ROOT, authority=True)
OLD_LINK = issue("Old link", ROOT, authority=True, ends=NOW - DAY)
STRANGER = issue("Stranger", authority=True)
STRANGERS_LINK = issue("Stranger's link", STRANGER, authority=True)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    folder = tmp_path_factory.mktemp("served")
    served = {
        "complete": serve(folder, "complete", issue("a", LINK, host=HOST), LINK),
        "incomplete": serve(folder, "incomplete", issue("b", LINK, host=HOST)),
        "wrong_host": serve(folder, "wrong_host", issue("c", LINK, host="other.example.kz")),
        "expired": serve(folder, "expired", issue("d", LINK, host=HOST, ends=NOW - DAY), LINK),
        "self_signed": serve(folder, "self_signed", issue("e", host=HOST)),
        "stranger": serve(folder, "stranger", issue("f", STRANGERS_LINK, host=HOST)),
        "old_link": serve(folder, "old_link", issue("g", OLD_LINK, host=HOST)),
        "undeclared": serve(folder, "undeclared", issue("h", LINK, host=HOST), LINK),
    }
    yield {name: int(server.server_address[1]) for name, server in served.items()}
    for server in served.values():
        server.shutdown()
        server.server_close()


def asked(ports: dict[str, int], folder: Path, *links: Holder, root: Holder = ROOT) -> dict[str, str]:
    """Ask all the servers, with these links brought along and one root trusted."""
    trusted = folder / "roots.pem"
    trusted.write_bytes(root.pem)
    if links:
        (folder / "links.pem").write_bytes(b"".join(each.pem for each in links))
    chain = "links.pem" if links else ""
    names = [f"{name}={port}" for name, port in ports.items()]
    roots = {"SSL_CERT_FILE": str(trusted), "SSL_CERT_DIR": "/nowhere"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.spiders.secure", folder, chain, *names],
        cwd=HOME,
        env={**environment(), "PYTHONPATH": str(HOME), **roots},
        capture_output=True,
        timeout=60,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    assert found.keys() == ports.keys(), done.stderr.decode()
    return found


def well(found: dict[str, str]) -> set[str]:
    return {name for name, told in found.items() if told == "ok"}


def test_a_chain_that_ends_in_a_root_is_needed(ports: dict[str, int], tmp_path: Path) -> None:
    found = asked(ports, tmp_path)
    assert well(found) == {"complete"}
    assert found["undeclared"].startswith("PortRefused")
    assert all(
        "certificate verify failed" in found[name] for name in ("incomplete", "self_signed", "expired")
    )


def test_links_that_an_outlet_brings_complete_its_chain_and_no_other(
    ports: dict[str, int], tmp_path: Path
) -> None:
    found = asked(ports, tmp_path, LINK, STRANGERS_LINK, OLD_LINK)
    assert well(found) == {"complete", "incomplete"}


def test_a_link_is_no_root(ports: dict[str, int], tmp_path: Path) -> None:
    assert well(asked(ports, tmp_path, LINK, root=STRANGER)) == set()


def test_what_may_be_in_a_file_of_links(tmp_path: Path) -> None:
    path = tmp_path / "links.pem"
    for content, why in (
        (ROOT.pem, "is a root"),
        (LINK.pem + ROOT.pem, "is a root"),
        (issue("server", LINK, host=HOST).pem, "no certificate authority"),
        (b"", "PEM"),
        (b"junk", "PEM"),
        (LINK.pem * 6, "6 certificates"),
    ):
        path.write_bytes(content)
        with pytest.raises(BadChain, match=why) as raised:
            read_links(path)
        assert str(path) in str(raised.value)
    with pytest.raises(BadChain, match="nowhere"):
        read_links(tmp_path / "nowhere.pem")
    path.write_bytes(LINK.pem + STRANGERS_LINK.pem)
    assert len(read_links(path)) == 2


def test_no_setting_turns_checks_off() -> None:
    assert DOWNLOAD_VERIFY_CERTIFICATES is True
    # One handler, of HTTP/1.1: another would have its own way past the resolver, the ports and the roots.
    assert {name for name in DOWNLOAD_HANDLERS.values() if name} == {"spiders.support.loopback.OutletHandler"}


@pytest.mark.parametrize(
    "url",
    [
        "http://e.kz/",
        "https://e.kz/",
        "http://e.kz:80/",
        "https://e.kz:443/",
        "http://e.kz:443/",
        "http://E.kz:8080/x",
    ],
)
def test_ports_of_the_web_and_declared_ones_pass(url: str) -> None:
    check_port(url, ("e.kz:8080", "other.kz"))


@pytest.mark.parametrize(
    "url",
    [
        "http://e.kz:8081/",
        "http://other.kz:8080/",
        "https://e.kz:25/",
        "http://e.kz:0/",
        "http://e.kz:99999/",
        "http://e.kz:x/",
        "http://8080.e.kz:22/",
    ],
)
def test_other_ports_are_refused(url: str) -> None:
    with pytest.raises(PortRefused):
        check_port(url, ("e.kz:8080", "other.kz"))
