"""The fleet's download handler: the live road, or the same road bent to the sample outlets on loopback."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from spiders.support import chains
from spiders.support.comeback import wait_turn
from spiders.support.guard import NotPublic, check_port, refusal
from spiders.support.heads import bounded


class OutletHandler(HTTP11DownloadHandler):
    """Scrapy's handler, held to the web's ports, to heads that end, and to the roots of the system.

    With `JARSHY_LOOPBACK=127.0.0.1:PORT` every request is sent there instead. The outlet stays in the Host
    header, and the answer comes back under the address that was asked for: robots, redirects, delays and
    stored addresses are those of the live road.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = bounded(self._pool._factory)  # noqa: SLF001 - as Scrapy sets it
        self._contextFactory = chains.policy(crawler, self._contextFactory)
        self._loopback = loopback_address(str(crawler.settings.get("JARSHY_LOOPBACK") or ""))

    async def download_request(self, request: Request) -> Response:
        """Fetch; raises what Scrapy's handler raises, PortRefused and PutOff."""
        check_port(request.url, getattr(self._crawler.spider, "declared", ()))
        await wait_turn(self._crawler)
        if not self._loopback:
            try:
                return await super().download_request(request)
            except CannotResolveHostError as error:
                host = urlsplit(request.url).hostname or ""
                if why := refusal(host):
                    raise CannotResolveHostError(f"{host} leads inside: {why}") from NotPublic(why)
                raise error
        parts = urlsplit(request.url)
        bent = request.replace(url=parts._replace(scheme="http", netloc=self._loopback).geturl())
        bent.headers["Host"] = parts.netloc
        response = await super().download_request(bent)
        request.meta.update(download_latency=bent.meta.get("download_latency", 0.0))  # AutoThrottle reads it
        return response.replace(url=request.url)


def loopback_address(value: str) -> str:
    """Check the setting and give it back; empty where it is empty.

    Raises:
        ValueError: it is not "127.0.0.1:PORT": nothing but the machine itself may stand in for the outlets.
    """
    if not value:
        return ""
    host, _, port = value.rpartition(":")
    if host != "127.0.0.1" or not (port.isascii() and port.isdigit()):
        raise ValueError(f"JARSHY_LOOPBACK={value!r}: expected 127.0.0.1:PORT")
    return value
