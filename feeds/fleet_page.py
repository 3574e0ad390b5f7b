"""The page of the outlets, docs/outlets.md, made of what they declare: `python -m feeds.fleet_page`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from pipelines.runner import outlets
from spiders.base import Confidence, OutletSpider

PAGE = Path(__file__).parents[1] / "docs" / "outlets.md"

_HEAD = """\
# The outlets

Made by `python -m feeds.fleet_page` of what `spiders/*.py` declare; `jarshy outlets` lists the same.
To add one: [adding-an-outlet.md](adding-an-outlet.md).

*Confidence* is what speaks for the declarations, by the weakest that a crawl needs: `seen` crawled live;
`page` a stored copy of its page; `probe` a dated check of its addresses; `code` a published crawler of it;
`link` addresses in somebody's list; `assumed` analogy alone.
"""


def fleet_page(prepared: Sequence[type[OutletSpider]]) -> str:
    """Give the page as Markdown: a row an outlet, in their order, and how many are of which confidence."""
    counts = Counter(spider.confidence for spider in prepared)
    told = ", ".join(f"{counts[level]} `{level}`" for level in get_args(Confidence) if counts[level])
    rows = [
        "| outlet | title | hosts | languages | discovery | confidence | terms |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(_row, prepared),
    ]
    return "\n".join([_HEAD, f"{len(prepared)} outlets: {told}.", "", *rows, ""])


def _row(spider: type[OutletSpider]) -> str:
    kinds = Counter(type(listing).__name__.removesuffix("Listing").lower() for listing in spider.listings)
    discovery = ", ".join(f"{count} × {kind}" if count > 1 else kind for kind, count in kinds.items())
    cells = (
        f"`{spider.name}`",
        spider.title,
        ", ".join(spider.served()),
        ", ".join(spider.languages),
        f"{discovery}, in a browser" if spider.render else discovery,
        spider.confidence,
        spider.terms,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(fleet_page(list(outlets().values())), encoding="utf-8")
