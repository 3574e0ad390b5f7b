"""What was published last, so that a feed in which nothing changed is not even written to be compared.

A note a file, in `.published.json` in the folder of the feeds: the SHA-256 of all that the file was made of,
its size and its time. Whoever touches a file, or the program, has it written anew; so does losing the notes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from feeds.model import Channel, Entry
from pipelines.text.topics import fingerprint

NAME = ".published.json"
_HERE = Path(__file__).parent


class Ledger:
    """The notes of one folder."""

    def __init__(self, out: Path) -> None:
        """Read the notes; without any, or with spoilt ones, nothing counts as published."""
        self._out = out
        self._old: dict[str, list[object]] = {}
        self._new: dict[str, list[object]] = {}
        try:
            held = json.loads((out / NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(held, dict):
            self._old = {name: note for name, note in held.items() if isinstance(note, list)}

    def stands(self, path: Path, mark: str) -> bool:
        """Tell whether a file is as it was published, of the same that it would be made of now."""
        name = str(path.relative_to(self._out))
        if self._old.get(name) != [mark, *_state(path)]:
            return False
        self._new[name] = self._old[name]
        return True

    def note(self, path: Path, mark: str) -> None:
        """Note a file that was published, or found to be what it would be."""
        self._new[str(path.relative_to(self._out))] = [mark, *_state(path)]

    def data(self) -> bytes:
        """Give the notes of this publication, for the file of the notes."""
        return (json.dumps(dict(sorted(self._new.items())), indent=0) + "\n").encode()


def mark_of(form: str, channel: Channel, entries: Iterable[Entry]) -> str:
    """Give what tells the makings of a document from others: format, channel, every entry, the program."""
    digest = hashlib.sha256(f"{_program()} {form} {channel!r}".encode("utf-8", "surrogatepass"))
    for entry in entries:
        digest.update(repr(entry).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1)
    return (found.st_size, found.st_mtime_ns)


@cache
def _program() -> str:
    files = sorted(path for path in _HERE.iterdir() if path.suffix in (".py", ".toml", ".rng"))
    own = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"{own} {fingerprint()} {version('feedgen')} {version('lxml')} {version('nh3')}"
