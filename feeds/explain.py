"""An article with each link of its chain, each quote and its photo credit marked, and why each was read."""

from __future__ import annotations

from items import Attribution, Stored
from pipelines.attribute import attributed_text

_OPEN, _CLOSE = "⟦", "⟧"


def explain(stored: Stored) -> str:
    """Give the explanation of a stored article as plain text.

    The text stands as it was read; evidence is marked ⟦1: …⟧ and quotes ⟦“1: …⟧, by the numbers of the lists
    below it.
    """
    article = stored.article
    text = attributed_text(article)
    attribution = article.attribution
    if attribution is None:
        return f"{article.canonical_url}\n\n{text}\n\nNothing was read from it.\n"
    return "\n".join(
        [
            article.canonical_url,
            f"{stored.outlet.title}, {article.lang}, revision {stored.revision}",
            "",
            _marked(text, attribution),
            "",
            *_chain(attribution),
            *_quotes(attribution),
            f"photo: {attribution.photo or 'no credit'}",
            "",
        ]
    )


def _marked(text: str, attribution: Attribution) -> str:
    """The text with its marks; a place that two claim is marked for both."""
    marks: list[tuple[int, int, str]] = []
    for number, credit in enumerate(attribution.chain, 1):
        if credit.end > credit.start:
            marks += [(credit.start, 1, f"{_OPEN}{number}: "), (credit.end, 0, _CLOSE)]
    for number, quote in enumerate(attribution.quotes, 1):
        marks += [(quote.start, 1, f"{_OPEN}“{number}: "), (quote.end, 0, _CLOSE)]
    parts, at = [], 0
    for offset, _, mark in sorted(marks):
        parts += [text[at:offset], mark]
        at = offset
    return "".join([*parts, text[at:]])


def _chain(attribution: Attribution) -> list[str]:
    lines = ["chain, nearest the reader first:"]
    for number, credit in enumerate(attribution.chain, 1):
        why = f"rule {credit.rule}, confidence {credit.confidence:.2f}"
        lines.append(f"  {number}. {credit.role}: {credit.name}  [{credit.source}]  {why}")
        if credit.url:
            lines.append(f"     linked: {credit.url}")
        if not credit.evidence:
            lines.append("     no source is named, so its publisher stands for it")
    lines += [f"  also: {credit.name}  [{credit.source}]  rule {credit.rule}" for credit in attribution.also]
    return lines


def _quotes(attribution: Attribution) -> list[str]:
    lines = ["quotes:"] if attribution.quotes else ["no quotes"]
    for number, quote in enumerate(attribution.quotes, 1):
        person = f" = {quote.person}" if quote.person else ""
        lines.append(
            f"  “{number}. {quote.speaker or 'nobody named'}{person}  (verb: {quote.verb or 'none'})"
        )
    return lines
