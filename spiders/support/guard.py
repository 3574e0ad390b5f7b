"""Only public addresses: checked on what a name resolves to, at the moment the connection is made.

A spider asks only for its outlet's hosts, but a name may lead anywhere: to the machine itself, to the network
behind it, to a cloud's metadata service. Twisted passes every host through the resolver, literal addresses
and those of redirects included, and connects to what it gives: a name that changes in between gains nothing.
"""

from __future__ import annotations

import ipaddress

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


class NotPublic(DNSLookupError):  # noqa: N818 - an error by its base; the name says which
    """The host leads to an address that is nobody's public server."""


def check_public(address: str, *, allowed: str = "") -> str:
    """Give the address back if a crawl may connect to it.

    Args:
        address: an IPv4 or IPv6 address in any spelling `ipaddress` reads.
        allowed: one further address that is let through: the loopback one of the sample outlets.

    Raises:
        NotPublic: it is private, loopback, link-local, multicast, reserved (IANA's special-purpose
            registries), an IPv4 address in IPv6 clothes of which that is true, or no address at all.
    """
    if allowed and address == allowed:
        return address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise NotPublic(f"{address!r} is no address") from None
    inner = _embedded(found)
    if not found.is_global or found.is_multicast or (inner is not None and not inner.is_global):
        raise NotPublic(f"{address} is not a public address")
    return address


def _embedded(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one carries: mapped (RFC 4291), 6to4 (RFC 3056) or NAT64 (RFC 6052)."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


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
        return found.addCallback(check_public, allowed=self.allowed)
