from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.store import Locked, hold

_HOLDER = """
import sys, pathlib
from pipelines.lock import hold
with hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_names_its_holder_and_comes_free(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.lock"
    with hold(path):
        assert path.read_text().startswith(f"pid {os.getpid()} since 20")
        with pytest.raises(Locked, match=f"pid {os.getpid()} since") as caught, hold(path):
            pass
        assert caught.value.holder.endswith("Z")
    assert path.read_text() == ""
    with hold(path):
        pass


def test_the_lock_comes_free_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.lock"
    with pytest.raises(ZeroDivisionError), hold(path):
        raise ZeroDivisionError
    with hold(path):
        pass


def test_the_lock_of_a_killed_process_comes_free(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.lock"
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(Locked, match=f"pid {child.pid}"), hold(path):
        pass
    child.kill()
    child.wait()
    child.stdout.close()
    child.stdin.close()
    with hold(path):
        assert path.read_text().startswith(f"pid {os.getpid()} ")
