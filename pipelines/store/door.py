"""What every door to the database has: it is closed behind whoever came through."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlite_utils import Database


class Door:
    """An open database. Not for use from several threads."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def close(self) -> None:
        """Close the file. Harmless when repeated."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
