"""What a crawl holds in memory now, so that one that outgrows its bound ends cleanly."""

from __future__ import annotations

import resource
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_PAGES_HELD = Path("/proc/self/statm")  # proc(5): all, resident, shared … pages


def held() -> int:
    """The bytes of this process that are in memory now; 0 where the system does not tell.

    Scrapy goes by `ru_maxrss`, the most there ever was (getrusage(2)). On Linux that begins with what the
    process that started the crawl once held, so that a large parent would end every crawl at its first check.
    """
    try:
        return int(_PAGES_HELD.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return 0


class MemoryHeld(MemoryUsage):
    """Scrapy's extension, by what is held rather than by the peak."""

    def get_virtual_size(self) -> int:
        """The bytes held now; the peak where the system tells nothing else (macOS)."""
        return held() or super().get_virtual_size()
