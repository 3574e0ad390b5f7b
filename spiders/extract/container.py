"""Where the body of an article stands: by the prose of the survey, or by a text that is known of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from spiders.extract.dom import BLOCKS, letters_in, squash, text_nodes, words_of
from spiders.extract.survey import Survey
from spiders.extract.tables import words

MIN_TEXT: Final = 25
"""Letters of a text node that says where the article is."""

MIN_BODY: Final = 140
"""Letters: less is a caption or a notice, and worth a second opinion."""

_WITH_HEADING: Final = 0.6  # of the prose: enough for the part that holds the headline as well
_SEMANTIC: Final = frozenset(words("labels", "places", "article"))
_INSIDE: Final = frozenset({"p", "blockquote", "pre", "ul", "ol", "li"})
_WHOLE: Final = frozenset({"article", "main"})
_ABOUT: Final = frozenset(words("labels", "places", "author")) | {"about", "bio", "biography", "profile"}
_PARTS: Final = frozenset({"section", "div"})
_MORE: Final = 200  # letters of prose in a part that goes on with the article
_LINKS: Final = 0.3  # of its text: a part with more is about other articles


def container(survey: Survey, weights: Sequence[float], *, share: float) -> int:
    """The smallest element that holds nearly all of the page's prose; -1 where there is none."""
    if not weights or not weights[0]:
        return -1
    inner: dict[int, list[int]] = {}
    for number in range(1, len(weights)):
        if weights[number]:
            inner.setdefault(survey.above[number], []).append(number)
    here = 0
    while True:
        child = max(inner.get(here, ()), key=lambda number: weights[number], default=-1)
        if child < 0:
            return here
        heard = survey.holds_heading(child) and weights[child] >= _WITH_HEADING * weights[here]
        if weights[child] < share * weights[here] and not heard:
            return here
        if survey.elements[child].tag in _INSIDE:
            return here
        here = child


def continued(survey: Survey, number: int, weights: Sequence[float]) -> Iterator[HtmlElement]:
    """The parts that follow a container within its `article` and go on with the text, as "Conclusion" does.

    Args:
        survey: The measures of the page.
        number: The container.
        weights: The prose of every element.
    """
    element = survey.elements[number]
    if not any(
        above.tag in _WHOLE and survey.holds_heading(survey.number[above]) for above in _near(element)
    ):
        return
    for part in element.itersiblings():
        at = survey.number.get(part, -1)
        if (
            part.tag in _PARTS
            and not survey.foreign[at]
            and not words_of(part) & _ABOUT
            and weights[at] >= _MORE
            and survey.linked[at] <= _LINKS * survey.length[at]
        ):
            yield part


def _near(element: HtmlElement) -> Iterator[HtmlElement]:
    return itertools.islice(element.iterancestors(), 2)


def holding(root: HtmlElement, wanted: str) -> HtmlElement | None:
    """The smallest element that holds nearly all of the wanted text; None where the page has none of it."""
    weights: dict[HtmlElement, int] = {}
    total, used = 0, set[str]()
    for holder, text in text_nodes(root, least=MIN_TEXT):
        letters = squash(text)
        if len(letters) < MIN_TEXT or letters in used or not is_seen(letters, wanted):
            continue
        used.add(letters)  # a text that stands twice (for desktops and telephones) counts where it is first
        total += len(letters)
        above: HtmlElement | None = holder
        while above is not None:
            weights[above] = weights.get(above, 0) + len(letters)
            above = above.getparent()
    if not total or total < min(MIN_BODY, len(wanted)) // 2:
        return None
    return widened(_descend(root, weights, total))


def _descend(root: HtmlElement, weights: dict[HtmlElement, int], total: int) -> HtmlElement:
    element = root
    while True:
        inner = next((child for child in element if weights.get(child, 0) >= 0.88 * total), None)
        if (
            inner is None
            or inner.tag in {"p", "blockquote", "pre", "ul", "ol", "span"}
            or inner.tag not in BLOCKS
        ):
            return element
        element = inner


def widened(element: HtmlElement) -> HtmlElement:
    """The element that is named as the article's text, where it stands just above and holds little else."""
    letters = letters_in(element)
    above = element
    for _ in range(3):
        parent = above.getparent()
        if parent is None or parent.tag in {"body", "html"}:
            break
        above = parent
        named = "articleBody" in above.get("itemprop", "") or (
            above.tag == "div"
            and words_of(above) & _SEMANTIC
            and {"article", "post", "news"} & words_of(above)
        )
        if named and letters_in(above) <= 1.4 * letters + 200:
            return above
    return element


def is_seen(letters: str, seen: str) -> bool:
    """Whether a text was seen; of a long one its two ends, as its middle may have been cleaned."""
    if not letters:
        return False
    if len(letters) <= 160:
        return letters in seen
    return letters[:60] in seen and letters[-60:] in seen
