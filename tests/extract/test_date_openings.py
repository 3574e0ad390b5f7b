"""What is looked at before the patterns of a date are tried takes no date away."""

from __future__ import annotations

from datetime import date
from typing import Final
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from spiders.extract import date_words, dates
from spiders.extract.date_words import WORDS

TODAY: Final = date(2026, 11, 25)
WORD: Final = st.one_of(
    st.sampled_from(sorted(WORDS.months)),
    st.sampled_from(sorted([*WORDS.days_back, *WORDS.numbers, *WORDS.seconds])),
    st.sampled_from(sorted([*date_words._gather("ago"), *date_words._gather("just_now")])),
    st.sampled_from(["жылғы", "г.", "de", "в", "школа", "18", "7", "2026", "12.05.26", "3/4/2025", "19:40"]),
    st.text(max_size=3),
)
TEXTS: Final = st.lists(st.tuples(WORD, st.sampled_from([" ", "", ", ", ": ", "-", "   "])), max_size=14).map(
    lambda pairs: "".join(f"{word}{gap}" for word, gap in pairs)
)


class Anything:
    """Stands for a look that lets every text through."""

    def may_stand_in(self, _: str) -> bool:
        return True

    def search(self, _: str) -> bool:
        return True


@given(TEXTS)
def test_the_same_date_is_read_without_the_look(text: str) -> None:
    quick = dates._grammar(text, TODAY)
    everything = Anything()
    with (
        patch.object(dates, "MONTHS", everything),
        patch.object(dates, "RELATIVES", everything),
        patch.object(dates, "_NUMBERED", everything),
        patch.object(dates, "_LEADING_WINDOW", 10_000),
    ):
        assert quick == dates._grammar(text, TODAY)
