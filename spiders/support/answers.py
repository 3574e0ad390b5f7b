"""A response as the log of fetches keeps it, and what to send so that an unchanged page is not sent again."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.http import Response

from items import Fetch, FetchKind, OutletFacts
from spiders.extract.layout import Hint, Layout
from spiders.support.freshness import Known
from spiders.support.reading import Answer
from spiders.support.recorded import Recorded, placed
from spiders.support.retry_after import moment

CLOCKS_DIFFER = timedelta(days=1)  # by which a date may be ahead, and be meant
_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
_MAX_HEADER = 500  # characters of a header that are kept
_RECORD = "jarshy_record"  # where a request's meta holds what is known of its answer's bytes


def note(request: Request, recorded: Recorded) -> None:
    """Note on a request where its answer is kept."""
    request.meta[_RECORD] = recorded


def recorded_of(response: Response) -> Recorded | None:
    """Tell where an answer is kept; None where it is not."""
    found = None if response.request is None else response.request.meta.get(_RECORD)
    return found if isinstance(found, Recorded) else None


def answered_at(response: Response) -> datetime:
    """Tell when an answer came: an archived one when it was archived, any other now. Aware, UTC."""
    recorded = recorded_of(response)
    return datetime.now(UTC) if recorded is None else recorded.at


def fetch_of(
    response: Response,
    *,
    outlet: str,
    kind: FetchKind,
    asked: str,
    now: datetime,
    charset: str | None = None,
    error: str | None = None,
) -> Fetch:
    """Describe an answer.

    Args:
        response: the answer, after redirects.
        outlet: its outlet.
        kind: what was asked for.
        asked: the address as asked, before redirects.
        now: when the answer came, aware.
        charset: the encoding its text was read in.
        error: why it is of no use, if it is not.
    """
    body = response.body
    fetch = Fetch(
        outlet=outlet,
        kind=kind,
        url=asked,
        at=now,
        status=response.status,
        final_url=response.url,
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        content_type=_header(response, "Content-Type"),
        charset=charset,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest() if body else None,
        error=error,
    )
    recorded = recorded_of(response)
    return fetch if recorded is None else placed(fetch, recorded)


def to_read(
    response: Response,
    outlet: OutletFacts,
    layouts: tuple[Layout, ...],
    hint: Hint,
    *,
    asked: str,
    now: datetime,
) -> Answer:
    """Give the answer of an article's address as it is read, here or in another process."""
    return Answer(
        body=response.body,
        url=response.url,
        asked=asked,
        declared=declared_charset(response),
        now=now,
        outlet=outlet,
        layouts=layouts,
        hint=hint,
    )


def validators(known: Known | None) -> dict[str, str]:
    """Give the headers of a conditional request (RFC 9110, 13.1) for what was read before."""
    if known is None:
        return {}
    modified = known.last_modified
    if modified and (changed := moment(modified)) and changed > known.asked_at + CLOCKS_DIFFER:
        modified = None  # yet to come: a server that only compares would never send the page again
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", modified))
    return {name: value for name, value in pairs if value}


def is_conditional(request: Request) -> bool:
    """Tell whether a request may be answered by 304 (RFC 9110, 15.4.5)."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def declared_charset(response: Response) -> str | None:
    """Give the charset of the Content-Type, as written."""
    found = _CHARSET.search(_header(response, "Content-Type") or "")
    return found[1] if found else None


def not_html(response: Response) -> str | None:
    """Give the media type of an answer that says it is no HTML; None where it may be HTML."""
    media = (_header(response, "Content-Type") or "").partition(";")[0].strip().lower()
    return media if media and media not in _HTML else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")[:_MAX_HEADER].strip() or None
