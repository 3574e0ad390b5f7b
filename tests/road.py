"""The real program as a child, its outlets on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[1]


def environment(port: int | None = None) -> dict[str, str]:
    """Give the environment of a run: nothing of the caller's settings but the way to the programs."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("JARSHY_")}
    return own if port is None else {**own, "JARSHY_LOOPBACK": f"127.0.0.1:{port}"}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "cli", *map(str, arguments)]


def jarshy(
    *arguments: str | Path, port: int | None = None, stdin: bytes = b"", code: int | None = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run a verb to its end; asserts its exit code unless that is None."""
    done = subprocess.run(  # noqa: S603
        command(*arguments),
        cwd=HOME,
        env=environment(port),
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert code is None or done.returncode == code, done.stderr.decode()[-3000:]
    return done
