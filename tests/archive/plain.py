"""The tasks of an archive without Dask, one after the other in this process: what an engine must come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.archive.engine import RETRIES, Done, Engine, Job


class Plain(Engine):
    """Does tasks as an engine would. `fail` names tasks that raise."""

    def __init__(self, *fail: str) -> None:
        super().__init__(None)
        self.fail = fail
        self.done: list[str] = []

    def each(self, jobs: Iterable[Job], *, retries: int = RETRIES) -> Iterator[Done]:  # noqa: ARG002
        for job in jobs:
            if any(job.name.startswith(name) for name in self.fail):
                yield Done(job.name, error=RuntimeError("told to fail"))
                continue
            self.done.append(job.name)
            try:
                yield Done(job.name, result=job.call(*job.arguments))
            except OSError as error:
                yield Done(job.name, error=error)
