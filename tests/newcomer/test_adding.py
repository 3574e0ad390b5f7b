"""A newcomer adds an outlet by docs/adding-an-outlet.md alone: its commands and snippets, in their order."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newcomer.checkout import copy_checkout, run
from tests.newcomer.site import AWKWARD, TABLE, page, served, wordpress
from tests.road import HOME

DOCUMENT = HOME / "docs" / "adding-an-outlet.md"
FLEET = ("spiders/test_fleet.py", "spiders/test_outlets.py", "spiders/test_outlet_listings.py")
TESTS = [f"tests/{name}" for name in (*FLEET, "feeds/test_fleet_page.py")]


def snippets() -> Iterator[tuple[str, str]]:
    """Give each fenced part of the document: its language and its text."""
    text = DOCUMENT.read_text(encoding="utf-8")
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def replace_declarations(spider: Path, wanted: str) -> None:
    """Put each `name = value` of a snippet in the place of the spider's own."""
    text = spider.read_text(encoding="utf-8")
    for line in wanted.splitlines():
        name = line.partition("=")[0]
        text, count = re.subn(rf"^{re.escape(name)}=.*$", line, text, flags=re.MULTILINE)
        assert count == 1, line
    spider.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_the_document_adds_an_outlet(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path)
    spider = checkout / "spiders" / "qala.py"
    cases = checkout / "tests" / "outlets" / "qala"
    did: list[str] = []
    with served(wordpress()) as site:
        for language, text in snippets():
            if language == "python":
                replace_declarations(spider, text)
            elif language == "json":
                (cases / "ru-table").mkdir()
                (cases / "ru-table" / "page.html").write_text(page(AWKWARD, TABLE), encoding="utf-8")
                (cases / "ru-table" / "meta.json").write_text(text, encoding="utf-8")
            else:
                for line in text.splitlines():
                    if line == "make test":  # the part of it that knows of outlets is run below
                        continue
                    done = run(checkout, *shlex.split(line), port=site.port)
                    assert done.returncode == 0, (line, done.stdout[-3000:], done.stderr[-3000:])
                    did.append(line)
    whole = run(checkout, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS)
    assert whole.returncode == 0, whole.stdout[-3000:]
    assert {line.split()[2] for line in did if line.startswith("jarshy outlets")} == {"new", "check"}
    agents = {agent.split("/")[0] for _, agent in site.asked}
    assert agents == {"Jarshy"}
    paths = [path for path, _ in site.asked]
    assert "/robots.txt" in paths
    assert not [path for path in paths if "/2026/11/20/" in path or "comments" in path]
    read = json.loads((cases / "ru-table" / "expected.json").read_text(encoding="utf-8"))
    assert ["row", "Северный | 410"] in read["blocks"]
    first = json.loads((cases / "kk-1" / "expected.json").read_text(encoding="utf-8"))
    assert (first["headline"], first["published"]["at"]) == (
        "Жаңа мектеп қаңтарда ашылады",
        "2026-11-24T06:30:00+00:00",
    )
    assert len(spider.read_text(encoding="utf-8").splitlines()) < 60
    tidy = ["-m", "ruff", "check", "--no-cache", "spiders/qala.py"]
    subprocess.run([sys.executable, *tidy], cwd=checkout, check=True, capture_output=True)  # noqa: S603
    tidy = ["-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "types"), "spiders/qala.py"]
    subprocess.run([sys.executable, *tidy], cwd=checkout, check=True, capture_output=True)  # noqa: S603
