from __future__ import annotations

import re
from pathlib import Path

from pipelines.store import Store

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "schema.md"


def documented() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        found[name.strip()] = re.findall(r"^\| `(\w+)` \| \S", rest, flags=re.MULTILINE)
    return found


def test_the_page_names_every_column_of_the_real_schema(store: Store) -> None:
    db = store._db
    tables = {name: db.table(name).columns for name in db.table_names() if not name.startswith("_")}
    views = {name: db.view(name).columns for name in db.view_names()}
    real = {name: [column.name for column in columns] for name, columns in {**tables, **views}.items()}
    assert documented() == real


def test_the_page_names_every_query() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = {path.name for path in (ROOT / "data" / "queries").glob("*.sql")}
    assert {name for name in names if f"`{name}`" not in text} == set()
