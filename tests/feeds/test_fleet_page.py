from __future__ import annotations

from feeds.fleet_page import PAGE, fleet_page
from pipelines.runner import outlets


def test_the_page_of_the_outlets_is_what_they_declare_today() -> None:
    stale = "docs/outlets.md is stale; make it anew: python -m feeds.fleet_page"
    assert PAGE.read_text(encoding="utf-8") == fleet_page(list(outlets().values())), stale


def test_a_row_tells_where_articles_are_found_and_how_sure_that_is() -> None:
    rows = fleet_page([outlets()["akorda"], outlets()["kabar"]]).splitlines()[-2:]
    assert "3 × paged" in rows[0]
    assert "| feed | link | excerpt |" in rows[1]
