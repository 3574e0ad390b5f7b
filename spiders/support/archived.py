"""One record of an archive: the answer in it, and what a crawl of ours noted beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from spiders.extract.layout import Hint

FIELDS_TYPE = "application/warc-fields"  # of a metadata record (WARC 1.1, 6.5)
KIND, ASKED, HINT = "jarshy-kind", "jarshy-asked", "jarshy-hint"  # its fields, where a crawl of ours wrote it
MAX_HEAD = 64 * 1024  # bytes of HTTP headers, or of a metadata record

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


def answer_of(record: WarcRecord, url: str, file: Path, *, most: int) -> Archived:
    """Read the answer of a response record, without its place in the file.

    Args:
        record: of which nothing was read yet.
        url: its address.
        file: where it is from.
        most: bytes of the body, decoded.

    Raises:
        Unreadable: it is damaged, too large, or holds no answer of the web.
        OSError: the file cannot be read, or its compression is damaged.
    """
    headers = record.headers
    raw = record.reader.read(most + MAX_HEAD)
    if len(raw) < record.content_length:
        whole = len(raw) < most + MAX_HEAD
        raise Unreadable("the record is cut short" if whole else f"larger than {most} bytes")
    if reason := headers.get("WARC-Truncated"):
        raise Unreadable(f"it was cut short when it was archived ({line_of(reason)})")
    at = _date(headers.get("WARC-Date") or "")
    if at is None:
        raise Unreadable(f"its date is none: {line_of(headers.get('WARC-Date'))!r}")
    if not url.startswith(("https://", "http://")):
        raise Unreadable("its address is none of the web")
    digest = headers.get("WARC-Block-Digest")
    for coding in _CODINGS:
        message = _message(raw, digest)
        try:
            message.parse_http(auto_decode=coding)  # type: ignore[arg-type]
            status = message.http_headers.status_code if message.http_headers else None
            if status is None or not 100 <= status <= 599:
                raise Unreadable("no HTTP answer is in it")
            body = message.reader.read(most + 1)
        except OSError:
            continue
        if len(body) > most:
            raise Unreadable(f"larger than {most} bytes")
        sent = message.http_headers.items_bytes()
        kept = tuple((name, value) for name, value in sent if name.lower() not in _CODED)
        return Archived(url=url, at=at, status=status, headers=kept, body=body, file=file, offset=None)
    raise Unreadable("no HTTP answer that can be read is in it")


def fields_of(body: bytes) -> dict[str, str]:
    """Read "name: value" lines (application/warc-fields), names in lower case."""
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def described(answer: Archived, told: dict[str, str]) -> Archived:
    """Give an answer with what the metadata record beside it says."""
    return replace(answer, kind=told.get(KIND), asked=told.get(ASKED), hint=_hint(told.get(HINT, "")))


def line_of(what: object) -> str:
    """Give a text from an archive as one short line."""
    return " ".join(str(what).split())[:200]


def _message(raw: bytes, digest: str | None) -> WarcRecord:
    """Give an HTTP answer apart from the file it came from; raises Unreadable where its digest is another."""
    message = WarcRecord()
    message.init_headers(record_type=WarcRecordType.response)
    message.is_http = True
    message.set_bytes_content(raw)
    if digest is not None and digest.lower().startswith("sha1:"):
        message.headers["WARC-Block-Digest"] = digest
        if not message.verify_block_digest():
            raise Unreadable("its bytes are not those that were archived (WARC-Block-Digest)")
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


def _hint(text: str) -> Hint | None:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    known = {field.name for field in fields(Hint)}
    return Hint(**{name: value for name, value in told.items() if name in known and isinstance(value, str)})
