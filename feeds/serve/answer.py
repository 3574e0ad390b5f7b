"""What a request for a file of the folder is answered: pure of sockets, by RFC 9110 and 9111.

Nothing outside the folder is served, nothing hidden, no listing.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from feeds.page.policy import NOTHING, header_of
from feeds.serve.types import compressible, media_type

INDEX = "index.html"
_SMALLEST = 600  # bytes worth compressing
_METHODS = ("GET", "HEAD")
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response. `body` is what a GET carries; `length` is its size, of a HEAD's too."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def answer(root: Path, method: str, target: str, headers: Mapping[str, str]) -> Answer:
    """Answer a request.

    Args:
        root: the folder that is served.
        method: as sent.
        target: the path of the request, percent-encoded, with or without a query.
        headers: of the request, by lower-case name.
    """
    if method not in _METHODS:
        return _plain(405, "This is a preview: it can be read.", ("Allow", ", ".join(_METHODS)))
    path = located(root, target)
    if path is None:
        return _plain(404, "There is no such file.")
    if path.is_dir():  # a folder is named with its slash, or relative links would lead astray
        way = target.partition("?")[0]
        if not way.endswith("/"):
            return _plain(301, "The folder is there.", ("Location", quote(unquote_to_bytes(way)) + "/"))
        path = path / INDEX
    try:
        data = path.read_bytes()
        modified = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError:  # it went in between, or may not be read
        return _plain(404, "There is no such file.")
    return _file(path.name, data, modified, method, headers)


def misdirected() -> Answer:
    """Answer a request that names another host (RFC 9110, section 15.5.20)."""
    return _plain(421, "Ask for this machine by its own name.")


def located(root: Path, target: str) -> Path | None:
    """Give the file or folder that a request's path means; None for what is not to be served.

    A folder without an index is none. Names are taken as they stand: "..", hidden files, empty segments,
    backslashes and control characters lead nowhere, and a symbolic link does not lead out.
    """
    try:
        way = unquote_to_bytes(target.partition("?")[0]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not way.startswith("/") or "\\" in way or not way.isprintable():
        return None
    names = way[1:].split("/")
    if names[-1] == "":
        names.pop()
    if any(not name or name.startswith(".") for name in names):
        return None
    try:
        home = root.resolve(strict=True)
        path = home.joinpath(*names).resolve(strict=True)
    except (OSError, ValueError):  # it is not there, or its name is too long
        return None
    if not path.is_relative_to(home):
        return None
    if path.is_dir():
        return path if (path / INDEX).is_file() else None
    return path if path.is_file() and not way.endswith("/") else None


def _file(name: str, data: bytes, modified: datetime, method: str, headers: Mapping[str, str]) -> Answer:
    kind = media_type(name, data)
    tag = sha256(data).hexdigest()[:32]
    wanted = accepts_gzip(headers.get("accept-encoding", ""))
    packed = wanted and compressible(kind) and len(data) >= _SMALLEST
    etag = f'"{tag}-gzip"' if packed else f'"{tag}"'
    kept = [
        ("ETag", etag),
        ("Last-Modified", format_datetime(modified, usegmt=True)),
        ("Cache-Control", "no-cache"),  # keep it, and ask whether it still holds
        *([("Vary", "Accept-Encoding")] if compressible(kind) else []),
        *_ALWAYS,
        ("Content-Security-Policy", header_of(data) if kind.startswith("text/html") else NOTHING),
    ]
    if not_modified(etag, modified, headers):
        return Answer(status=304, headers=tuple(kept))
    body = gzip.compress(data, mtime=0) if packed else data
    described = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    if packed:
        described.append(("Content-Encoding", "gzip"))
    return Answer(status=200, headers=(*kept, *described), body=body if method == "GET" else b"")


def not_modified(etag: str, modified: datetime, headers: Mapping[str, str]) -> bool:
    """Tell whether what the client holds is good still (RFC 9110, sections 13.1.2 and 13.1.3).

    Where it sends entity tags, the date does not count. Tags are compared weakly.
    """
    held = headers.get("if-none-match")
    if held is not None:
        tags = [tag.strip().removeprefix("W/") for tag in held.split(",")]
        return held.strip() == "*" or etag in tags
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def accepts_gzip(accepted: str) -> bool:
    """Tell whether an Accept-Encoding allows gzip (RFC 9110, section 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, _, parameters = part.partition(";")
        name, _, weight = parameters.strip().partition("=")
        try:
            weights[coding.strip()] = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _plain(status: int, text: str, *more: tuple[str, str]) -> Answer:
    body = f"{text}\n".encode()
    return Answer(
        status=status,
        headers=(
            *more,
            *_ALWAYS,
            ("Content-Security-Policy", NOTHING),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ),
        body=body,
    )
