"""The outlet a text stands on, and what names it."""

from __future__ import annotations

from dataclasses import dataclass

_OUTLET_WORDS = frozenset({"news", "agency", "online", "tv", "radio", "media"})  # "Pajhwok Afghan News"


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet the text stands on: its host as given, and its identity."""

    host: str
    key: str
    official: bool = False  # an institution's own site: who speaks there takes part in its news

    def names_itself(self, key: str) -> bool:
        """Whether an identity is this outlet's own, be it by the domain above its host."""
        if not self.host:
            return False
        host = self.host.lower()
        labels = host.replace("-", "").split(".")[:-1]
        if key == self.key or host.endswith(f".{key}") or key.replace("-", "") in labels:
            return True
        if any(f"{key}{word}" in labels for word in _OUTLET_WORDS):
            return True  # Upstream on upstreamonline.com
        first, _, last = key.partition("-")
        return first in labels and last.rpartition("-")[2] in _OUTLET_WORDS
