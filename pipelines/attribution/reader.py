"""Reads a text's attribution: the one door to this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from items import Attribution, Credit, Link
from pipelines.attribution.chain import build
from pipelines.attribution.identity import OUTLET_KINDS, Directory, directory
from pipelines.attribution.mentions import MentionReader
from pipelines.attribution.names import Name, NameFinder
from pipelines.attribution.openings import read_openings
from pipelines.attribution.photos import find_photo
from pipelines.attribution.phrases import Phrases, load
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.publisher import Publisher
from pipelines.attribution.quotes import find_quotes, speech_spans


def attribute(
    text: str,
    *,
    lang: str,
    publisher: str,
    links: Sequence[Link] = (),
    phrases: Phrases | None = None,
    sources: Directory | None = None,
) -> Attribution:
    """Who said it first, who passed it on, who took the photo, who is quoted.

    Args:
        text: an article's text, or a part of it; paragraphs parted by line breaks, the headline first.
        lang: its language, a BCP 47 primary subtag.
        publisher: the host of the outlet it stands on ("inbusiness.kz").
        links: links of the text, whose addresses are given to the names they stand under.
        phrases: another language's knowledge instead of the packaged one.
        sources: another table of identities instead of the packaged one.

    Returns:
        The chain always ends in exactly one origin. Offsets cut out of the text in NFC without
        invisible characters.
    """
    known = phrases or load(lang)
    table = sources or directory()
    prepared = Prepared(text, known.abbreviations)
    finder = NameFinder(prepared, known, table)
    home = _publisher(publisher, table, lang)

    def key_of(name: Name) -> str:
        return name.source.key if name.source else table.key(prepared.cut(name.start, name.end), lang)

    spans = speech_spans(prepared, known)
    mentions = MentionReader(prepared, known, finder, spans).read()
    mentions += read_openings(prepared, known, finder)
    chain, also = build(mentions, prepared, home, key_of, known.style == "head-last")
    return Attribution(
        lang=lang,
        chain=tuple(_linked(credit, links) for credit in chain),
        also=tuple(_linked(credit, links) for credit in also),
        photo=find_photo(prepared, known),
        quotes=tuple(find_quotes(prepared, known, publisher)),
    )


def _publisher(host: str, table: Directory, lang: str) -> Publisher:
    owner = table.by_host(host) if host else None
    key = owner.key if owner else table.key(host, lang) if host else ""
    return Publisher(host, key, official=owner is not None and owner.kind not in OUTLET_KINDS)


def _linked(credit: Credit, links: Sequence[Link]) -> Credit:
    """The credit with the address that the page links under its name."""
    for link in links:
        if credit.name and credit.name in link.text:
            return replace(credit, url=link.url)
    return credit
