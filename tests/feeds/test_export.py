from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from feeds import export as export_module
from feeds.export import MANIFEST, write
from feeds.metadata import FILE, text
from feeds.tables import write_csv
from items import Block, Image, Link, OutletFacts, Quote
from pipelines.parquet import MissingParquet
from pipelines.store import Desk, Store
from tests.store.pages import AKORDA, DAY, INBUSINESS, NOW, SITES, article, credit, page, reading

HEADLINE = replace(INBUSINESS, name="terse", hosts=("terse.kz",), home="https://terse.kz", terms="headline")
OUTLETS: tuple[OutletFacts, ...] = (AKORDA, INBUSINESS, HEADLINE)
FORMS = ("sqlite", "csv", "jsonl")


def marked(outlet: str) -> Any:
    """An article whose every text has a word of its own: outlet and place."""

    def word(place: str) -> str:
        return f"{outlet}qq{place}"

    blocks = [Block(kind="paragraph", text=f"Абзац {word(f'p{n}')} соңы.") for n in range(1, 6)]
    blocks[4] = replace(blocks[4], links=(Link(url="https://x.kz/", text=word("link")),))
    body = blocks[3].text
    return article(
        "kk/1",
        outlet,
        headline=f"Тақырып {word('headline')}",
        headline_found=f"Тақырып  {word('headline')}",
        lead=f"Лид {word('lead')}",
        lead_found=f"Лид  {word('lead')}",
        body_found=f"Мәтін {word('found')}",
        blocks=tuple(blocks),
        images=(Image(url="https://x.kz/a.jpg", alt=word("alt"), caption=word("caption"), credit="Reuters"),),
        attribution=reading(
            credit("Ақорда", "akorda", evidence=f"Ақорда хабарлады {word('evidence')}"),
            credit("Ақорда", "kazinform", evidence=blocks[0].text),
            quotes=(
                Quote(speaker="Кісі", person=None, text=word("quote"), verb="деді", start=0, end=3),
                Quote(speaker="Кісі", person=None, text=body, verb="деді", start=0, end=3),
            ),
        ),
    )


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(SITES, "terse", "https://terse.kz")
    path = tmp_path / "jarshy.db"
    with Store.open(path) as store:
        store.sync_outlets(OUTLETS, NOW)
        for outlet in OUTLETS:
            crawl = store.begin_crawl(outlet.name, NOW)
            first = marked(outlet.name)
            store.keep(page(first), crawl)
            earlier = f"{outlet.name}qqsecond"
            changed = replace(first, blocks=(Block(kind="paragraph", text=earlier), *first.blocks))
            store.keep(page(changed, NOW + DAY), crawl)
            store.keep(page(first, NOW + 2 * DAY), crawl)
        store._db.execute("UPDATE fetches SET archive_file = '/home/me/secret.warc', archive_offset = 1")
    return path


def said(folder: Path) -> str:
    """Everything that was exported, but the manifest."""
    told = ""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".db":
            connection = sqlite3.connect(path)
            told += "\n".join(connection.iterdump())
            connection.close()
        elif path.name != MANIFEST:
            told += path.read_text(encoding="utf-8")
    return told.lower()


@pytest.mark.parametrize("form", FORMS)
def test_no_more_leaves_than_the_terms_allow(db: Path, tmp_path: Path, form: str) -> None:
    write(db, tmp_path / "out", form, private=False, now=NOW)
    told = said(tmp_path / "out")
    found = {outlet.name: set(re.findall(rf"{outlet.name}qq([a-z]+[1-5]?)", told)) for outlet in OUTLETS}
    everything = {
        "headline",
        "lead",
        "found",
        "p1",
        "p2",
        "p3",
        "p4",
        "p5",
        "alt",
        "caption",
        "evidence",
        "quote",
    }
    # Links stand in the SQLite file alone.
    assert found["akorda"] == everything | {"second"} | ({"link"} if form == "sqlite" else set())
    assert found["inbusiness"] == {"headline", "lead", "p1", "p2", "alt", "caption"}
    assert found["terse"] == {"headline"}
    raw = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    for gone in (b"inbusinessqqp3", b"inbusinessqqfound", b"terseqqlead", b"secret.warc"):
        assert gone not in raw
    assert "secret.warc" not in told


@pytest.mark.parametrize("form", FORMS)
def test_a_private_export_has_every_text(db: Path, tmp_path: Path, form: str) -> None:
    manifest = write(db, tmp_path / "out", form, private=True, now=NOW)
    told = said(tmp_path / "out")
    for outlet in OUTLETS:
        for part in ("headline", "lead", "p5", "caption", "evidence", "quote", "second"):
            assert f"{outlet.name}qq{part}" in told, part
    assert manifest["private"] is True


