"""Addresses in canonical spelling, by the hosts of the outlets that the store knows."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlite_utils import Database

from spiders.extract.urls import canonicalise


class Addresses:
    """Spells addresses for look-up; reads the outlets' hosts once."""

    def __init__(self, db: Database) -> None:
        hosts: dict[str, list[str]] = {}
        for row in db.query("SELECT outlet, host FROM outlet_hosts ORDER BY outlet, ordinal"):
            hosts.setdefault(row["outlet"], []).append(row["host"])
        self._hosts = {outlet: tuple(names) for outlet, names in hosts.items()}
        self._outlets = {
            urlsplit(canonicalise(f"http://{host}")).netloc: outlet
            for outlet, names in self._hosts.items()
            for host in names
        }

    def spell(self, url: str, outlet: str | None = None) -> str:
        """Give the canonical spelling of an address.

        Args:
            url: An absolute http(s) address.
            outlet: The outlet it belongs to; None looks for the outlet that has its host.

        Raises:
            ValueError: It is no http(s) address.
        """
        if outlet is None:
            site = urlsplit(canonicalise(url)).netloc
            bare = site.removeprefix("amp.").removeprefix("mobile.")
            outlet = self._outlets.get(site) or self._outlets.get(bare)
        return canonicalise(url, hosts=self._hosts.get(outlet or "", ()))

    def look_up(self, url: str, outlet: str | None = None) -> str:
        """Give the canonical spelling, or, where it has none, the address as asked: a log keeps it."""
        try:
            return self.spell(url, outlet)
        except ValueError:
            return url
