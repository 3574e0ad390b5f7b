"""What is installed is what was locked: every package by version and hash, from no host of anybody's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HOME = Path(__file__).parents[1]
LOCK = (HOME / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = [
    entry
    for entry in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE))
    if entry.strip()
]


def test_every_package_is_pinned_with_its_hashes() -> None:
    for entry in ENTRIES:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[\w.+!-]+( ; [^\\]+)? \\\n", entry), entry[:80]
        hashes = re.findall(r"--hash=(\S+)", entry)
        assert hashes, entry[:80]
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), entry[:80]


def test_the_lock_names_no_host_and_no_path() -> None:
    assert not re.search(
        r"https?:|file:|git\+|@ |^-e |--(?:index|extra-index|find-links|trusted)", LOCK, re.MULTILINE
    )


def test_what_is_declared_is_locked() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    whole = [each for each in extras["dev"] if not each.startswith("jarshy[")]
    taken = [each[len("jarshy[") : -1] for each in extras["dev"] if each.startswith("jarshy[")]
    declared = [*project["dependencies"], *whole, *(each for extra in taken for each in extras[extra])]
    names = {re.split(r"[^\w.-]", each, maxsplit=1)[0].lower().replace("_", "-") for each in declared}
    locked = {re.split(r"[\[=]", entry, maxsplit=1)[0].lower().replace("_", "-") for entry in ENTRIES}
    assert names <= locked
