"""The attribution sentence, for people: who reported first, who passed it on, who took the picture."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from feeds.plain import one_line, shortened
from items import Attribution, Credit, OutletFacts

# How a source is called in a language: by a function of its credit, or by identity and language.
Display = Callable[[Credit, str], str | None] | Mapping[str, Mapping[str, str]]

FALLBACK = "en"
MAX_NAME = 200  # characters; a longer name is a misread sentence
_DATA = Path(__file__).with_name("sentences.toml")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def phrases(lang: str) -> Mapping[str, str]:
    """Give the formulas for `lang` (BCP 47; its primary subtag counts), or the English ones."""
    tables = _tables()
    return tables.get(primary(lang), tables[FALLBACK])


def spoken(lang: str) -> str:
    """Give the language that `phrases` answers `lang` in: its own where there are formulas, else English.

    Kazakh in Arabic letters is answered in Cyrillic ones: the script of a tag is not kept.
    """
    own, *more = lang.replace("_", "-").split("-")
    if primary(own) not in _tables():
        return FALLBACK
    return own if more and len(more[0]) == 4 else lang


def primary(lang: str) -> str:
    """Give the primary language subtag of a BCP 47 tag, in lower case (RFC 5646, section 2.1)."""
    return lang.replace("_", "-").partition("-")[0].strip().lower()


def name_of(credit: Credit, lang: str, display: Display | None = None) -> str:
    """Give the name to print for `credit`: the display name in `lang` where one is known, else as written."""
    known: str | None = None
    if callable(display):
        known = display(credit, primary(lang))
    elif display is not None:
        known = display.get(credit.source, {}).get(primary(lang))
    return shortened(one_line(known or credit.name), MAX_NAME)


def sentence(
    lang: str,
    attribution: Attribution | None,
    outlet: OutletFacts,
    *,
    contested: Sequence[str] = (),
    photos: Sequence[str] = (),
    display: Display | None = None,
) -> str:
    """Say in `lang` whose news this is, as one line of plain text.

    Args:
        lang: BCP 47; a language without formulas gets the English ones.
        attribution: what was read from the article; None, or an empty chain, makes the outlet the origin.
        outlet: who published the page that was read. It is named as a relay when it is not the origin,
            whether or not the text names it: the page is the evidence.
        contested: whom other outlets name as the origin of the same news, where that is somebody else.
        photos: further photo credits, as written, beside the attribution's own.
        display: names of sources in the nominative, where known.
    """
    formulas = phrases(lang)
    chain = attribution.chain if attribution else ()
    origins = [credit for credit in chain if credit.role == "origin" and one_line(credit.name)]
    channels = [name_of(credit, lang, display) for credit in chain if credit.role == "via"]
    relays = [credit for credit in chain if credit.role == "relay"]
    own_name = outlet.hosts[0].removeprefix("www.")
    parts: list[str] = []
    if origins:
        origin = name_of(origins[-1], lang, display)
        passed_on = _distinct(name_of(credit, lang, display) for credit in relays)
        if not any(is_outlet(credit, outlet) for credit in chain):
            passed_on = _distinct([own_name, *passed_on])
        if channels:
            origin = formulas["via"].format(name=origin, via=", ".join(_distinct(channels)))
        parts.append(formulas["first" if passed_on else "alone"].format(names=origin))
        if passed_on:
            parts.append(formulas["relayed"].format(names=", ".join(passed_on)))
    else:
        parts.append(formulas["alone"].format(names=own_name))
    if attribution and attribution.also:
        named = _distinct(name_of(credit, lang, display) for credit in attribution.also)
        parts.append(formulas["also"].format(names=", ".join(named)))
    if disputed := _distinct(contested):
        parts.append(formulas["contested"].format(names=", ".join(disputed)))
    taken = _distinct([(attribution.photo if attribution else None) or "", *photos])
    if taken:
        parts.append(formulas["photo"].format(names=", ".join(taken)))
    return " ".join(_ended(part) for part in parts)


def revision_line(
    lang: str, revised: datetime, zone: str, *, changed: Sequence[str] = (), before: str | None = None
) -> str:
    """Say in `lang` when the outlet revised the article, and what.

    Args:
        lang: as for `sentence`.
        revised: aware.
        zone: the time is given in it (an IANA name).
        changed: what the revision changed, in the store's words: "headline", "lead", "body" …
        before: the headline until then, where that was another.

    Raises:
        KeyError: there is no such zone.
    """
    formulas = phrases(lang)
    when = revised.astimezone(ZoneInfo(zone)).strftime(formulas["when"])
    # The lead is text to a reader: both name it once.
    what = _distinct(formulas[f"changed_{field}"] for field in changed if f"changed_{field}" in formulas)
    line = (
        formulas["revised_what"].format(when=when, what=", ".join(what))
        if what
        else formulas["revised"].format(when=when)
    )
    earlier = shortened(one_line(before or ""), MAX_NAME)
    return f"{line} {formulas['before'].format(headline=earlier)}" if earlier else line


def is_outlet(credit: Credit, outlet: OutletFacts) -> bool:
    """Tell whether a credit names the outlet itself, by its identity or one of its hosts."""
    hosts = {host.removeprefix("www.").casefold() for host in outlet.hosts}
    return (bool(outlet.source) and credit.source == outlet.source) or credit.name.casefold() in hosts


def _distinct(names: Iterable[str]) -> list[str]:
    """Give the names that are not empty, each once, in order."""
    cleaned = (shortened(one_line(name), MAX_NAME) for name in names)
    return list(dict.fromkeys(name for name in cleaned if name))


def _ended(part: str) -> str:
    return part if part.endswith((".", "!", "?", "…")) else part + "."
