from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from feeds.page.site import PageReport
from items import Problem, Story
from tests.browser import chromium
from tests.feeds.page.visits import published

Write = Callable[..., tuple[PageReport, list[Problem]]]


def parsed(path: Path) -> Any:
    """Read a page by libxml2."""
    return lxml.html.fromstring(path.read_bytes())


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the pages of some stories into `tmp_path`, each day holding all of them, or of `every` one."""

    def written(
        stories: Sequence[Story], every: Sequence[Story] | None = None, **more: Any
    ) -> tuple[PageReport, list[Problem]]:
        return published(stories, tmp_path, every, **more)

    return written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started
