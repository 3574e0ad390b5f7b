"""Where the news of a text begins: past a headline, a byline, a dateline of its own."""

from __future__ import annotations

from itertools import zip_longest

from pipelines.attribution.prepared import Prepared, Sentence

_LONGEST_DATELINE = 8  # words
_SHORTEST_NEWS = 8  # tokens; a shorter first line is a headline or a byline


def opening(text: Prepared, nested: bool) -> Sentence | None:
    """The sentence in which the news begins, past a headline, a byline, a dateline of its own."""
    sentences = text.sentences
    for sentence, after in zip_longest(sentences[:6], sentences[1:7]):
        if sentence is None:
            break
        closed = text.folded[: sentence.end].endswith((".", "!", "?", "…", '"', ":"))
        goes_on = nested and after is not None and after.paragraph == sentence.paragraph
        shortest = _SHORTEST_NEWS // 2 if goes_on else _SHORTEST_NEWS
        if closed and len(sentence.tokens) >= shortest and not _dateline(sentence):
            return sentence
    return sentences[0] if sentences else None


def _dateline(sentence: Sentence) -> bool:
    """Whether a sentence holds place, date and wire alone: "ТОМСК, 12 мая – РИА Томск."."""
    words = [token for token in sentence.tokens if token.kind == "word"]
    small = sum(not token.upper for token in words)
    dated = any(token.kind == "number" for token in sentence.tokens)
    return dated and small <= 1 and len(words) <= _LONGEST_DATELINE
