"""Archived answers out of WARC files (ISO 28500; 1.0, 1.1, plain or gzip) and WACZ (a browser's zip of them).

An archive is somebody else's: cut short, damaged, or made to harm. What cannot be read is a `Damage`, found
and stepped over; the rest is read on. One record is in memory at a time, and none beyond the bound it is
read with. No socket is opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from spiders.support.archived import (
    FIELDS_TYPE,
    MAX_HEAD,
    Archived,
    Unreadable,
    answer_of,
    described,
    fields_of,
    line_of,
)

MAX_BODY = 10 * 1024 * 1024  # bytes of an answer, decoded: what `settings` lets an outlet send

_MAX_FAILURES = 1000  # starts of a record that prove to be none, in a row, before the rest is given up
_CHUNK = 1 << 20
_MOST_UNPACKED = 64 << 20  # bytes of a last member that is unpacked to see where it ends
_ZIP = b"PK\x03\x04"  # what a WACZ begins with
_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."  # what a record begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A record, or a stretch of a file, that could not be read. `url` where that much was legible."""

    file: Path
    offset: int
    why: str
    url: str = ""


Wanted = Callable[[str, int | None], bool]  # an address, and where its record begins


def read(
    path: Path, wanted: Wanted, *, most: int = MAX_BODY, between: tuple[int, int] | None = None
) -> Iterator[Archived | Damage]:
    """Read the archived answers of a file in its order, from its begin to its end.

    Args:
        path: a WARC or WACZ file.
        wanted: told an address and an offset, tells whether the answer is asked for; others are not read.
        most: bytes of a body; a larger one is damage.
        between: of a WARC, the stretch that is read: two of its `cuts`, its begin or its end.

    Raises:
        OSError: the file cannot be opened or read.
    """
    with path.open("rb") as stream:
        if stream.read(len(_ZIP)) != _ZIP:
            start, end = between or (0, stream.seek(0, io.SEEK_END))
            yield from _Extent(stream, path, wanted, most).read(start, end)
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


def cuts(path: Path, size: int) -> list[int]:
    """Give where a WARC may be cut into stretches of about so many bytes, so that no answer is torn apart.

    Every record up to there was read through: what only looks like the begin of one is none. Behind damage
    there is no cut, nor in a WACZ, nor in a WARC that is not compressed record by record.

    Raises:
        OSError: the file cannot be opened.
    """
    found: list[int] = []
    with path.open("rb") as stream:
        if stream.read(len(_GZIP)) != _GZIP:
            return []
        stream.seek(0)
        due = last = 0
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                here = record.stream_pos
                if here == last and here:  # the records of one member
                    return []
                # The metadata behind an answer is read with it.
                if here >= due + size and record.record_type != WarcRecordType.metadata:
                    found.append(here)
                    due = here
                last = here
        except OSError:
            pass  # whoever reads the rest tells of it
    return found


def _members(stream: BinaryIO) -> list[tuple[int, int]]:
    """Give where the WARC files inside a WACZ begin and end.

    They are stored, not compressed again (WACZ 1.1.1, "Zip Compression"), so that an offset in the zip is one
    that a WARC reader can go to.

    Raises:
        zipfile.BadZipFile, NotImplementedError: it is no zip that can be read.
        ValueError: a WARC in it is compressed, or the zip's own headers are false.
    """
    found: list[tuple[int, int]] = []
    with zipfile.ZipFile(stream) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
            if not info.filename.endswith((".warc", ".warc.gz")):
                continue
            if info.header_offset < 0:
                raise ValueError(f"{info.filename[:80]} begins before it")
            if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 0x1:
                raise ValueError(f"{info.filename[:80]} is compressed or encrypted in it")
            stream.seek(info.header_offset)
            local = stream.read(30)  # the local header of the member (APPNOTE 4.3.7)
            if len(local) < 30 or not local.startswith(_ZIP):
                raise ValueError(f"{info.filename[:80]} is not where it says")
            skipped = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
            start = info.header_offset + 30 + skipped
            if found and start < found[-1][1]:
                raise ValueError(f"{info.filename[:80]} lies in another file of it")
            found.append((start, start + info.file_size))
    return found


