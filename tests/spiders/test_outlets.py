"""Every outlet's recorded pages: page.html as served, meta.json of the fetch, expected.json of what is read.

To record what a page gives now, after looking at it: `python tests/spiders/test_outlets.py OUTLET CASE`.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from items import Article
from pipelines.normalise import normalise_article
from pipelines.runner import outlets
from spiders.extract.encoding import decode
from spiders.extract.layout import Hint
from spiders.extract.page import extract_page

FOLDER = Path(__file__).parents[1] / "outlets"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/page.html"))


def read(case: Path) -> dict[str, Any]:
    """Read a case as the spider and the normalise step would."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    spider = outlets()[case.parent.name]
    decoded = decode((case / "page.html").read_bytes(), declared=meta["charset"])
    extraction = extract_page(
        decoded.text,
        url=meta["url"],
        now=datetime.fromisoformat(meta["now"]),
        outlet=spider.facts(),
        layouts=spider.layouts,
        hint=Hint(**meta["hint"]),
    )
    assert not extraction.missing
    return facts(normalise_article(extraction.article), decoded.charset)


def facts(article: Article, charset: str) -> dict[str, Any]:
    """Give all that is read of a page, as JSON has it."""
    return {
        "canonical_url": article.canonical_url,
        "lang": article.lang,
        "lang_declared": article.lang_declared,
        "charset": charset,
        "headline": article.headline,
        "lead": article.lead,
        "author": article.author,
        "section": article.section,
        "tags": list(article.tags),
        "published": article.published
        and {"at": article.published.at.isoformat(), "precision": article.published.precision},
        "modified": article.modified and article.modified.at.isoformat(),
        "views": article.views,
        "images": [
            {"url": each.url, "caption": each.caption, "credit": each.credit} for each in article.images
        ],
        "translations": {each.lang: each.url for each in article.translations},
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "means": dict(sorted(article.means.items())),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_recorded_page_is_read_as_expected(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    found = read(case)
    for field, value in expected.items():
        assert found[field] == value, field
    assert found.keys() == expected.keys()


if __name__ == "__main__":
    chosen = FOLDER / sys.argv[1] / sys.argv[2]
    (chosen / "expected.json").write_text(
        json.dumps(read(chosen), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
