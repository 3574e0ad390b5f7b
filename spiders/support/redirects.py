"""Redirects, followed by the spider: Scrapy drops those that lead off the site, or round, in silence."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from spiders.extract.urls import absolute

STATUSES = (301, 302, 303, 307, 308)  # RFC 9110, 15.4
_HOPS = "jarshy_hops"
_OURS = ("jarshy_kind", "handle_httpstatus_list")


class Refused(Exception):  # noqa: N818 - what becomes of the redirect
    """A redirect that is not followed; the message says why."""


def follow(response: Response, request: Request, *, hosts: Sequence[str], most: int) -> Request:
    """Give the request that a redirect asks for: the same in all but its address.

    Args:
        response: of a status in STATUSES.
        request: what was asked; validators and callbacks go with it.
        hosts: the outlet's.
        most: redirects, one after the other.

    Raises:
        Refused: it names no address, another site's, or is one too many.
    """
    location = (response.headers.get("Location") or b"").decode("latin-1")
    target = absolute(response.url, location)
    if target is None:
        raise Refused(f"status {response.status} to no address")
    host = urlsplit(target).netloc
    if host not in hosts:
        raise Refused(f"redirected to another site, {host[:80]}")
    hops = int(request.meta.get(_HOPS, 0)) + 1
    if hops > most:
        raise Refused(f"more than {most} redirects")
    # Scrapy's own notes on the request (its slot, its latency) are not the next one's.
    meta = {key: request.meta[key] for key in _OURS if key in request.meta}
    return request.replace(url=target, meta={**meta, _HOPS: hops}, dont_filter=True)
