"""What a verb loads: a run with nothing to do, help and status are not to wait for the crawler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipelines.lock import hold, lock_path
from pipelines.store import Store
from tests.road import HOME, environment

CRAWLER = {
    "scrapy",
    "twisted",
    "lxml",
    "bs4",
    "dateparser",
    "trafilatura",
    "htmldate",
    "py3langid",
    "pymorphy3",
}
FEEDS = {"feedgen", "feedparser", "jinja2", "nh3", "babel"}
STORE = {"sqlite3", "sqlite_utils", "numpy", "pandas"}
CONSOLE = {"rich"}


def loaded(*words: str | Path, code: int) -> set[str]:
    """Give the top-level modules that a verb has loaded when it ends."""
    script = (
        "import sys, cli\n"
        "try:\n    code = cli.main(sys.argv[1:])\nexcept SystemExit as ended:\n    code = ended.code\n"
        "print(code, *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, *map(str, words)],
        cwd=HOME, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    ended, *names = done.stderr.splitlines()[-1].split()
    assert int(ended) == code, done.stderr
    return set(names)


def test_help_loads_next_to_nothing() -> None:
    names = loaded("--help", code=0)
    assert not names & (CRAWLER | FEEDS | STORE | CONSOLE)
    assert not names & {"argparse", "pathlib", "typing", "re", "datetime", "logging", "importlib_metadata"}


def test_a_verbs_help_loads_no_room() -> None:
    for verb in ("run", "status", "search", "outlets"):
        assert not loaded(verb, "--help", code=0) & (CRAWLER | FEEDS | STORE | CONSOLE)


def test_a_run_beside_another_loads_no_crawler_and_no_store(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with hold(lock_path(db)):
        names = loaded("run", "--db", db, code=75)
    assert not names & (CRAWLER | FEEDS | CONSOLE | STORE - {"sqlite3"})


def test_status_loads_no_crawler(tmp_path: Path) -> None:
    Store.open(tmp_path / "j.db").close()
    names = loaded("status", "--db", tmp_path / "j.db", code=0)
    assert not names & (CRAWLER | FEEDS | {"pandas"})