@pytest.mark.parametrize("form", FORMS)
def test_the_manifest_tells_what_the_files_are(db: Path, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "out"
    given_back = write(db, folder, form, private=False, now=NOW)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest == given_back
    assert {path.name for path in folder.iterdir()} == {
        MANIFEST,
        *(file["name"] for file in manifest["files"]),
    }
    for file in manifest["files"]:
        held = (folder / file["name"]).read_bytes()
        assert (len(held), hashlib.sha256(held).hexdigest()) == (file["bytes"], file["sha256"])
        if form == "jsonl":
            assert len(held.splitlines()) == file["rows"]
    assert (manifest["made"], manifest["format"]) == ("2026-11-25T09:00:00Z", form)
    assert (manifest["counts"]["articles"], manifest["counts"]["revisions"]) == (3, 9)
    assert manifest["schema"][:4].isdigit()
    terms = {outlet["name"]: outlet["terms"] for outlet in manifest["outlets"]}
    assert terms == {"akorda": "full", "inbusiness": "excerpt", "terse": "headline"}


def test_the_snapshot_is_a_store_like_any_other(db: Path, tmp_path: Path) -> None:
    write(db, tmp_path / "out", "sqlite", private=False, now=NOW)
    copy = tmp_path / "out" / "jarshy.db"
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    names = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    assert connection.execute(names).fetchall() == sqlite3.connect(db).execute(names).fetchall()
    connection.close()
    with Desk.open(copy) as desk:
        assert [found.outlet for found in desk.search("akordaqqp5")] == ["akorda"]
        assert desk.search("inbusinessqqp1") == []  # of an excerpt, the headline alone is searched
        assert [found.outlet for found in desk.search("inbusinessqqheadline")] == ["inbusiness"]
    with Store.open(copy) as store:
        assert store.counts().articles == 3


def test_an_export_takes_the_place_of_the_earlier_and_leaves_strangers(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(db, folder, "csv", private=False, now=NOW)
    (folder / "notes.txt").write_text("mine")
    told = json.loads((folder / MANIFEST).read_text())
    told["files"].append({"name": "../jarshy.db"})
    (folder / MANIFEST).write_text(json.dumps(told))
    manifest = write(db, folder, "jsonl", private=False, now=NOW)
    names = {file["name"] for file in manifest["files"]}
    assert {path.name for path in folder.iterdir()} == {MANIFEST, "notes.txt", *names}
    assert db.exists()


def test_an_export_that_fails_leaves_the_earlier(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    write(db, folder, "csv", private=False, now=NOW)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_module, "write_csv", full)
    with pytest.raises(OSError, match="No space"):
        write(db, folder, "csv", private=False, now=NOW)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_is_stored_meanwhile_is_not_in_it(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.store import snapshot as module

    whole = module._copy

    def meanwhile(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
        with Store.open(db) as store:
            crawl = store.begin_crawl("akorda", NOW)
            store.keep(page(article("kk/late")), crawl)
        whole(source, copy)

    monkeypatch.setattr(module, "_copy", meanwhile)
    manifest = write(db, tmp_path / "out", "sqlite", private=False, now=NOW)
    assert manifest["counts"]["articles"] == 3
    connection = sqlite3.connect(tmp_path / "out" / "jarshy.db")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_parquet_holds_what_the_lines_hold(db: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: jarshy[parquet]")
    write(db, tmp_path / "lines", "jsonl", private=False, now=NOW)
    manifest = write(db, tmp_path / "out", "parquet", private=False, now=NOW)
    for file in manifest["files"]:
        table = parquet.read_table(tmp_path / "out" / file["name"])
        lines = (tmp_path / "lines" / file["name"]).with_suffix(".jsonl").read_text(encoding="utf-8")
        assert table.to_pylist() == [json.loads(line) for line in lines.splitlines()], file["name"]
        assert table.num_rows == file["rows"]


def test_without_pyarrow_the_message_says_what_to_do(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingParquet, match=r"pip install 'jarshy\[parquet\]'"):
        write(db, tmp_path / "out", "parquet", private=False, now=NOW)
    assert not (tmp_path / "out").exists()


def test_numbers_stay_numbers_and_lines_stay_cells() -> None:
    file = io.StringIO(newline="")
    assert write_csv(("a", "b"), [(-1, 'x "y",\nz'), (None, 2.5)], file) == 2
    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [
        ["a", "b"],
        ["-1", 'x "y",\nz'],
        ["", "2.5"],
    ]


def test_the_metadata_for_datasette_is_made_of_the_dictionary() -> None:
    stale = "data/metadata.json is stale; make it anew: python -m feeds.metadata"
    assert FILE.read_text(encoding="utf-8") == text(), stale
