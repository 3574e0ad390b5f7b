"""What the form of a Russian word says of its part in a clause: a name, a plural, a case."""

from __future__ import annotations

from functools import lru_cache

from pipelines.attribution.morphology import readings


@lru_cache(maxsize=65536)
def given_name(word: str) -> bool:
    """Whether a dictionary lists a Russian word as somebody's given name."""
    return any(parse.is_known and "Name" in parse.tag for parse in readings(word)[:3])


@lru_cache(maxsize=65536)
def unlisted(word: str) -> bool:
    """Whether no dictionary has a Russian word, unless as a person's name: a foreigner's, most likely."""
    parses = readings(word)
    if any(mark in parse.tag for parse in parses[:3] for mark in ("Name", "Surn", "Patr")):
        return True
    return not any(parse.is_known for parse in parses)


@lru_cache(maxsize=65536)
def surname(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is somebody's family name, in the nominative."""
    parses = readings(word)
    return bool(parses) and any("Surn" in parse.tag and parse.tag.case == "nomn" for parse in parses[:2])


@lru_cache(maxsize=65536)
def directional(word: str) -> bool:
    """Whether a Russian noun stands in the accusative and cannot stand in the prepositional: "в мэрию"."""
    cases = {parse.tag.case for parse in readings(word) if parse.is_known}
    return "accs" in cases and not cases & {"loct", "loc2"}


@lru_cache(maxsize=65536)
def indirect(word: str) -> bool:
    """Whether a Russian word, known in full, has no reading in the nominative: "Овнам", "полиции"."""
    parses = readings(word)
    if not parses or not parses[0].is_known or parses[0].tag.POS != "NOUN":
        return False
    return not any(parse.tag.case == "nomn" for parse in parses)


@lru_cache(maxsize=65536)
def instrumental(word: str) -> bool:
    """Whether a Russian noun or its adjective can stand in the instrumental: by whom something was done."""
    return any(parse.tag.POS in ("NOUN", "ADJF") and parse.tag.case == "ablt" for parse in readings(word))


@lru_cache(maxsize=65536)
def upright(word: str) -> bool:
    """Whether a Russian noun or adjective can be a subject and cannot be governed: "Минфин", "Всемирный"."""
    cases = {parse.tag.case for parse in readings(word) if parse.tag.POS in ("NOUN", "ADJF")}
    return "nomn" in cases and not cases & {"gent", "loct"}


@lru_cache(maxsize=65536)
def city(word: str) -> bool:
    """Whether a dictionary lists a Russian word as a place's name, in whatever case."""
    return any(parse.is_known and "Geox" in parse.tag for parse in readings(word)[:3])


@lru_cache(maxsize=65536)
def plural(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is a noun in the plural."""
    parses = readings(word)
    return bool(parses) and parses[0].tag.number == "plur"