class _Window:
    """A stretch of a file as the stream that fastwarc reads."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream = stream
        self._at = start
        self._end = end

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes."""
        left = max(0, self._end - self._at)
        self._stream.seek(self._at)  # others read from the file in between
        chunk = self._stream.read(left if size < 0 else min(size, left))
        self._at += len(chunk)
        return chunk

    def tell(self) -> int:
        """Tell where in the file it is."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the file."""
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence] + offset
        return self._at

    def close(self) -> None:
        """Leave the file to whoever opened it."""


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
                yield described(held, told) if record_id == held_id and told else held
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
            last, any_read = at, False
            try:
                for record in ArchiveIterator(_Window(self._stream, at, end), parse_http=False):
                    offset = record.stream_pos
                    repeated = offset == last and offset != at
                    last, self._url, any_read = offset, "", True
                    found = self._take(record, None if repeated else offset, magic)
                    lost, failures = False, 0
                    if found is not None:
                        yield found
            except OSError as error:
                if not lost:
                    yield Damage(file=self._path, offset=last, why=line_of(error), url=self._url)
                lost = True
                failures += 1
                at = None if failures > _MAX_FAILURES else self._find(magic, last + 1, end)
                self._url = ""
            else:
                cut = self._cut(last, end, read=any_read) if magic == _GZIP and not lost else None
                if cut is not None:
                    yield Damage(file=self._path, offset=cut, why="the record is cut short")
                return

    def _cut(self, last: int, end: int, *, read: bool) -> int | None:
        """Find the beginning of a gzip member that ends before its record does, which no reader tells of.

        Args:
            last: where the last record begins, or the stretch.
            end: where the stretch ends.
            read: whether that record was read.
        """
        unpacker, unpacked, at = zlib.decompressobj(zlib.MAX_WBITS | 16), 0, last
        self._stream.seek(last)
        try:
            while not unpacker.eof:
                chunk = self._stream.read(min(_CHUNK, end - at))
                if not chunk:
                    return None if read or at == last else last
                at += len(chunk)
                while chunk and not unpacker.eof:
                    unpacked += len(unpacker.decompress(chunk, _CHUNK))
                    chunk = unpacker.unconsumed_tail
                    if unpacked > _MOST_UNPACKED:
                        return None
        except zlib.error:
            return None
        at -= len(unpacker.unused_data)
        self._stream.seek(at)
        rest = self._stream.read(min(len(_GZIP), end - at))
        return at if rest and _GZIP.startswith(rest) else None

    def _take(
        self, record: WarcRecord, offset: int | None, magic: bytes
    ) -> Damage | tuple[str | None, Archived | None, dict[str, str]] | None:
        kind, headers = record.record_type, record.headers
        if kind == WarcRecordType.metadata and (headers.get("Content-Type") or "").startswith(FIELDS_TYPE):
            told = fields_of(record.reader.read(MAX_HEAD))
            return headers.get("WARC-Concurrent-To"), None, told
        if "WARC-Type" not in headers or "Content-Length" not in headers:
            return Damage(file=self._path, offset=offset or 0, why="the record's headers are cut short")
        self._url = (headers.get("WARC-Target-URI") or "").strip("<> ")
        if kind != WarcRecordType.response or not self._wanted(self._url, offset):
            return None
        try:
            answer = answer_of(record, self._url, self._path, most=self._most)
        except Unreadable as error:
            return Damage(file=self._path, offset=offset or 0, why=str(error), url=self._url)
        if offset is not None and self._magic_at(offset, magic):
            answer = replace(answer, offset=offset)
        return headers.get("WARC-Record-ID"), answer, {}

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
