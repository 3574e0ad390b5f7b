"""How deep an outlet lies under the reader: who passed on from whom, by the place of each report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.attribution.mention import Mention
from pipelines.attribution.names import Name

_CITED = frozenset({"cite", "per", "words", "speak", "seat", "passive"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may become a link of the chain."""

    mention: Mention
    name: Name
    key: str
    rank: str  # "publisher", "outlet", "body", "person"
    weight: float
    embedded: bool = False  # another outlet reports in the same sentence that this one reported


def by_depth(candidates: Sequence[Candidate], *, nest_last_first: bool) -> list[Candidate]:
    """Outlets from the nearest to the reader to the deepest, each as often as it is credited.

    Args:
        candidates: the outlets that a text credits, in its order.
        nest_last_first: whether the language embeds what is cited before what cites it (Kazakh).
    """
    reports: dict[int, list[Candidate]] = defaultdict(list)  # by sentence; the last embeds the others
    for each in candidates:
        if each.mention.relation == "report":
            reports[each.mention.sentence.index].append(each)
    spans = {index: _span(found) for index, found in reports.items()}
    marked = []
    for each in candidates:
        here = reports.get(each.mention.sentence.index, [])
        inner = each.mention.relation == "cite" and _within(each, spans.get(each.mention.sentence.index))
        marked.append(replace(each, embedded=inner or _embedded(each, here[-1] if here else None)))
    return sorted(marked, key=lambda each: _depth(each, nest_last_first=nest_last_first))


def _span(reports: Sequence[Candidate]) -> tuple[int, int] | None:
    """From the first report of a sentence to the one that embeds it; None where none does."""
    if len(reports) < 2 or any(each.mention.framed for each in reports):
        return None
    starts = [min(each.mention.at, each.name.start) for each in reports]
    return min(starts), max(starts)


def _within(each: Candidate, span: tuple[int, int] | None) -> bool:
    """Whether a name is cited by a report that another embeds: "A reports, citing B, writes C"."""
    return span is not None and span[0] < each.name.start < span[1]


def _embedded(each: Candidate, outermost: Candidate | None) -> bool:
    """Whether another outlet's report in the same sentence holds this one."""
    if each.mention.framed:
        return True
    if outermost is None or each.mention.relation == "cite":
        return False
    return outermost.mention.at > each.mention.at and outermost.key != each.key


def _depth(each: Candidate, *, nest_last_first: bool) -> tuple[int, int, int]:
    """How far from the reader: the publisher, those that pass on, those passed on from."""
    if each.rank == "publisher":
        return (0, 0, 0)
    cited = each.mention.relation in _CITED
    embeds = nest_last_first if cited else True
    within = -each.mention.at if embeds else each.mention.at
    if cited:
        inner = each.embedded and each.mention.relation == "cite"
        return (4 if inner else 2, each.mention.sentence.index, within)
    return (3 if each.embedded else 1, each.mention.sentence.index, within)
