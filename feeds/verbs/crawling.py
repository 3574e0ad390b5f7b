"""The verbs that crawl: `crawl`, and `run`, which writes the digest too.

Their work is loaded once the store is theirs, so that a run beside another one costs next to nothing.
"""

from __future__ import annotations

from argparse import Namespace

from feeds.verbs.locked import locked


def crawl(options: Namespace) -> int:
    """Crawl the outlets of `options` into its store."""

    def work(options: Namespace) -> int:
        from feeds.verbs import crawls

        return crawls.crawl(options)

    return locked(options, work)


def run(options: Namespace) -> int:
    """Crawl, then write the digest: in one hold of the store, so that no other run comes between."""

    def work(options: Namespace) -> int:
        from feeds.verbs import crawls

        return crawls.crawl_and_publish(options)

    return locked(options, work)
