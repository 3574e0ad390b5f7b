"""Some hours of cron, compressed; benchmarks/day.py does all 96 runs of a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sample.server import SampleServer
from tests.faults.day import simulate


@pytest.mark.slow
def test_hours_of_cron_lose_and_double_nothing(tmp_path: Path) -> None:
    with SampleServer() as server:
        day = simulate(tmp_path, server, runs=4, seed=20261125)
    assert day.articles == 50
