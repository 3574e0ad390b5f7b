"""Archives to Parquet, to a store, to stories: the same as a replay and one folder on one machine."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines import runner
from pipelines.archive import job, plan
from pipelines.archive.job import Report
from pipelines.archive.load import NoArchive, load
from pipelines.archive.schema import page_of, row_of
from pipelines.archive.shelf import Groups, Shelf
from pipelines.parquet import arrow
from tests.archive.made import SITE, Answer, answer, file_of, page, wacz, written
from tests.archive.plain import Plain
from tests.archive.test_replay import SAME, rows

STRANGER = "https://www.qala-news.example.kz/2026/11/20/zhol"


def made(
    files: Iterable[Path | str],
    out: Path,
    engine: Plain | None = None,
    *,
    size: int = 1 << 30,
    window: int = 1,
) -> Report:
    return job.run(
        map(str, files), out, engine or Plain(), size=size, fold=True, told=lambda *_: None, window=window
    )


def imported(out: Path, db: Path) -> dict[str, int]:
    spiders = runner.outlets()
    runner.prepare(db, spiders.values())
    declared = {name: spider.facts() for name, spider in spiders.items()}
    return load(out, db, db.parent / "archive", declared, lambda *_: None)


def state(db: Path) -> dict[str, Any]:
    return {what: rows(db, sql) for what, sql in SAME.items()}


def tree(out: Path, *folders: str) -> dict[str, bytes]:
    """Give what is in folders of an archive, by path."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for folder in folders or ("pages", "tables")
        for path in sorted((out / folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def read(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of that crawl, read in stretches and folded day by day."""
    out = tmp_path_factory.mktemp("read")
    report = made(sorted((recorded / "archive").iterdir()), out, size=8_000)
    assert not report.failed
    assert not report.errors
    assert len(list(Shelf(out).receipts("read"))) > 10
    assert len(list(Shelf(out).receipts("link"))) > 3
    return out


def test_what_is_imported_is_what_was_crawled(recorded: Path, read: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").symlink_to(recorded / "archive")
    counts = imported(read, tmp_path / "j.db")
    assert counts["new"] == 50
    assert state(tmp_path / "j.db") == state(recorded / "j.db")


def test_to_import_twice_changes_nothing(read: Path, tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    imported(read, db)
    dump = (
        "SELECT (SELECT count(*) FROM crawls), (SELECT count(*) FROM fetches), (SELECT max(id) FROM stories)"
    )
    before = state(db), rows(db, dump)
    counts = imported(read, db)
    assert counts["known"] > 50
    assert not counts["pages"]
    assert (state(db), rows(db, dump)) == before


WHY = (
    "SELECT a.canonical_url, m.reason, m.evidence, n.canonical_url FROM story_members AS m "
    "JOIN articles AS a ON a.id = m.article_id LEFT JOIN articles AS n ON n.id = m.nearest_id ORDER BY 1"
)
COPIES = (
    "SELECT a.canonical_url, o.canonical_url, c.containment, c.jaccard FROM near_copies AS c "
    "JOIN articles AS a ON a.id = c.article_id JOIN articles AS o ON o.id = c.of_id ORDER BY 1, 2"
)


def test_stories_are_those_of_one_folder(recorded: Path, read: Path, tmp_path: Path) -> None:
    """Window after window comes to what `pipelines.fold.settle` comes to over the whole store."""
    imported(read, tmp_path / "j.db")
    assert folded(read) == [rows(tmp_path / "j.db", sql) for sql in (SAME["stories"], WHY, COPIES)]
    # Which of two translations came first, and so why each is there, is another matter in a live crawl.
    assert folded(read)[0] == rows(recorded / "j.db", SAME["stories"])


@pytest.mark.parametrize("batch", [1, 7])
def test_batches_are_those_of_one_folder(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """So too where windows end within batches, and a batch joins or merges stories of an earlier one."""
    monkeypatch.setattr("pipelines.fold.BATCH", batch)
    monkeypatch.setattr("pipelines.archive.linking.BATCH", batch)
    made(sorted((recorded / "archive").iterdir()), tmp_path / "out")
    imported(tmp_path / "out", tmp_path / "j.db")
    assert folded(tmp_path / "out") == [
        rows(tmp_path / "j.db", sql) for sql in (SAME["stories"], WHY, COPIES)
    ]


def folded(out: Path) -> list[list[tuple[Any, ...]]]:
    """Give the stories of an archive, why each article is in its, and its copies: by address."""
    url = dict(table(out, "articles", "id", "canonical_url"))
    stories: dict[int, set[str]] = {}
    for number, story in table(out, "story_members", "article_id", "story_id"):
        stories.setdefault(story, set()).add(url[number])
    why = table(out, "story_members", "article_id", "reason", "evidence", "nearest_id")
    copies = table(out, "near_copies", "article_id", "of_id", "containment", "jaccard")
    return [
        sorted((" ".join(sorted(urls)),) for urls in stories.values()),
        sorted((url[a], reason, evidence, url.get(n)) for a, reason, evidence, n in why),
        sorted((url[a], url[o], c, j) for a, o, c, j in copies),
    ]


def table(out: Path, name: str, *columns: str) -> list[tuple[Any, ...]]:
    files = sorted((out / "tables" / name).glob("*.parquet"))
    lines = [row for file in files for row in arrow().parquet.read_table(file).to_pylist()]
    return [tuple(row[column] for column in columns) for row in lines]


def test_the_same_job_again_does_nothing(recorded: Path, read: Path, tmp_path: Path) -> None:
    shutil.copytree(read, tmp_path / "out", copy_function=shutil.copy2)
    before = tree(tmp_path / "out")
    engine = Plain()
    report = made(sorted((recorded / "archive").iterdir()), tmp_path / "out", engine, size=8_000)
    assert all(name.startswith("/") for name in engine.done)  # where to cut alone
    assert report.again > 10
    assert tree(tmp_path / "out") == before


def test_however_it_is_cut_the_articles_are_the_same(recorded: Path, read: Path, tmp_path: Path) -> None:
    files = sorted((recorded / "archive").iterdir())
    made(files, tmp_path / "out", window=1000)
    whole, cut = tree(tmp_path / "out", "tables"), tree(read, "tables")
    windows = ("tables/story_members", "tables/near_copies")
    assert {k: v for k, v in whole.items() if not k.startswith(windows)} == {
        k: v for k, v in cut.items() if not k.startswith(windows)
    }
    for name in ("story_members", "near_copies"):
        columns = ("article_id", "story_id") if name == "story_members" else ("article_id", "of_id")
        assert sorted(table(tmp_path / "out", name, *columns)) == sorted(table(read, name, *columns))


def test_a_job_that_failed_goes_on_and_leaves_nothing_of_its_first_try(
    recorded: Path, tmp_path: Path
) -> None:
    files = sorted((recorded / "archive").iterdir())
    out = tmp_path / "out"
    first = made(files, out, Plain("keep-inbusiness"), size=8_000)
    assert list(first.errors) == ["keep-inbusiness"]
    assert not list(Shelf(out).receipts("link"))
    name = next(name for name, _ in Shelf(out).receipts("read"))
    told = Shelf(out).told(name)
    stray = "pages/date=1999-01-01/of=akorda/stray.parquet"
    (out / stray).parent.mkdir(parents=True)
    (out / stray).write_bytes(b"half")
    Shelf(out).note(name, {"done": False, "files": {**told["files"], stray: ""}})  # killed at its end
    report = made(files, out, size=8_000)
    assert not report.errors
    assert not (out / stray).exists()
    assert report.again > 10


def test_a_corrupt_file_among_others_is_reported_and_costs_itself(tmp_path: Path) -> None:
    files = []
    for number in range(20):
        path = tmp_path / f"{number:02}.warc.gz"
        files.append(file_of(path, [answer(2 * number), answer(2 * number + 1)]))
    files[3].write_bytes(b"\x1f\x8b\x08 rubbish" * 50)
    data = files[5].read_bytes()
    files[5].write_bytes(data[:-300])
    files[7].unlink()
    report = made(files, tmp_path / "out")
    assert [Path(each.file).name for each in report.failed] == ["03.warc.gz", "05.warc.gz", "07.warc.gz"]
    told = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (told["files"], told["failed"], told["articles"]) == (20, 3, 35)
    assert told["errors"]["file"] == 1
    assert told["errors"]["damaged"] >= 2
    assert [Path(each["file"]).name for each in told["unsound"]] == ["03.warc.gz", "05.warc.gz", "07.warc.gz"]
    assert len(table(tmp_path / "out", "articles", "id")) == 35


def test_strangers_are_read_by_their_host_and_kept_to_their_headline(tmp_path: Path) -> None:
    answers = [
        answer(1),
        Answer(STRANGER, page(2)),
        Answer("https://qala-news.example.kz/", b"<title>Front page</title><h1>Qala</h1>"),
        Answer("https://192.168.0.7/a", page(3)),
        Answer("https://localhost/a", page(3)),
        Answer("https://gone.example.kz/a", page(4), status="404 Not Found"),
        Answer("https://pic.example.kz/a.png", b"\x89PNG", [("Content-Type", "image/png")]),
        Answer(f"{SITE.replace('www.', '')}/kz/auylda-zhana-zhol-2741955", page(5)),
    ]
    report = made([file_of(tmp_path / "a.warc.gz", answers)], tmp_path / "out")
    assert not report.failed
    assert dict(table(tmp_path / "out", "articles", "canonical_url", "outlet")) == {
        answers[0].url: "akorda",
        "https://qala-news.example.kz/2026/11/20/zhol": "qala-news.example.kz",
        f"{SITE}/kz/auylda-zhana-zhol-2741955": "akorda",
    }
    imported(tmp_path / "out", tmp_path / "j.db")
    terms = rows(tmp_path / "j.db", "SELECT terms, zone FROM outlets WHERE name = 'qala-news.example.kz'")
    assert terms == [("headline", "UTC")]


def test_pages_that_are_gone_come_along(tmp_path: Path) -> None:
    later = Answer(answer(1).url, b"gone", status="404 Not Found", date="2026-11-21T09:30:00Z")
    made([file_of(tmp_path / "a.warc.gz", [answer(1), later])], tmp_path / "out")
    imported(tmp_path / "out", tmp_path / "j.db")
    assert rows(tmp_path / "j.db", "SELECT gone_at FROM articles") == [("2026-11-21T09:30:00Z",)]


def test_states_come_in_the_order_of_time_whatever_the_files(tmp_path: Path) -> None:
    early, late = answer(1), answer(1, "Кейін жолға шамдар орнатылды.", date="2026-11-22T09:30:00Z")
    files = [file_of(tmp_path / "1.warc.gz", [late]), file_of(tmp_path / "2.warc.gz", [early])]
    made(files, tmp_path / "out")
    imported(tmp_path / "out", tmp_path / "j.db")
    seen = rows(tmp_path / "j.db", "SELECT number, seen_at FROM revisions ORDER BY number")
    assert seen == [(1, early.date), (2, late.date)]
    assert sorted(table(tmp_path / "out", "revisions", "number", "seen_at")) == seen


def test_other_makes_are_read_whole(tmp_path: Path) -> None:
    answers = [answer(number) for number in range(6)]
    plain = file_of(tmp_path / "a.warc", answers[:2], gz=False)
    squeezed = tmp_path / "b.warc.gz"
    squeezed.write_bytes(gzip.compress(written(answers[2:4], gz=False)[0]))
    packed = wacz(tmp_path / "c.wacz", {"data.warc.gz": written(answers[4:])[0]})
    report = made([plain, squeezed, packed], tmp_path / "out", size=100)
    assert not report.failed
    assert sorted(url for (url,) in table(tmp_path / "out", "articles", "canonical_url")) == sorted(
        each.url for each in answers
    )


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="nothing that jarshy archive wrote"):
        imported(tmp_path / "none", tmp_path / "j.db")


def test_a_page_comes_back_as_it_was(read: Path) -> None:
    found = 0
    for path in (read / "pages").rglob("*.parquet"):
        for row in arrow().parquet.read_table(path).to_pylist():
            again = page_of(row)
            assert row_of(again) == row
            assert again.fetch.at.tzinfo is not None
            found += again.article is not None
    assert found == 50


def test_slices_have_names_of_their_own() -> None:
    named = {
        plan.Slice(file, start).name
        for file in ("/a/x.warc.gz", "/b/x.warc.gz", "https://x.kz/x.warc.gz?y=/z", "/a/ж/..")
        for start in (0, 7)
    }
    assert len(named) == 8
    assert all(name.isascii() and "/" not in name and len(name) < 120 for name in named)
    assert plan.named(["a", "./a", "s3://x/a"]) == [str(Path("a").resolve()), "s3://x/a"]


def test_outlets_of_one_site_are_kept_together() -> None:
    groups = Groups(spider.facts() for spider in runner.outlets().values())
    assert groups.of("akorda") == "akorda"
    assert groups.of("photo.akorda.kz") == "akorda"
    assert groups.of("a.example.org") == groups.of("b.example.org")
    assert groups.of("example.org").startswith("others-")


def test_nothing_is_taken_from_the_clock_of_today(tmp_path: Path) -> None:
    made([file_of(tmp_path / "a.warc.gz", [answer(1)])], tmp_path / "out")
    today = datetime.now(UTC).date().isoformat()
    for path in (tmp_path / "out").rglob("*.parquet"):
        assert today not in str(arrow().parquet.read_table(path).to_pylist()), path


def test_an_error_of_ours_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **told: Any) -> None:
        raise RecursionError(told["url"])

    monkeypatch.setattr("pipelines.archive.reading.extract_page", broken)
    report = made([file_of(tmp_path / "a.warc.gz", [answer(1), Answer(STRANGER, page(2))])], tmp_path / "out")
    assert not report.errors
    assert report.told()["errors"]["field extraction"] == 1
    assert [outlet for (outlet,) in table(tmp_path / "out", "articles", "outlet")] == ["akorda"]
