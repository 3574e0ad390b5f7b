"""Pages of unknown sites: the structures of more than a hundred systems, invented texts in sixteen languages.

They are a bar, not golden files: what is read of all of them together must be as good as it was when half of
them had never been looked at, and no single one may be lost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.score_extract import PAGES, agreement, files, jarshy, report, shingles
from pipelines.jsonl import extract_line
from spiders.extract.dom import squash

CASES = sorted(PAGES.glob("*.html"))


def wanted_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_page_is_lost(path: Path) -> None:
    wanted = wanted_of(path)
    read = jarshy(path.read_text(encoding="utf-8"), wanted["url"])
    assert squash(read.headline) == squash(wanted["headline"])
    assert (read.date or "")[:10] == (wanted["published"] or "")[:10]
    precision, recall = agreement(shingles(read.body), shingles("\n".join(wanted["paragraphs"])))
    assert min(precision, recall) > 0.85
    assert not wanted["images"] or files(read.images)


def test_the_pages_together_are_read_as_well_as_is_claimed(capsys: pytest.CaptureFixture[str]) -> None:
    figures = report(readers={"jarshy extract": jarshy})
    assert f"{len(CASES)} pages" in capsys.readouterr().out
    assert figures["body"] > 0.99
    assert figures["author"] > 0.96
    assert figures["images"] > 0.95


def test_language_section_and_tags_are_read_too() -> None:
    wrong: dict[str, list[str]] = {"lang": [], "section": [], "tags": []}
    for path in CASES:
        wanted = wanted_of(path)
        read = extract_line({"url": wanted["url"], "html": path.read_text(encoding="utf-8")}, {})
        for field, names in wrong.items():
            if (
                wanted[field]
                and read[field] != wanted[field]
                and sorted(read[field] or "") != sorted(wanted[field])
            ):
                names.append(path.stem)
    assert wrong["lang"] == []
    assert len(wrong["section"]) <= 1
    assert wrong["tags"] == []


def test_dates_counted_from_the_time_of_reading_need_to_know_it() -> None:
    path = PAGES / "date_relative.html"
    line = {"url": wanted_of(path)["url"], "html": path.read_text(encoding="utf-8")}
    assert extract_line(line, {})["published"] is None
    told = extract_line({**line, "now": "2025-11-25T09:00:00+00:00"}, {})["published"]
    assert told == "2025-11-25T07:00:00+00:00"


def test_there_are_pages_of_many_makes_and_languages() -> None:
    assert len(CASES) >= 60
    assert len({wanted_of(path)["lang"] for path in CASES}) >= 14
