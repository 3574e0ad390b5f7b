"""Which hosts and addresses are a public server's, and which lead inside. Pure; nothing is resolved."""

from __future__ import annotations

import ipaddress
import re

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Names that never leave the machine or its own network: RFC 6761 (localhost), RFC 6762 (local), RFC 8375
# (home.arpa), ICANN's resolution 2024.07.29.06 (internal).
_INSIDE = re.compile(r"(?:\A|\.)(?:localhost|local|internal|home\.arpa)\Z", re.IGNORECASE)
# The URL Standard (4.4, "ends in a number"): a host whose last label is a number is an IPv4 address or none.
_NUMBER = re.compile(r"(?:\A|\.)(?:\d+|0x[0-9a-f]*)\Z", re.IGNORECASE | re.ASCII)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out for public servers
# In IANA's registries, but not in those of every Python that we run on; `is_global` knows the rest.
_SPECIAL = (
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments: RFC 6890
    ipaddress.ip_network("192.88.99.0/24"),  # 6to4's relays: RFC 7526
    ipaddress.ip_network("2001::/23"),  # protocol assignments, Teredo among them: RFC 2928, RFC 4380
    ipaddress.ip_network("3fff::/20"),  # documentation: RFC 9637
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214, 6.1: the interface identifier before an IPv4 address


def is_public(address: Address) -> bool:
    """Tell whether an address may be a public server's.

    It is not where it is private, shared, loopback, link-local, multicast, reserved (IANA's special-purpose
    registries), or an IPv6 address that stands for an IPv4 one of which that is true: mapped (RFC 4291),
    6to4 (RFC 3056), NAT64 (RFC 6052), ISATAP (RFC 5214).
    """
    if any(address in network for network in _SPECIAL):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in _UNICAST:
        return False
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global


def may_be_public(host: str) -> bool:
    """Tell whether the host of an address may be a public server's, as far as its spelling tells.

    Args:
        host: in ASCII, without a port; an IPv6 address with or without its brackets.

    Returns:
        False for an address that is not public, for an IPv4 address in any spelling but four decimal numbers
        (`0x7f.1`, `2130706433`, `0177.0.0.1`: nobody means well by them), and for names that stay inside
        (`localhost`, `printer.local`). Where another name leads is told when it is resolved.
    """
    bare = host.removesuffix(".")
    if ":" in host or _NUMBER.search(bare):
        try:
            return is_public(ipaddress.ip_address(bare.removeprefix("[").removesuffix("]")))
        except ValueError:
            return False
    return not _INSIDE.search(bare)
