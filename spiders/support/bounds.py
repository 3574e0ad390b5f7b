"""What an outlet's file may promise of it: bounds that fail the outlet loudly when they are broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Declared in an outlet's file; what is left out is judged by the outlet's own history alone.

    articles_a_week: least and most; None: no bound. Asked once it has been crawled for a week.
    newest: the greatest age of its newest article. Asked after its first whole crawl.
    coverage: the least share of its newest articles that have a field: {"published": 0.95}.
    """

    articles_a_week: tuple[int | None, int | None] = (None, None)
    newest: timedelta | None = None
    coverage: Mapping[str, float] = field(default_factory=dict)
