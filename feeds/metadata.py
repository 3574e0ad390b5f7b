"""What Datasette shows beside the tables: `python -m feeds.metadata` makes data/metadata.json.

    datasette data/jarshy.db -m data/metadata.json

Made of the dictionary and of the worked questions, which become its canned queries (Datasette's
documentation, "Metadata" and "Canned queries").
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.store.dictionary import relations
from pipelines.store.questions import listed

FILE = Path(__file__).parents[1] / "data" / "metadata.json"
_HIDDEN = ("derived", "unsettled")


def metadata() -> dict[str, Any]:
    """Give the metadata of a database called "jarshy": its tables, columns, questions, search."""
    tables: dict[str, dict[str, Any]] = {}
    for relation in relations():
        columns = {
            each.name: f"{each.meaning} ({told})"
            if (told := ", ".join(part for part in (each.unit, each.zone) if part))
            else each.meaning
            for each in relation.columns
        }
        tables[relation.name] = {"description": relation.about, "columns": columns}
        if relation.name in _HIDDEN:
            tables[relation.name]["hidden"] = True
    tables["articles"] |= {"fts_table": "article_words", "fts_pk": "id", "sort_desc": "id"}
    tables["v_articles"] |= {
        "fts_table": "article_words",
        "fts_pk": "article_id",
        "sort_desc": "published_at",
    }
    return {
        "title": "Jarshy",
        "description": "News articles with who said it first and who passed it on. Times are in UTC. "
        "The search takes words in their dictionary form; `jarshy search` takes any.",
        "databases": {
            "jarshy": {
                "tables": tables,
                "queries": {
                    each.name: {
                        "title": each.title,
                        "description": each.told,
                        "sql": each.sql,
                        "params": list(each.parameters),
                    }
                    for each in listed()
                },
            }
        },
    }


def text() -> str:
    """Give the metadata as the file holds it."""
    return json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
