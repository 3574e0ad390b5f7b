"""How a page stands in Parquet: the fields of `items.Page`, all of them, so that nothing is lost on the way.

A nested field is a struct, a tuple a list, a mapping a list of name and value, a time ISO 8601 text in UTC.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from items import Article, Fetch, Page, Problem
from pipelines import parquet
from pipelines.store.db import storable
from spiders.support.recorded import RecordedFetch

Row = dict[str, Any]
T = TypeVar("T")

ROWS: Final = 512  # of a row group: what a reader holds at once
_PLAIN: Final = {str: "string", int: "int64", float: "float64", datetime: "string"}
_PLACE: Final = ("archive_file", "archive_offset")  # of a fetch whose answer's bytes are kept


@cache
def schema() -> Any:
    """Give pyarrow's schema of a page.

    Raises:
        MissingParquet: pyarrow is not installed.
    """
    arrow = parquet.arrow()
    fetch = arrow.struct([*_fields(RecordedFetch)])
    rest = [each for each in _fields(Page) if each.name != "fetch"]
    return arrow.schema([arrow.field("fetch", fetch), *rest])


def batches(pages: Iterable[Page]) -> Iterator[Any]:
    """Give pages as record batches."""
    arrow = parquet.arrow()
    rows = map(row_of, pages)
    while chunk := list(islice(rows, ROWS)):
        yield arrow.RecordBatch.from_pylist(chunk, schema=schema())


def row_of(page: Page) -> Row:
    """Give a page as a row; texts that no database holds (a NUL, a lone surrogate) are replaced."""
    row: Row = _plain(storable(page))
    row["fetch"] = {**dict.fromkeys(_PLACE), **row["fetch"]}
    return row


def page_of(row: Mapping[str, Any]) -> Page:
    """Give the page of a row that `row_of` made."""
    fetch = dict(row["fetch"])
    kind = RecordedFetch if fetch["archive_file"] is not None else Fetch
    article, problems = row["article"], row["problems"]
    return Page(
        fetch=_made(kind, fetch),
        article=None if article is None else _made(Article, article),
        problems=tuple(_made(Problem, each) for each in problems),
    )


def _fields(kind: type) -> list[Any]:
    arrow = parquet.arrow()
    told = typing.get_type_hints(kind)
    return [arrow.field(each.name, _type(told[each.name])) for each in dataclasses.fields(kind)]


def _type(told: Any) -> Any:
    arrow = parquet.arrow()
    told = _without_none(told)
    if told in _PLAIN:
        return getattr(arrow, _PLAIN[told])()
    if dataclasses.is_dataclass(told):
        return arrow.struct(_fields(typing.cast("type", told)))
    origin = typing.get_origin(told)
    if origin is typing.Literal:
        return arrow.string()
    if origin is tuple:
        return arrow.list_(_type(typing.get_args(told)[0]))
    if origin is Mapping:
        return arrow.list_(arrow.struct([("name", arrow.string()), ("value", arrow.string())]))
    raise TypeError(f"{told!r} has no place in Parquet")


def _without_none(told: Any) -> Any:
    if typing.get_origin(told) not in (typing.Union, types.UnionType):
        return told
    (only,) = (each for each in typing.get_args(told) if each is not types.NoneType)
    return only


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return [{"name": name, "value": told} for name, told in sorted(value.items())]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value


@cache
def _told(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {each.name: _without_none(hints[each.name]) for each in dataclasses.fields(kind)}


def _made(kind: type[T], row: Mapping[str, Any]) -> T:
    told = _told(typing.cast("Hashable", kind))
    return kind(**{name: _value(each, row[name]) for name, each in told.items()})


def _value(told: Any, value: Any) -> Any:
    if value is None or told in (str, int, float):
        return value
    if told is datetime:
        return datetime.fromisoformat(value)
    if dataclasses.is_dataclass(told):
        return _made(typing.cast("type", told), value)
    origin = typing.get_origin(told)
    if origin is tuple:
        (each, _) = typing.get_args(told)
        return tuple(_value(each, item) for item in value)
    if origin is Mapping:
        return {item["name"]: item["value"] for item in value}
    return value
