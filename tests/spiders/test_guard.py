from __future__ import annotations

import pytest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import succeed
from twisted.python.failure import Failure

from spiders.support.guard import NotPublic, PublicResolver, check_public
from spiders.support.loopback import loopback_address


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "195.12.113.5", "2a00:1450:4010:c05::65", "64:ff9b::808:808", "2002:808:808::1",
        "::ffff:8.8.8.8",
    ],
)  # fmt: skip
def test_public_addresses_pass(address: str) -> None:
    assert check_public(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",  # noqa: S104
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1",
        "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "fec0::1", "fe80::1%1", "::7f00:1", "::8.8.8.8", "100::1", "3fff::1", "5f00::1", "64:ff9b:1::808:808",
        "2001:0:7f00:1::1", "2001::808:808",
        "2a00::5efe:a00:1", "2a00::200:5efe:7f00:1", "0.1.2.3", "192.0.0.8",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "", "localhost", "0x7f000001", "2130706433", "0177.0.0.1",
    ],
)  # fmt: skip
def test_every_other_address_is_refused(address: str) -> None:
    with pytest.raises(NotPublic):
        check_public(address)


def test_a_name_that_changes_in_between_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(["93.184.216.34", "127.0.0.1", "169.254.169.254"])
    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", lambda *_: succeed(next(told)))
    resolver = PublicResolver.__new__(PublicResolver)
    resolver.allowed = ""
    found: list[object] = []
    for _ in range(3):  # as often as a connection is made
        resolver.getHostByName("rebinding.example.kz").addBoth(found.append)
    assert found[0] == "93.184.216.34"
    assert [isinstance(each, Failure) and type(each.value) for each in found[1:]] == [NotPublic, NotPublic]


def test_the_one_exception_is_exact() -> None:
    assert check_public("127.0.0.1", allowed="127.0.0.1") == "127.0.0.1"
    with pytest.raises(NotPublic):
        check_public("127.0.0.2", allowed="127.0.0.1")


def test_loopback_setting_names_this_machine_only() -> None:
    assert loopback_address("") == ""
    assert loopback_address("127.0.0.1:8765") == "127.0.0.1:8765"
    for value in (
        "localhost:80",
        "10.0.0.1:80",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1.evil.kz:80",
    ):
        with pytest.raises(ValueError, match=r"127\.0\.0\.1:PORT"):
            loopback_address(value)
