"""Whatever goes wrong with the machine, the next run completes and the last good feeds stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.sample.server import SampleServer
from tests.faults.place import Place, prepared
from tests.faults.process import FAULTS


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer() as running:
        yield running


@pytest.fixture(scope="module")
def first(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    prepared(folder, server)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_survived(name: str, first: Path, server: SampleServer, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "disk")
    place = Place(tmp_path, server)
    fault = FAULTS[name]
    feeds, guids = place.feeds(), place.guids()
    try:
        assert fault.does(place) in fault.codes
    except PermissionError as error:
        pytest.skip(str(error))
    if not fault.publishes:
        assert place.feeds() == feeds
    if fault.harmless:
        place.is_whole(guids)
    else:
        place.comes_back(guids)
