"""The analyst's door: the file read, and only read, while a crawl may go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from pipelines.store import questions, words
from pipelines.store.db import open_database
from pipelines.store.door import Door
from pipelines.store.questions import Answer, Question
from pipelines.store.words import Found


class Desk(Door):
    """An open database that nothing is written to. Not for use from several threads."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file for reading; raises as `db.open_database`."""
        return cls(open_database(path, readonly=True))

    def outlets(self) -> tuple[str, ...]:
        """Give the names of the outlets that the file knows."""
        return tuple(row[0] for row in self._db.execute("SELECT name FROM outlets ORDER BY name"))

    def search(
        self,
        wanted: str,
        *,
        lang: str | None = None,
        since: datetime | None = None,
        outlets: Sequence[str] = (),
        limit: int = 20,
    ) -> list[Found]:
        """Give articles whose newest revision holds words in any of their cases, the best first.

        Args:
            wanted: words, all of which must occur; "in quotes" beside each other, after a minus not at all.
            lang: the language the words are in, and the articles (BCP 47); None: any.
            since: published then or later (first seen, where no date was printed); aware.
            outlets: by name; none: all.
            limit: articles at most.

        Raises:
            ValueError: Nothing is left to look for.
        """
        return words.search(self._db, wanted, lang=lang, since=since, outlets=outlets, limit=limit)

    def search_behind(self) -> int:
        """Count the articles that the search index has yet to read; 0 nearly always."""
        return words.behind(self._db)

    def ask(self, question: Question, given: Mapping[str, str]) -> Answer:
        """Answer a worked question.

        Args:
            question: one of `questions.listed()`.
            given: its parameters by name, as `question.parameters` tells them; those left out have their
            default.

        Raises:
            ValueError: A parameter that the question has not, or needs and was not given.
        """
        return questions.ask(self._db, question, given)
