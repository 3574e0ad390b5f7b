from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.made import answer, file_of
from tests.archive.test_replay import rows
from tests.road import HOME, environment

PROGRAM = """
import sys
import pipelines.keep
pipelines.keep.FOLDED_AT_ONCE = int(sys.argv.pop(1))
import cli
raise SystemExit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("at_once", [1, 7])
def test_stories_are_the_same_however_often_the_folder_is_begun_anew(tmp_path: Path, at_once: int) -> None:
    path = file_of(tmp_path / "a.warc.gz", [answer(number % 9, "x" * (number // 9)) for number in range(18)])
    found = []
    for size in (at_once, 1000):
        db = tmp_path / f"{size}.db"
        command = [sys.executable, "-c", PROGRAM, str(size), "crawl", "akorda", "--db", str(db)]
        subprocess.run([*command, "--archive", str(path)], cwd=HOME, env=environment(), check=True)  # noqa: S603
        found.append(
            rows(
                db,
                "SELECT group_concat(url, ' ') FROM (SELECT m.story_id, a.url FROM story_members AS m "
                "JOIN articles AS a ON a.id = m.article_id ORDER BY 2) GROUP BY story_id ORDER BY 1",
            )
        )
    assert found[0] == found[1]
