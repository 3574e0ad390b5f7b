from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from feeds.page.site import PageReport, write_pages
from items import Story
from tests.browser import chromium

Write = Callable[..., PageReport]


def parsed(path: Path) -> Any:
    """Read a page by libxml2."""
    return lxml.html.fromstring(path.read_bytes())


@pytest.fixture
def write(tmp_path: Path, now: datetime) -> Write:
    """Writes the pages of some stories into `tmp_path`, each day holding all of them."""

    def written(stories: Sequence[Story], every: Sequence[Story] | None = None, **more: object) -> PageReport:
        def of_day(_: date) -> Sequence[Story]:
            return stories if every is None else every

        return write_pages(stories, of_day, tmp_path, now, **more)  # type: ignore[arg-type]

    return written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started
