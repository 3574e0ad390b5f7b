"""A snapshot of the store as files to hand on, with a manifest that says what they are.

Files are written beside and renamed; the manifest goes first and comes last, so a folder with a manifest is
whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from importlib import metadata as installed
from pathlib import Path
from typing import IO, Any, Final

from feeds.metadata import text as metadata_text
from feeds.tables import write_csv
from pipelines import parquet
from pipelines.store.snapshot import Snapshot, snapshot

MANIFEST: Final = "manifest.json"
RELATIONS: Final = (  # what the flat formats hold, a file each
    "outlets", "sources", "v_articles", "revisions", "blocks", "v_chain", "v_relays", "v_quotes", "images",
    "tags", "article_tags", "stories", "story_members", "near_copies", "v_timeline", "dictionary",
)  # fmt: skip
_NOTE: Final = (
    "Texts are here as far as each outlet's terms allow: `full` all of it, `excerpt` its lead and at most "
    "two paragraphs, `headline` the headline. Quotes and evidence beyond that are empty."
)
_PRIVATE_NOTE: Final = "Every text is here whole: for nobody but yourself."


def write(db: Path, folder: Path, form: str, *, private: bool, now: datetime) -> dict[str, Any]:
    """Write a snapshot of a store into a folder, in place of the one there.

    Args:
        db: The store.
        folder: Where to; made if need be. Files that are none of an earlier export stay.
        form: "sqlite", "parquet", "csv" or "jsonl".
        private: Every text whole, whatever the terms.
        now: When; aware.

    Returns:
        The manifest, as manifest.json holds it.

    Raises:
        MissingParquet: As it says.
        sqlite3.Error, SchemaMismatch, OSError: Nothing was written; the earlier export, if any, stands.
    """
    if form == "parquet":
        parquet.arrow()
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        copy = work / "jarshy.db"
        snapshot(db, copy, private=private)
        with closing(Snapshot(copy)) as taken:
            counts, schema, outlets = taken.counts(), taken.schema(), taken.outlets()
            rows = {} if form == "sqlite" else _flat(taken, work, form)
        if form == "sqlite":
            (work / "metadata.json").write_text(metadata_text(), encoding="utf-8")
        else:
            copy.unlink()
        files = [_described(path, rows.get(path.name)) for path in sorted(work.iterdir())]
        manifest = {
            "jarshy": installed.version("jarshy"),
            "schema": schema,
            "made": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "format": form,
            "private": private,
            "note": _PRIVATE_NOTE if private else _NOTE,
            "counts": counts,
            "outlets": outlets,
            "files": files,
        }
        _settle(work, folder, manifest)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def _flat(taken: Snapshot, work: Path, form: str) -> dict[str, int]:
    """Write each relation as a file; gives the number of rows of each."""
    counts = {}
    for name in RELATIONS:
        columns, rows = taken.rows(name)
        path = work / f"{name.removeprefix('v_')}.{form}"
        if form == "parquet":
            counts[path.name] = parquet.write_rows(path, columns, rows)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                names = [column for column, _ in columns]
                writer = write_csv if form == "csv" else _write_lines
                counts[path.name] = writer(names, rows, file)
    return counts


def _write_lines(columns: Sequence[str], rows: Iterator[tuple[object, ...]], file: IO[str]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the count is what is given
        file.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n")
    return count


def _described(path: Path, rows: int | None) -> dict[str, Any]:
    """Bring a file to the disk for good; gives its name, bytes, SHA-256, and rows where it has such."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    told = {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
    return told if rows is None else {**told, "rows": rows}


def _settle(work: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Put the files in place of those of the earlier export."""
    earlier = _files_of(folder / MANIFEST)
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / MANIFEST).unlink(missing_ok=True)
    names = [file["name"] for file in manifest["files"]]
    for name in names:
        (work / name).replace(folder / name)
    for name in earlier - set(names):
        (folder / name).unlink(missing_ok=True)
    (work / MANIFEST).replace(folder / MANIFEST)


def _files_of(path: Path) -> set[str]:
    """Give the names of an earlier export's files: those alone that an export can write."""
    own = {f"{name.removeprefix('v_')}.{form}" for name in RELATIONS for form in ("csv", "jsonl", "parquet")}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        named = {str(file["name"]) for file in told["files"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()
    return named & (own | {"jarshy.db", "metadata.json"})
