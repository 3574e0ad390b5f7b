"""Every outlet's recorded pages: page.html as served, meta.json of the fetch, expected.json of what is read.

To record what a page gives now, after looking at it: `python tests/spiders/test_outlets.py OUTLET CASE`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.recorded import read_recorded
from pipelines.runner import outlets

FOLDER = Path(__file__).parents[1] / "outlets"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/page.html"))


def read(case: Path) -> dict[str, Any]:
    """Read a case as the spider and the normalise step would."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    spider = outlets()[case.parent.name]
    page = (case / "page.html").read_bytes()
    extraction, facts = read_recorded(page, meta, outlet=spider.facts(), layouts=spider.layouts)
    assert not extraction.missing
    return facts


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
