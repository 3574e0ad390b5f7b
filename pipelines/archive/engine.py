"""Dask: a cluster of this machine's cores, or one that is there already, and the tasks handed out on it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata as installed
from itertools import islice
from pathlib import Path
from typing import Any, Final

RETRIES: Final = 2  # a lost connection or a full queue is often past in a moment
_QUIET: Final = {"distributed.worker.profile.enabled": False}  # it looks a hundred times a second
_HOME: Final = Path(__file__).parents[2]
_ROOMS: Final = ("items.py", "settings.py", "spiders", "pipelines", "data/sources")
_RULES: Final = frozenset((".py", ".toml", ".sql", ".pem"))
_AHEAD: Final = 4  # tasks a core that wait at the scheduler: the rest wait here


class MissingCluster(RuntimeError):  # noqa: N818 - names the fact, not the accident
    """Dask is not installed; the message says what to do."""


class NoScheduler(OSError):  # noqa: N818 - likewise
    """No scheduler answers at the address that was given."""


class Stranger(RuntimeError):  # noqa: N818 - what the worker is
    """A worker runs another version of the program; the message says which."""


@dataclass(frozen=True, slots=True)
class Job:
    """One task: its name, and what a worker calls. A name is given once in a job."""

    name: str
    call: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A task that came back: with its result, or with why it has none."""

    name: str
    result: Any = None
    error: BaseException | None = None


@cache
def version() -> str:
    """Give the version of the program and its rules: what it writes depends on every one of them."""
    found = hashlib.sha256()
    for path in sorted(path for room in _ROOMS for path in _files(_HOME / room)):
        found.update(f"{path.relative_to(_HOME).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return f"{installed.version('jarshy')}+{found.hexdigest()[:12]}"


def _files(room: Path) -> Iterator[Path]:
    if room.is_file():
        yield room
    else:
        yield from (path for path in room.rglob("*") if path.suffix in _RULES)


def checked(expected: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """Call what a worker is to call, if it runs the version that the job was begun with.

    Raises:
        Stranger: it does not.
    """
    if version() != expected:
        raise Stranger(f"a worker runs jarshy {version()}, the job was begun by {expected}")
    return call(*arguments)


class Engine:
    """Workers that tasks are handed to."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def cores(self) -> int:
        """How many tasks are worked on at once, as things stand."""
        return sum(self._client.nthreads().values())

    def each(self, jobs: Iterable[Job], *, retries: int = RETRIES) -> Iterator[Done]:
        """Do tasks; gives each as it comes back. One whose worker died is done again, by whichever is there.

        A task that raises, or takes worker after worker with it, comes back with its error; the others go on.
        """
        distributed: Any = _dask()

        remaining = iter(jobs)
        names: dict[str, str] = {}

        def sent(count: int) -> list[Any]:
            futures = []
            for job in islice(remaining, count):
                key = f"jarshy-{job.name}-{os.urandom(4).hex()}"  # never an earlier job's result
                names[key] = job.name
                what = (version(), job.call, *job.arguments)
                futures.append(self._client.submit(checked, *what, key=key, pure=False, retries=retries))
            return futures

        coming = distributed.as_completed(sent(max(1, self.cores) * _AHEAD), loop=self._client.loop)
        for future in coming:
            name = names.pop(future.key)
            if future.status == "finished":
                done = Done(name, result=future.result())
            else:
                done = Done(name, error=_reason(future))
            future.release()
            yield done
            for further in sent(1):
                coming.add(further)


def _dask() -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingCluster(
            "this needs Dask, which is not installed: pip install 'jarshy[cluster]'"
        ) from None
    return distributed


def _reason(future: Any) -> BaseException:
    found = future.exception() if future.status == "error" else None
    return found if isinstance(found, BaseException) else RuntimeError(f"the task was {future.status}")


@contextmanager
def started(scheduler: str | None, workers: int | None) -> Iterator[Engine]:
    """Give an engine: of the scheduler at an address, else of processes of this machine.

    Args:
        scheduler: "tcp://host:8786", or "tls://…" as Dask's own configuration describes it; None: none.
        workers: how many processes, without a scheduler; None: one a core.

    Raises:
        MissingCluster: Dask is not installed.
        NoScheduler: as it says.
    """
    distributed: Any = _dask()
    with ExitStack() as held:
        if scheduler is None:
            from dask import config

            held.enter_context(config.set(_QUIET))
            folder = held.enter_context(tempfile.TemporaryDirectory(prefix="jarshy-"))
            address: Any = held.enter_context(
                distributed.LocalCluster(
                    n_workers=workers or cores(),
                    threads_per_worker=1,  # reading a page is work of the interpreter: threads would queue
                    host="127.0.0.1",
                    dashboard_address=None,  # an open port to the inside of a job
                    local_directory=folder,
                    silence_logs=40,  # logging.ERROR
                )
            )
        else:
            address = scheduler
        try:
            client = distributed.Client(address, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoScheduler(f"no scheduler answers at {scheduler}: {error}") from error
        held.enter_context(client)
        yield Engine(client)


def cores() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
