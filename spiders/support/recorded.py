"""Where the bytes of an answer are kept. Needs neither Scrapy nor a reader of archives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from items import Fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Where the bytes of an answer are kept, and when they came."""

    at: datetime  # WARC-Date, UTC
    file: str  # a name in the folder of archives, or a path elsewhere
    offset: int | None  # where the record begins; None where no reader could begin there


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFetch(Fetch):
    """A request whose answer is kept, byte for byte."""

    archive_file: str
    archive_offset: int


def placed(fetch: Fetch, recorded: Recorded) -> Fetch:
    """Give a request with the place of its answer's bytes, where that is known."""
    if recorded.offset is None:
        return fetch
    facts = {field.name: getattr(fetch, field.name) for field in fields(Fetch)}
    return RecordedFetch(**facts, archive_file=recorded.file, archive_offset=recorded.offset)
