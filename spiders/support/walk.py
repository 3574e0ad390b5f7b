"""What a crawl has met so far: articles, however their addresses are spelt, and what listings named. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spiders.extract.urls import canonicalise


class Walk:
    """Of one crawl of one outlet."""

    def __init__(self, hosts: Sequence[str]) -> None:
        """`hosts`: of the same pages, the canonical first."""
        self._hosts = tuple(hosts)
        self._met: set[str] = set()
        self._named: dict[str, set[str]] = {}

    def met(self, url: str) -> bool:
        """Tell whether an article was met before, under any spelling: AMP, `m.`, utm, order of the query."""
        return self._spelt(url) in self._met

    def meet(self, url: str) -> None:
        """Note an article."""
        self._met.add(self._spelt(url))

    def names_more(self, listing: str, urls: Iterable[str]) -> bool:
        """Note what a page of a listing names; gives whether its earlier pages did not name all of that.

        Beyond their last page many sites serve it again, or the first, for ever.
        """
        named = self._named.setdefault(listing, set())
        before = len(named)
        named.update(map(self._spelt, urls))
        return len(named) > before

    def _spelt(self, url: str) -> str:
        try:
            return canonicalise(url, hosts=self._hosts)
        except ValueError:
            return url
