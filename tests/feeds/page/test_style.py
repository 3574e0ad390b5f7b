"""The colours of the pages: axe cannot judge words in a drawing, arithmetic can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import feeds.page

CSS = (Path(feeds.page.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")
HTML = "".join(path.read_text() for path in (Path(feeds.page.__file__).parent / "templates").glob("*.html"))


def palettes() -> list[dict[str, str]]:
    """Give the light colours and the dark ones."""
    found = re.findall(r":root\{([^}]*--paper:#[^}]*)\}", CSS)
    return [dict(re.findall(r"--([a-z]+):(#[0-9a-f]{6})", each)) for each in found]


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("words", ["ink", "soft", "mark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_words_stand_out(words: str, ground: str) -> None:
    assert len(palettes()) == 2
    for colours in palettes():
        lighter, darker = sorted((luminance(colours[words]), luminance(colours[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_style_is_of_these_pages_and_loads_nothing() -> None:
    assert not re.search(r"@import|@font-face|url\((?!#)", CSS)
    classes = set(re.findall(r"\.([a-z]+)", re.sub(r"\d*\.\d+", "", CSS)))
    drawn = {"origin", "also", "via", "relay", "other", "here"}
    assert {name for name in classes - drawn if not re.search(rf"[\" ]{name}[\" ']", HTML)} == set()
