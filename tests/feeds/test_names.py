from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.names import below, checked, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("akorda", "akorda"),
        ("Мұнай және газ", "munai-zhane-gaz"),
        ("Құрылтай", "quryltai"),
        ("Щучинск: объезд", "shchuchinsk-obezd"),
        ("Cəmiyyət", "camiyyat"),
        ("Ünü", "unu"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\windows", "c-windows"),
    ],
)
def test_names_in_latin_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_what_is_lost_keeps_names_apart() -> None:
    assert slug("北京") != slug("東京")
    assert slug("北京 oil").startswith("oil-")
    assert slug("") == slug("")
    assert slug("x" * 100) != slug("x" * 101)


@given(st.text())
def test_any_name_gives_a_file_in_the_folder(name: str) -> None:
    folder = Path("/srv/feeds/out")
    path = below(folder, f"searches/{slug(name)}", ".xml")
    assert path.parent == folder / "searches"
    assert path.name.isascii()
    assert len(path.name) < 100
    assert slug(slug(name)) == slug(name) or len(slug(name)) > 60


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "..", "a/../b", "a//b", "a/", "A", "a b", "a\x00", "a.b", "ә"]
)
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a feed"):
        checked(name)
