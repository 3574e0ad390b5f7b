from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.sample.server import SampleServer


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of articles that only tests serve."""
    return Path(__file__).parent / "pages"


@pytest.fixture(scope="session")
def server(pages: Path) -> Iterator[SampleServer]:
    with SampleServer(extra=[pages]) as running:
        yield running
