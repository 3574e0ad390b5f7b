"""The facts of the sample outlets as tests want them: one JSON object, made from the files that are served.

`python -m data.sample.expected` writes `data/sample/expected.json` anew; a test holds the file to its source.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.sample import akorda, inbusiness, inbusiness_page
from data.sample.articles import HERE, SampleArticle

PATH = HERE / "expected.json"


def expected(extra: Sequence[Path] = ()) -> dict[str, Any]:
    """Give every fact; `extra` is the server's.

    Times are UTC in ISO 8601; a day is a date in the outlet's zone (Asia/Almaty); words relative to the fetch
    stand as {"relative": "yesterday 21:05"}. `url` is the address as listed, every other one is canonical;
    `paragraphs` counts the blocks of the body.
    """
    articles = every(extra)
    sound = [article for article in articles if not article.options.get("broken")]
    host = f"https://{inbusiness_page.HOST}"
    return {
        "articles": [facts(article) for article in sound],
        "corrected": [facts(article.in_state(2)) for article in sound if article.correction is not None],
        "broken": [article.url for article in articles if article.options.get("broken")],
        "gone": [host + entry["path"] for entry in inbusiness_page.words()["gone"]],
        "disallowed": [host + entry["path"] for entry in inbusiness_page.words()["disallowed"]],
        "no_news": list(akorda.declarations()),
        "redirects": {
            host + article.options["old_path"]: article.url
            for article in sound
            if "old_path" in article.options
        },
    }


def every(extra: Sequence[Path] = ()) -> tuple[SampleArticle, ...]:
    """Give the articles of both outlets, in state 1."""
    return (*akorda.articles(), *inbusiness.articles(extra))


def facts(article: SampleArticle) -> dict[str, Any]:
    """Give the facts of one article in the state it is in."""
    options = article.options
    old = f"https://{article.host}{options['old_path']}" if "old_path" in options else article.url
    return {
        "url": options.get("listed", old),
        "canonical_url": article.url,
        "lang": article.lang,
        "lang_declared": article.lang_declared,
        "charset": options.get("charset", "utf-8"),
        "headline": article.headline,
        "published": _published(article.published),
        "views": article.views,
        "section": article.section,
        "tags": list(article.tags),
        "image": f"https://{article.host}{article.image}" if article.image else None,
        "photo": article.photo,
        "chain": [{"name": name, "role": role} for name, role in article.chain],
        "quotes": len(article.speakers),
        "speakers": list(article.speakers),
        "translations": [
            {"lang": lang, "url": f"https://{article.host}{path}"} for lang, path in article.translations
        ],
        "paragraphs": len(article.blocks),
        "blocks": [kind for kind, _ in article.blocks],
        "first": article.blocks[0][1],
        "last": article.blocks[-1][1],
    }


def _published(published: dt.datetime | dt.date | str) -> dict[str, str]:
    if isinstance(published, dt.datetime):
        return {"at": published.astimezone(dt.UTC).isoformat(), "precision": "minute"}
    if isinstance(published, dt.date):
        return {"at": published.isoformat(), "precision": "day"}
    return {"relative": published, "precision": "minute" if ":" in published else "day"}


def text() -> str:
    """Give `expected.json` as it should stand."""
    return json.dumps(expected(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
