from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.store import Store
from tests.store.pages import NOW, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "jarshy.db") as opened:
        yield opened


@pytest.fixture
def crawl(store: Store) -> int:
    return store.begin_crawl("akorda", NOW)
