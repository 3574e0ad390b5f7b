"""A child process to be killed: keeps pages for ever, each twice changed, and says when it begins.

Arguments: the database, and where in the pages to begin.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from items import Block, Translation
from tests.store.pages import HOUR, NOW, TEXT, article, full_article, open_store, page

STATES = 3


def main(path: Path, first: int) -> None:
    with open_store(path) as store:
        crawl = store.begin_crawl("akorda", NOW)
        print("ready", flush=True)
        for n in count(first):
            for state in range(STATES):
                blocks = tuple(
                    Block(kind="paragraph", text=f"{TEXT} {n}.{state}.{each}") for each in range(5)
                )
                given = article(
                    f"kk/{n}",
                    blocks=blocks,
                    translations=(Translation(lang="ru", url=f"https://www.akorda.kz/kk/{n - 1}"),),
                    attribution=full_article().attribution,
                    tags=("су", f"тег {n}"),
                )
                with store.transaction():
                    kept = store.keep(page(given, NOW + state * HOUR), crawl)
                    if store.story_of(kept.guid or "") is None:
                        store.assign(kept.guid or "", None, "first")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
