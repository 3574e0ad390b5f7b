"""Only public addresses, on the web's own ports: checked on what a name resolves to, at the last moment.

A spider asks only for its outlet's hosts, but a name may lead anywhere: to the machine itself, to the network
behind it, to a cloud's metadata service. Twisted passes every host through the resolver, literal addresses
and those of redirects included, and connects to what it gives: a name that changes in between gains nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.datatypes import LocalCache
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.extract.hosts import is_public

WEB_PORTS = (80, 443)
_REFUSED: LocalCache[str, str] = LocalCache(1000)  # host -> why; Twisted says only that it found nothing


class PortRefused(IgnoreRequest):
    """An address on a port where nobody said that a web server is."""


class NotPublic(DNSLookupError):  # noqa: N818 - an error by its base; the name says which
    """The host leads to an address that is nobody's public server."""


def check_public(address: str, *, allowed: str = "") -> str:
    """Give the address back if a crawl may connect to it.

    Args:
        address: an IPv4 or IPv6 address in any spelling `ipaddress` reads.
        allowed: one further address that is let through: the loopback one of the sample outlets.

    Raises:
        NotPublic: it is none that may be a public server's (`spiders.extract.hosts.is_public`), or no
            address at all.
    """
    if allowed and address == allowed:
        return address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise NotPublic(f"{address!r} is no address") from None
    if not is_public(found):
        raise NotPublic(f"{address} is not a public address")
    return address


def check_port(url: str, declared: Collection[str] = ()) -> None:
    """Let an address pass whose port is the web's, or declared.

    Args:
        url: absolute.
        declared: what an outlet declares of its hosts; "host:port" lets that port of that host pass.

    Raises:
        PortRefused: anybody's page could have us talk to a mail server or a database otherwise.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise PortRefused(f"no port is in {parts.netloc[:80]!r}") from None
    if port is None or port in WEB_PORTS or f"{parts.hostname}:{port}" in declared:
        return
    raise PortRefused(f"port {port} is not the web's, nor declared by the outlet")


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which gives no address that `check_public` refuses."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: str = "") -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """Build it; the address of `JARSHY_LOOPBACK`, if set, is the one exception."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        allowed = str(settings.get("JARSHY_LOOPBACK") or "").rpartition(":")[0]
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), allowed)

    def getHostByName(self, name: str, timeout: object = ()) -> Deferred[str]:  # noqa: N802, ARG002 - Twisted's
        """Resolve a host; fails with NotPublic where its address is not public."""
        found: Deferred[str] = super().getHostByName(name)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        try:
            return check_public(address, allowed=self.allowed)
        except NotPublic as error:
            _REFUSED[name] = str(error.args[0])  # without Twisted's own words
            raise


def refusal(host: str) -> str:
    """Tell why a host was not asked; empty where its address was not refused."""
    return _REFUSED.get(host, "")
