"""Parquet files: one writer for the export and for archives. pyarrow is looked for when it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

BATCH: Final = 20_000  # rows of a row group


class MissingParquet(RuntimeError):  # noqa: N818 - names the fact, not the accident
    """The library for Parquet is not installed; the message says what to do."""


def arrow() -> Any:
    """Give pyarrow, its Parquet part loaded.

    Raises:
        MissingParquet: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingParquet(
            "Parquet needs pyarrow, which is not installed: pip install 'jarshy[parquet]'"
        ) from None
    return pyarrow


def write(path: Path, schema: Any, batches: Iterable[Any]) -> int:
    """Write record batches as a file, beside its place and then renamed over it; gives the number of rows.

    The same rows give the same bytes.

    Args:
        path: the file; its folder is there.
        schema: pyarrow's, of every batch.
        batches: each becomes a row group.

    Raises:
        MissingParquet: as it says.
        OSError: it cannot be written; what stood there before stands.
    """
    pyarrow = arrow()
    # A name of its own: two workers may for a while be at the same task.
    making = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    count = 0
    try:
        with (
            making.open("wb") as file,
            pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer,
        ):
            for batch in batches:
                writer.write_batch(batch)
                count += batch.num_rows
        with making.open("rb") as made:
            os.fsync(made.fileno())
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    return count


def write_rows(path: Path, columns: Sequence[tuple[str, str]], rows: Iterator[tuple[object, ...]]) -> int:
    """Write the rows of a table as `write` does.

    Args:
        path: the file; its folder is there.
        columns: names, each with SQLite's type: TEXT, INTEGER or REAL.
        rows: as many values each.
    """
    pyarrow = arrow()
    types = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns])

    def batches() -> Iterator[Any]:
        while batch := list(islice(rows, BATCH)):
            values = [
                pyarrow.array(column, type=field.type)
                for column, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            yield pyarrow.record_batch(values, schema=schema)

    return write(path, schema, batches())
