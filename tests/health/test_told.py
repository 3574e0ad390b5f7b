"""How an outlet does, told: the table, the metrics, the feed, the webhook and the command, on change only."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from lxml import etree
from prometheus_client.parser import text_string_to_metric_families

from data.sample.server import SampleServer
from feeds.validate import problems_of_rss
from tests.road import HOME, command, environment


@contextmanager
def hook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    told: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/secret", told
        finally:
            server.shutdown()
            thread.join()


def test_a_change_is_told_once_and_everywhere(tmp_path: Path) -> None:
    db, out, metrics, mail = (tmp_path / name for name in ("j.db", "out", "j.prom", "mail"))

    def run(verb: str, port: int, url: str, *more: str) -> subprocess.CompletedProcess[bytes]:
        told = {
            "JARSHY_WEBHOOK": url,
            "JARSHY_NOTIFY": f"{sys.executable} {script}",
            "JARSHY_PROMETHEUS": str(metrics),
        }
        where = ["--out", str(out)] if verb == "run" else []
        return subprocess.run(  # noqa: S603
            command(verb, *more, "--db", db, *where), cwd=HOME, env={**environment(port), **told},
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip

    script = tmp_path / "mail.py"
    script.write_text(f"import sys; open({str(mail)!r}, 'a').write(sys.stdin.read())")
    with hook() as (url, told), SampleServer() as server:
        whole = server.answer
        assert run("run", server.port, url, "akorda").returncode == 0
        assert told == []  # all is as it should be
        server.answer = lambda host, target: whole(f"no.{host}", target)  # type: ignore[method-assign]
        for _ in range(2):
            assert run("run", server.port, url, "akorda").returncode == 1
        (first,) = told
        assert "akorda: new -> ill" in str(first["text"])
        state = run("status", server.port, url, "--json")
        assert state.returncode == 1
        (row,) = [each for each in json.loads(state.stdout) if each["outlet"] == "akorda"]
        assert row["state"] == "ill"
        assert row["why"]
        assert row["last_success"] < row["since"]
        server.answer = whole  # type: ignore[method-assign]
        assert run("run", server.port, "http://127.0.0.1:1/", "akorda").returncode == 0  # the hook is down
        assert run("status", server.port, url).returncode == 0
    assert len(told) == 1
    assert mail.read_text().splitlines()[-1] == "akorda: ill -> new"
    families = {each.name: each for each in text_string_to_metric_families(metrics.read_text())}
    states = families["jarshy_outlet_state"].samples
    assert {each.labels["state"] for each in states if each.value == 1} == {"new"}
    feed = (out / "health.xml").read_bytes()
    assert problems_of_rss(feed) == []
    assert len({item.text for item in etree.fromstring(feed).iterfind(".//item/guid")}) == 2
