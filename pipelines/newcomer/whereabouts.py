"""The country and zone that a host's top-level domain suggests. Pure, but for the tables it reads."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

UNKNOWN = "ZZ"  # ISO 3166-1 leaves it to its users; the Unicode CLDR has it for "unknown"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A country (ISO 3166-1 alpha-2) and its IANA zone; UNKNOWN and UTC where the domain tells none."""

    country: str
    zone: str


def whereabouts(host: str) -> Whereabouts:
    """Guess by the last label of a host."""
    table = _data()
    label = host.partition(":")[0].rpartition(".")[2].lower()
    country = table["codes"].get(label, label.upper())
    zone = table["zones"].get(country) or _first_zones().get(country)
    return Whereabouts(country, zone) if zone else Whereabouts(UNKNOWN, "UTC")


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("whereabouts.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _first_zones() -> dict[str, str]:
    """The first zone of each country in the IANA database's zone.tab: the most peopled, as a rule."""
    found: dict[str, str] = {}
    for line in (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, zone)
    return found
