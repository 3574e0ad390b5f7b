"""What one task reads: a file, or a stretch of one that begins and ends where records do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from spiders.support import warc

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://")


@dataclass(frozen=True, slots=True, order=True)
class Slice:
    """A stretch of a file. `end` is None for the whole of one; bytes otherwise."""

    file: str  # an absolute path, or an address that fsspec opens
    start: int = 0
    end: int | None = None

    @property
    def name(self) -> str:
        """What its output is called: of the file and the place in it alone, so that it is never another's."""
        digest = hashlib.sha256(self.file.encode()).hexdigest()[:10]
        stem = re.sub(r"[^A-Za-z0-9_-]+", "_", PurePosixPath(self.file.partition("?")[0]).name.split(".")[0])
        return f"{stem[:60] or 'archive'}-{digest}-{self.start:012}"


def is_address(file: str) -> bool:
    """Tell whether a file is named by an address ("https://…", "s3://…") and not by a path."""
    return bool(_ADDRESS.match(file))


def named(files: Iterable[str]) -> list[str]:
    """Give files as tasks name them, each once, in their order: paths absolute, for workers run elsewhere."""
    found = (each if is_address(each) else str(Path(each).resolve()) for each in files)
    return list(dict.fromkeys(found))


def cut(file: str, size: int) -> list[Slice]:
    """Cut a file into stretches of about so many bytes; a remote or a small one stays whole.

    Raises:
        OSError: the file cannot be opened or read.
    """
    if is_address(file):  # to find the cuts is to read it all: twice over the network is no gain
        return [Slice(file)]
    path = Path(file)
    whole = path.stat().st_size
    if whole <= size:
        return [Slice(file)]
    return sliced(file, warc.cuts(path, size), whole)


def sliced(file: str, cuts: Sequence[int], whole: int) -> list[Slice]:
    """Give the stretches between cuts of a file of so many bytes."""
    if not cuts:
        return [Slice(file)]
    return [Slice(file, one, other) for one, other in zip((0, *cuts), (*cuts, whole), strict=True)]
