"""Archived answers out of WARC files (ISO 28500; 1.0 and 1.1, plain or gzip) and WACZ (webrecorder's zip of them).

An archive is somebody else's: cut short, damaged, or made to harm. What cannot be read is a `Damage`, found
and stepped over; the rest is read on. One record is in memory at a time, and none beyond the bound it is
read with. No socket is opened.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from spiders.extract.layout import Hint

MAX_BODY = 10 * 1024 * 1024  # bytes of an answer, decoded: what `settings` lets an outlet send
FIELDS_TYPE = "application/warc-fields"  # of a metadata record (WARC 1.1, 6.5)
KIND, ASKED, HINT = "jarshy-kind", "jarshy-asked", "jarshy-hint"  # its fields, where a crawl of ours wrote it

_MAX_HEAD = 64 * 1024  # bytes of HTTP headers, or of a metadata record
_MAX_FAILURES = 1000  # starts of a record that prove to be none, in a row, before the rest is given up
_CHUNK = 1 << 20
_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."  # what a record begins with
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)  # before it there was no web to archive
_CODED = (b"content-encoding", b"transfer-encoding", b"content-length")  # no longer true of a decoded body
# Archivers differ in which coding they undid before they wrote the body, and say so in no header.
_CODINGS = ("all", "transfer", "content", "none")


class Unreadable(ValueError):  # noqa: N818 - what the record is
    """There is no archived answer where one was looked for; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An answer as it was archived. `kind`, `asked` and `hint` are known of our own recordings alone."""

    url: str
    at: datetime  # WARC-Date, UTC
    status: int
    headers: tuple[tuple[bytes, bytes], ...]  # without those of codings, which are undone
    body: bytes
    file: Path
    offset: int | None  # where its record begins in the file; None where no reader could begin there
    kind: str | None = None
    asked: str | None = None  # the address that was asked for, before redirects
    hint: Hint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A record, or a stretch of a file, that could not be read. `url` where that much was legible."""

    file: Path
    offset: int
    why: str
    url: str = ""


Wanted = Callable[[str, int | None], bool]  # an address, and where its record begins


