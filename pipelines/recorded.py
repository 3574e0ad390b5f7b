"""What is read of a recorded page or listing, as `expected.json` has it: the form of `tests/outlets/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from items import Article, OutletFacts
from pipelines.normalise import normalise_article
from spiders.extract.encoding import decode
from spiders.extract.layout import Extraction, Hint, Layout
from spiders.extract.page import extract_page
from spiders.support.listings import Candidate

ANSWERS = {"listing": "listing.html", "feed": "feed.xml", "sitemap": "sitemap.xml"}
"""The file of a recorded listing, by the listing's kind."""


def read_recorded(
    body: bytes,
    meta: dict[str, Any],
    *,
    outlet: OutletFacts,
    layouts: Sequence[Layout] = (),
) -> tuple[Extraction, dict[str, Any]]:
    """Read a recorded page as the spider and the normalise step would.

    Args:
        body: the page, as served.
        meta: `url`, `now` (ISO 8601), `charset` (the header's, or None) and `hint` (of a listing).
        outlet: what is declared of its outlet.
        layouts: the outlet's.

    Returns:
        What was extracted, its article normalised, and `page_facts` of that.
    """
    decoded = decode(body, declared=meta["charset"])
    extraction = extract_page(
        decoded.text,
        url=meta["url"],
        now=datetime.fromisoformat(meta["now"]),
        outlet=outlet,
        layouts=layouts,
        hint=Hint(**meta["hint"]),
    )
    article = normalise_article(extraction.article)
    return Extraction(article=article, problems=extraction.problems), page_facts(article, decoded.charset)


def page_facts(article: Article, charset: str) -> dict[str, Any]:
    """Give all that is read of a page, as JSON has it; times in UTC."""
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


def listing_facts(candidates: Iterable[Candidate]) -> list[dict[str, str | None]]:
    """Give what is read of a listing, as JSON has it."""
    return [
        {"url": each.url, "headline": each.hint.headline, "date_text": each.hint.date_text}
        for each in candidates
    ]
