"""A copy of this checkout in which verbs may write."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.road import HOME, environment

_LEFT = shutil.ignore_patterns(
    ".*", "__pycache__", "*.db", "*.db-*", "*.lock", "archive", "out", "benchmarks"
)


def copy_checkout(folder: Path) -> Path:
    """Copy what the verbs and the fleet's tests need into a new folder; gives its path."""
    return Path(shutil.copytree(HOME, folder / "jarshy", ignore=_LEFT))


def run(checkout: Path, *command: str, port: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the document there, its requests sent to a port of this machine if one is named."""
    programs = {"jarshy": (sys.executable, "-m", "cli"), "python": (sys.executable,)}
    return subprocess.run(  # noqa: S603
        [*programs[command[0]], *command[1:]],
        cwd=checkout,
        env={**environment(port), "PYTHONPATH": str(checkout)},  # as an editable install of the copy has it
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
