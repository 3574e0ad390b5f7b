"""The lists of docs/schema.md, made of dictionary.toml: `python -m pipelines.store.schema_page`.

What stands above them is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.store.dictionary import Column, relations

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"
MARK = "<!-- Below: made by `python -m pipelines.store.schema_page` of pipelines/store/dictionary.toml. -->\n"


def page(written: str) -> str:
    """Give docs/schema.md anew: what was `written` above the mark, and the lists below it."""
    head = written.partition(MARK)[0]
    return head + MARK + "".join(_lists())


def _lists() -> Iterator[str]:
    for kind, title in (("table", "Tables"), ("view", "Views")):
        yield f"\n## {title}\n"
        for relation in relations():
            if relation.kind == kind:
                yield f"\n### {relation.name}\n\n{relation.about}\n\n"
                yield "| column | what it holds | unit |\n|---|---|---|\n"
                yield from (
                    f"| `{each.name}` | {_cell(each.meaning)} | {_unit(each)} |\n"
                    for each in relation.columns
                )


def _unit(column: Column) -> str:
    return ", ".join(part for part in (column.unit, column.zone) if part)


def _cell(text: str) -> str:
    return text.replace("|", "&#124;")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
