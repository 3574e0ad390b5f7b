from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feeds.page.chain import MAX_STOPS, Kind, Stop, draw


def stop(name: str, kind: Kind, lag: str = "") -> Stop:
    return Stop(name=name, kind=kind, lag=lag)


def test_a_chain_runs_down_from_the_origin() -> None:
    drawing = draw(
        [stop("Министерство", "origin"), stop("Telegram", "via"), stop("zakon.kz", "here", "35 мин")]
    )
    assert [dot.kind for dot in drawing.dots] == ["origin", "via", "here"]
    ys = [dot.y for dot in drawing.dots]
    assert ys == sorted(ys)
    assert [(line.y1, line.y2) for line in drawing.lines] == [(ys[0], ys[1]), (ys[1], ys[2])]
    (lag,) = drawing.lags
    assert ys[1] < lag.y < ys[2]
    assert ys[-1] < drawing.height


def test_further_origins_lead_in_and_others_branch_off() -> None:
    drawing = draw([stop("A", "origin"), stop("B", "also"), stop("C", "other"), stop("D", "here")])
    a, b, c, d = drawing.dots
    assert a.x == d.x < b.x == c.x
    ways = {(line.x1, line.y1, line.x2, line.y2) for line in drawing.lines}
    assert ways == {(a.x, a.y, d.x, d.y), (a.x, c.y, c.x, c.y), (b.x, b.y, d.x, d.y)}


def test_what_branches_below_the_last_is_reached() -> None:
    drawing = draw([stop("A", "origin"), stop("C", "other"), stop("E", "other")])
    a, c, e = drawing.dots
    assert {(line.x1, line.y1, line.x2, line.y2, line.arrow) for line in drawing.lines} == {
        (a.x, a.y, a.x, e.y, False),
        (a.x, c.y, c.x, c.y, True),
        (a.x, e.y, e.x, e.y, True),
    }


def test_a_long_name_is_broken_and_then_cut() -> None:
    name = "Қазақстан Республикасы Төтенше жағдайлар министрлігінің баспасөз қызметі мен серіктестері"
    (dot,) = draw([stop(name, "origin")]).dots
    first, second = (line.text for line in dot.lines)
    assert name.startswith(first)
    assert second.endswith("…")


@given(
    st.lists(
        st.tuples(
            st.text(max_size=80),
            st.sampled_from(["also", "other", "via", "relay", "here"]),
            st.text(max_size=9),
        ),
        max_size=20,
    )
)
def test_nothing_overlaps_and_nothing_is_endless(rest: list[tuple[str, Kind, str]]) -> None:
    drawing = draw([stop("A", "origin"), *(stop(*each) for each in rest)])
    assert len(drawing.dots) <= MAX_STOPS
    lines = sorted(label.y for dot in drawing.dots for label in dot.lines)
    assert all(below - above >= 1.2 for above, below in pairwise(lines))
    assert lines[-1] < drawing.height
    assert all(len(label.text) <= 26 for dot in drawing.dots for label in dot.lines)
