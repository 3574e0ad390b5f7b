"""What a crawl holds in memory: what is held now, not what it or its parent once held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

import settings
from spiders.support.memory import MemoryHeld, held

PEAK = 400 << 20  # bytes
PARENT = f"""
import resource, subprocess, sys
block = bytearray({PEAK})
block[::4096] = b"x" * len(block[::4096])
del block
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
"""
CHILD = """
import resource
from spiders.support.memory import held
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the file system /proc is Linux's")
def test_the_peak_of_whoever_started_a_crawl_is_not_the_crawls() -> None:
    home = Path(settings.__file__).parent
    told = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-c", PARENT, CHILD], cwd=home, check=True, capture_output=True, text=True
    ).stdout
    peak, now = map(int, told.split())
    assert peak > PEAK, "no peak is handed on here, so nothing is shown"
    assert 0 < now < PEAK


def test_scrapys_extension_goes_by_it() -> None:
    extensions = {name: getattr(settings, name) for name in ("EXTENSIONS", "MEMUSAGE_LIMIT_MB")}
    crawler = get_crawler(settings_dict=extensions)
    size = MemoryHeld.from_crawler(crawler).get_virtual_size()
    assert abs(size - held()) < 64 << 20
    assert settings.EXTENSIONS["scrapy.extensions.memusage.MemoryUsage"] is None
