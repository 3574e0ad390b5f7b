from __future__ import annotations

from pathlib import Path

import pytest

from data.sample.server import OUTLETS, SampleServer
from tests.road import jarshy


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl of the sample outlets, recorded: `j.db`, `archive/`. Not to be written to."""
    folder = tmp_path_factory.mktemp("recorded")
    with SampleServer() as server:
        jarshy("crawl", *OUTLETS, "--record", "--db", folder / "j.db", port=server.port)
    return folder