def read(path: Path, wanted: Wanted, *, most: int = MAX_BODY) -> Iterator[Archived | Damage]:
    """Read the archived answers of a file in its order, from its begin to its end.

    Args:
        path: a WARC or WACZ file.
        wanted: told an address and an offset, tells whether the answer is asked for; others are not read.
        most: bytes of a body; a larger one is damage.

    Raises:
        OSError: the file cannot be opened or read.
    """
    with path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            size = stream.seek(0, io.SEEK_END)
            yield from _Extent(stream, path, wanted, most).read(0, size)
            return
        try:
            members = _members(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            yield Damage(file=path, offset=0, why=f"no WACZ that can be read: {error}")
            return
        for start, end in members:
            yield from _Extent(stream, path, wanted, most).read(start, end)


def read_at(path: Path, offset: int, *, most: int = MAX_BODY) -> Archived:
    """Read the one archived answer whose record begins at an offset.

    Raises:
        Unreadable: there is none.
        OSError: the file cannot be opened or read.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        found = next(_Extent(stream, path, lambda *_: True, most).read(offset, size), None)
    if isinstance(found, Archived) and found.offset == offset:
        return found
    raise Unreadable(found.why if isinstance(found, Damage) else f"no answer at {offset}")


def _members(stream: BinaryIO) -> list[tuple[int, int]]:
    """Give where the WARC files inside a WACZ begin and end.

    They are stored, not compressed again (WACZ 1.1.1, "Zip Compression"), so that an offset in the zip is one
    that a WARC reader can go to.

    Raises:
        zipfile.BadZipFile, NotImplementedError: it is no zip that can be read.
        ValueError: a WARC in it is compressed, or the zip's own headers are false.
    """
    found = []
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if not info.filename.endswith((".warc", ".warc.gz")):
                continue
            if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 0x1:
                raise ValueError(f"{info.filename[:80]} is compressed or encrypted in it")
            stream.seek(info.header_offset)
            local = stream.read(30)  # the local header of the member (APPNOTE 4.3.7)
            if len(local) < 30 or local[:4] != b"PK\x03\x04":
                raise ValueError(f"{info.filename[:80]} is not where it says")
            skipped = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
            start = info.header_offset + 30 + skipped
            found.append((start, start + info.file_size))
    return found


class _Window:
    """A stretch of a file as the stream that fastwarc reads."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream = stream
        self._left = end - start
        stream.seek(start)

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes."""
        size = self._left if size < 0 else min(size, self._left)
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        return chunk


class _Extent:
    """One WARC within a file: its records, with damage stepped over."""

    def __init__(self, stream: BinaryIO, path: Path, wanted: Wanted, most: int) -> None:
        self._stream = stream
        self._path = path
        self._wanted = wanted
        self._most = most
        self._url = ""  # of the record that is being read

    def read(self, start: int, end: int) -> Iterator[Archived | Damage]:
        """Read the answers, each with what the metadata record behind it says of it."""
        held: Archived | None = None
        held_id: str | None = None
        for found in self._records(start, end):
            if isinstance(found, Damage):
                if held is not None:
                    yield held
                held = None
                yield found
                continue
            record_id, answer, told = found
            if held is not None:
                yield _described(held, told) if record_id == held_id and told else held
            held, held_id = answer, record_id
        if held is not None:
            yield held

    def _records(
        self, start: int, end: int
    ) -> Iterator[Damage | tuple[str | None, Archived | None, dict[str, str]]]:
        """Give of every record the id it is of, and the answer or the metadata in it."""
        magic = self._magic(start)
        lost = False  # a stretch of damage is told of once
        failures = 0
        at: int | None = start
        while at is not None:
            last = at
            try:
                for record in ArchiveIterator(_Window(self._stream, at, end), parse_http=False):
                    offset = at + record.stream_pos
                    repeated = offset == last and offset != at
                    last, self._url = offset, ""
                    found = self._take(record, None if repeated else offset, magic)
                    lost, failures = False, 0
                    if found is not None:
                        yield found
            except OSError as error:
                if not lost:
                    yield Damage(file=self._path, offset=last, why=_line(error), url=self._url)
                lost = True
                failures += 1
                at = None if failures > _MAX_FAILURES else self._find(magic, last + 1, end)
                self._url = ""
            else:
                return

    def _take(
        self, record: WarcRecord, offset: int | None, magic: bytes
    ) -> Damage | tuple[str | None, Archived | None, dict[str, str]] | None:
        kind, headers = record.record_type, record.headers
        if kind == WarcRecordType.metadata and (headers.get("Content-Type") or "").startswith(FIELDS_TYPE):
            told = _fields(record.reader.read(_MAX_HEAD))
            return headers.get("WARC-Concurrent-To"), None, told
        if kind == WarcRecordType.unknown or kind == WarcRecordType.no_type:
            return Damage(file=self._path, offset=offset or 0, why="a record of no known type")
        self._url = (headers.get("WARC-Target-URI") or "").strip("<> ")
        if kind != WarcRecordType.response or not self._wanted(self._url, offset):
            return None
        raw = record.reader.read(self._most + _MAX_HEAD)
        answer = self._answer(record, raw)
        if isinstance(answer, str):
            return Damage(file=self._path, offset=offset or 0, why=answer, url=self._url)
        if offset is not None and self._magic_at(offset, magic):
            answer = replace(answer, offset=offset)
        return headers.get("WARC-Record-ID"), answer, {}

    def _answer(self, record: WarcRecord, raw: bytes) -> Archived | str:
        """Give the answer of a record, or why there is none."""
        headers = record.headers
        if len(raw) < record.content_length:
            whole = len(raw) < self._most + _MAX_HEAD
            return "the record is cut short" if whole else f"larger than {self._most} bytes"
        if reason := headers.get("WARC-Truncated"):
            return f"it was cut short when it was archived ({_line(reason)})"
        at = _date(headers.get("WARC-Date") or "")
        if at is None:
            return f"its date is none: {_line(headers.get('WARC-Date'))!r}"
        if not self._url.startswith(("https://", "http://")):
            return "its address is none of the web"
        for coding in _CODINGS:
            message = _message(raw, headers.get("WARC-Block-Digest"))
            if message is None:
                return "its bytes are not those that were archived (WARC-Block-Digest)"
            try:
                message.parse_http(auto_decode=coding)  # type: ignore[arg-type]
                status = message.http_headers.status_code if message.http_headers else None
                if status is None:
                    return "no HTTP answer is in it"
                body = message.reader.read(self._most + 1)
            except OSError:
                continue
            if len(body) > self._most:
                return f"larger than {self._most} bytes"
            sent = tuple(
                (name, value)
                for name, value in message.http_headers.items_bytes()
                if name.lower() not in _CODED
            )
            return Archived(
                url=self._url, at=at, status=status, headers=sent, body=body, file=self._path, offset=None
            )
        return "no HTTP answer that can be read is in it"

    def _magic(self, start: int) -> bytes:
        return _GZIP if self._magic_at(start, _GZIP) else _PLAIN

    def _magic_at(self, offset: int, magic: bytes) -> bool:
        """Tell whether a record begins at an offset: not so within a WARC that is one gzip member."""
        here = self._stream.tell()
        self._stream.seek(offset)
        found = self._stream.read(len(magic))
        self._stream.seek(here)
        return found == magic

    def _find(self, magic: bytes, start: int, end: int) -> int | None:
        """Find where the next record may begin."""
        self._stream.seek(start)
        tail = b""
        while start < end:
            chunk = self._stream.read(min(_CHUNK, end - start))
            if not chunk:
                return None
            found = (tail + chunk).find(magic)
            if found >= 0:
                return start - len(tail) + found
            start += len(chunk)
            tail = (tail + chunk)[-len(magic) + 1 :]
        return None


def _message(raw: bytes, digest: str | None) -> WarcRecord | None:
    """Give an HTTP answer apart from the file it came from; None where its digest is another."""
    message = WarcRecord()
    message.init_headers(record_type=WarcRecordType.response)
    message.is_http = True
    message.set_bytes_content(raw)
    if digest is not None and digest.lower().startswith("sha1:"):
        message.headers["WARC-Block-Digest"] = digest
        if not message.verify_block_digest():
            return None
    return message


def _date(text: str) -> datetime | None:
    """Read a WARC-Date (W3C's profile of ISO 8601, with its zone); None where it can be no answer's."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return None
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if _FIRST <= at <= datetime.now(UTC) + timedelta(days=1) else None


def _fields(body: bytes) -> dict[str, str]:
    """Read "name: value" lines (application/warc-fields), names in lower case."""
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _described(answer: Archived, told: dict[str, str]) -> Archived:
    return replace(answer, kind=told.get(KIND), asked=told.get(ASKED), hint=_hint(told.get(HINT, "")))


def _hint(text: str) -> Hint | None:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    known = {field.name for field in fields(Hint)}
    return Hint(**{name: text for name, text in told.items() if name in known and isinstance(text, str)})


def _line(what: object) -> str:
    return " ".join(str(what).split())[:200]
