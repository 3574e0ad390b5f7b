"""A real Chromium for tests, where there is one; it has no network but what a test gives it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import pytest

import settings
from spiders.support.render import NoBrowser, program

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium with a new profile, as Playwright's `Browser`; without one, skip the test and say why.

    Its sandbox serves everyone but root.
    """
    if not find_spec("playwright"):
        pytest.skip("not looked at in a browser: pip install playwright")
    try:
        executable = program(settings.JARSHY_CHROMIUM)
    except NoBrowser:
        pytest.skip("not looked at in a browser: apt install chromium, or set JARSHY_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=ARGUMENTS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()
