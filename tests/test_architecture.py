"""The house rules: which room may import which, what lies at the top, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
ROOMS = ("items", "spiders", "pipelines", "feeds", "cli")  # each may import those before it
PURE = ("spiders/extract", "pipelines/text", "pipelines/attribution")
UNCLEAN = (
    "scrapy",
    "twisted",
    "socket",
    "http.client",
    "http.server",
    "urllib.request",
    "sqlite3",
    "sqlite_utils",
)
MAX_LINES = 330
TOP = {
    ".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "SECURITY.md", "benchmarks",
    "cli.py", "data", "deploy", "docs", "feeds", "items.py", "pipelines", "pyproject.toml",
    "requirements.lock", "scrapy.cfg", "settings.py", "spiders", "tests",
}  # fmt: skip
FILES = sorted(
    path.relative_to(HOME)
    for path in HOME.rglob("*.py")
    if not any(part.startswith(".") for part in path.relative_to(HOME).parts)
)
HOUSE = [path for path in FILES if path.parts[0].removesuffix(".py") in ROOMS]


def imported(path: Path) -> set[str]:
    """Give every module that a file names in an import, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((HOME / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", HOUSE, ids=str)
def test_imports_run_one_way(path: Path) -> None:
    own = ROOMS.index(path.parts[0].removesuffix(".py"))
    for name in imported(path):
        room = name.split(".")[0]
        assert room not in ROOMS or ROOMS.index(room) <= own, f"{path} imports {name}"


@pytest.mark.parametrize("path", [path for path in HOUSE if str(path).startswith(PURE)], ids=str)
def test_pure_rooms_open_nothing(path: Path) -> None:
    for name in imported(path):
        assert not any(name == bad or name.startswith(f"{bad}.") for bad in UNCLEAN), f"{path} imports {name}"


def test_only_the_store_writes_sql() -> None:
    for path in HOUSE:
        if path.parts[:2] != ("pipelines", "store"):
            assert not any(name.startswith("sqlite_utils") for name in imported(path)), path


def test_items_need_the_standard_library_alone() -> None:
    assert {name.split(".")[0] for name in imported(Path("items.py"))} <= sys.stdlib_module_names


def test_nothing_joins_the_top_level() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607
        cwd=HOME, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] != "tests"], ids=str)
def test_a_file_has_one_subject(path: Path) -> None:
    assert len((HOME / path).read_text(encoding="utf-8").splitlines()) <= MAX_LINES
