"""What surrounds the gold set in life: unrelated news, and passages that remind of other news.

Unrelated news of its domains is made by templates, each article an event of its own: two of one template
differ in place, people and figures alone. What comes of either shows false joins.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

_CASES: Final = Path(__file__).parents[1] / "tests" / "folding" / "cases" / "noise.toml"
_OUTLETS: Final = (
    "inform.kz",
    "zakon.kz",
    "nur.kz",
    "tengrinews.kz",
    "timesca.com",
    "azattyq.org",
    "olke.kz",
)
_LANGS: Final = ("kk", "ru", "en")
_REMINDERS: Final = {
    "kk": ("Еске салайық, ", "Бұған дейін хабарланғандай, "),
    "ru": ("Напомним, ", "Ранее сообщалось, что "),
    "en": ("As reported earlier, ", "Earlier it was reported: "),
}
_BEHIND: Final = 3  # passages of other news that stand behind an article's own text


def noise(start: datetime, end: datetime, seed: int = 7) -> Iterator[Mapping[str, Any]]:
    """Give every template at every place once, as cases between two moments, each an event of its own."""
    table = tomllib.loads(_CASES.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    for kind, told in enumerate(table["told"]):
        for place in range(len(table["places"])):
            lang = chance.randrange(len(_LANGS))
            where = table["places"][place][lang]
            facts = {
                "place": where,
                "Place": where[:1].upper() + where[1:],
                "person": chance.choice(table["people"])[lang],
                "a": chance.randint(3, 9),
                "b": chance.randint(110, 990),
                "c": chance.randint(10, 69),
            }
            title, text = (part.format(**facts) for part in told[_LANGS[lang]])
            key = f"noise-{kind}-{place}"
            yield {
                "id": key,
                "event": key,
                "family": key,
                "lang": _LANGS[lang],
                "outlet": chance.choice(_OUTLETS),
                "published": (start + chance.random() * (end - start)).isoformat(timespec="seconds"),
                "title": title,
                "text": text,
            }


def among(gold: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the articles of a set with noise between them, in order of arrival."""
    times = sorted(datetime.fromisoformat(case["published"]) for case in gold)
    made = noise(times[0] - timedelta(days=1), times[-1] + timedelta(days=1))
    return sorted([*gold, *made], key=lambda case: (datetime.fromisoformat(case["published"]), case["id"]))


def reminding(
    gold: list[Mapping[str, Any]], others: list[Mapping[str, Any]], *, marked: bool, seed: int = 3
) -> list[Mapping[str, Any]]:
    """Give a set as longer articles: other news behind each text, at its end an earlier event of its family.

    Args:
        gold: the set.
        others: articles whose texts stand behind those of the set, of the same language.
        marked: whether the earlier event, in another article's own words, is said to be one ("Напомним, …").
        seed: of the chance.
    """
    chance = random.Random(seed)
    told: list[Mapping[str, Any]] = []
    for case in gold:
        strange = [other["text"] for other in others if other["lang"] == case["lang"]]
        parts = [case["text"], *chance.sample(strange, min(_BEHIND, len(strange)))]
        at = datetime.fromisoformat(case["published"])
        before = [
            other["text"]
            for other in gold
            if other["family"] == case["family"]
            and other["event"] != case["event"]
            and other["lang"] == case["lang"]
            and datetime.fromisoformat(other["published"]) < at
        ]
        if before:
            opening = chance.choice(_REMINDERS.get(case["lang"], ("",))) if marked else ""
            parts.append(opening + ". ".join(chance.choice(before).split(". ")[:2]).rstrip(".") + ".")
        told.append({**case, "text": "\n\n".join(parts)})
    return told
