"""What `deploy/` ships, tried as far as one machine goes: units, crontab, a run that may write nowhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from data.sample.server import SampleServer
from feeds.config import load
from feeds.verbs.overview import VERBS
from tests.road import HOME, environment

DEPLOY = HOME / "deploy"
PROGRAM = "/opt/jarshy/.venv/bin/jarshy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
SYSTEMD = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not installed")


def run(
    *command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [str(word) for word in command],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        cwd=cwd,
        env=env,
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that is there."""
    folder = tmp_path / "units"
    folder.mkdir()
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (folder / name).write_text(
            text.replace(PROGRAM, "/bin/true").replace("/usr/bin/logger", "/bin/true"), encoding="utf-8"
        )
    return folder


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(units: Path) -> None:
    done = run(SYSTEMD or "", "verify", "--man=no", *sorted(units.iterdir()))
    ours = [line for line in done.stderr.splitlines() if "jarshy" in line]
    assert (done.returncode, ours) == (0, [])
    spoilt = units / "jarshy.service"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("oneshot", "onceshot"), encoding="utf-8")
    assert "jarshy.service" in run(SYSTEMD or "", "verify", "--man=no", spoilt).stderr  # it would have told


@needs_systemd
@pytest.mark.parametrize("name", [name for name in UNITS if name.startswith("jarshy.s")])
def test_the_run_is_exposed_to_little(units: Path, name: str) -> None:
    """On a scale from 0 (safe) to 10; the threshold is in tenths."""
    done = run(SYSTEMD or "", "security", "--offline=yes", "--threshold=20", units / name)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


@needs_systemd
def test_the_timer_means_every_half_hour() -> None:
    timer = (DEPLOY / "jarshy.timer").read_text(encoding="utf-8")
    (when,) = re.findall(r"(?m)^OnCalendar=(.+)$", timer)
    told = run(
        SYSTEMD or "", "calendar", "--iterations=3", when, env={"TZ": "UTC", "PATH": os.environ["PATH"]}
    )
    minutes = re.findall(r"\d\d:(\d\d):00 UTC", told.stdout)
    assert set(minutes) == {"07", "37"}


def test_a_run_that_was_told_of_elsewhere_is_no_failure() -> None:
    """1 and 75 are told by `status` and the webhook; 2 and 3 want a person."""
    service = (DEPLOY / "jarshy.service").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^SuccessExitStatus=(.+)$", service) == ["1 75"]
    (stop,) = re.findall(r"(?m)^TimeoutStopSec=(\d+)$", service)
    assert int(stop) >= 10


def test_what_is_started_is_a_verb_with_options_that_it_has() -> None:
    started = []
    for path in filter(Path.is_file, DEPLOY.iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                started += re.findall(rf"{re.escape(PROGRAM)} ([a-z][^|\n]*)", line)
    assert len(started) >= 5
    for words in (shlex.split(each) for each in started):
        assert words[0] in VERBS
        helped = run(sys.executable, "-m", "cli", words[0], "--help", cwd=HOME, env=environment()).stdout
        assert all(word in helped for word in words if word.startswith("--")), words


def test_the_crontab_is_one() -> None:
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and line[0].isdigit()]
    assert len(jobs) == 3
    limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    for job in jobs:
        *fields, user, command = job.split(maxsplit=6)
        for field, (least, most) in zip(fields, limits, strict=True):
            assert field == "*" or all(least <= int(each) <= most for each in field.split(","))
        assert user == "jarshy"
        assert run("/bin/sh", "-n", "-c", command).returncode == 0


def test_the_settings_that_are_shipped_are_read() -> None:
    text = (DEPLOY / "settings.toml").read_text(encoding="utf-8")
    load(DEPLOY / "settings.toml", {})
    keys = re.findall(r'(?m)^# (\w+ = ".+)$', text)
    assert len(keys) == 2


def test_every_file_that_the_container_copies_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text) for word in line.split()]
    assert copied
    assert all((HOME / each).exists() for each in copied)
    assert re.findall(r"(?m)^USER (.+)$", text) == ["10001:10001"]
    assert "ENTRYPOINT" in text.rpartition("USER")[2]


# As the container runs: another user without any right, nothing writable but /tmp and the data.
_CONFINED = r"""
set -eu
mount --make-rprivate /
mount --bind "$DATA" /mnt
mkdir -p /mnt/.base
mount --bind "$BASE" /mnt/.base
if [ -n "$HIDDEN" ]; then
    mount -t tmpfs -o mode=755 tmpfs "$HIDDEN"
    mkdir -p "$BASE"
    mount --bind /mnt/.base "$BASE"
fi
umount /mnt/.base
rmdir /mnt/.base
mount -o remount,bind,ro /
if [ -n "$HIDDEN" ]; then mount -o remount,ro "$HIDDEN"; fi
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /dev/shm
cd "$HOME_OF_IT"
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    env -i PATH=/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$HOME_OF_IT" HOME=/mnt \
    JARSHY_DB=/mnt/jarshy.db JARSHY_OUT=/mnt/out JARSHY_LOOPBACK="$JARSHY_LOOPBACK" "$@"
"""


def confined(data: Path, port: int, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as the container would; skips where the kernel or the user may not."""
    base = Path(sys.base_prefix)
    hidden = next((each for each in reversed(base.parents) if not each.stat().st_mode & 0o001), None)
    told = {
        **environment(port),
        "DATA": str(data),
        "BASE": str(base),
        "HIDDEN": str(hidden or ""),
        "HOME_OF_IT": str(HOME),
    }
    return run("unshare", "--mount", "sh", "-c", _CONFINED, "sh", *command, env=told)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("needs root, unshare and setpriv")
    if HOME.is_relative_to("/tmp") or Path(sys.prefix).is_relative_to("/tmp"):  # noqa: S108 - what is mounted over
        pytest.skip("the checkout lies where the container has its own /tmp")
    folder = tmp_path / "data"
    folder.mkdir()
    os.chown(folder, 10001, 10001)
    for each in (tmp_path, *tmp_path.parents):
        if each.stat().st_mode & 0o001 == 0 and each != Path("/"):
            each.chmod(each.stat().st_mode | 0o011)
    tried = confined(folder, 1, "id", "-u")
    if tried.returncode:
        pytest.skip(f"the kernel lets nobody mount: {tried.stderr[-200:]}")
    assert tried.stdout.strip() == "10001"
    return folder


def test_a_run_needs_no_right_and_writes_nowhere_else(data: Path) -> None:
    assert confined(data, 1, "sh", "-c", f"! touch {HOME}/x /etc/x /var/tmp/x 2>/dev/null").returncode == 0
    with SampleServer() as server:
        words = (sys.executable, "-m", "cli", "run", "akorda", "inbusiness")
        first = confined(data, server.port, *words)
        again = confined(data, server.port, *words)
        checked = confined(data, server.port, sys.executable, "-m", "cli", "check")
    assert first.returncode in (0, 1), first.stderr[-2000:]
    assert again.returncode in (0, 1), again.stderr[-2000:]
    assert re.search(r"(?m)^event=digest entries=\d+ written=\d+", first.stdout)
    assert "new=24" in first.stdout
    assert "new=0" in again.stdout
    assert checked.stdout == "event=check store=ok feeds=ok\n", checked.stderr
    assert (data / "out" / "index.html").is_file()
    assert {path.stat().st_uid for path in data.rglob("*")} == {10001}
    connection = sqlite3.connect(data / "jarshy.db")
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (50,)
    connection.close()
