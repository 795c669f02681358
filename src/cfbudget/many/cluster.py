"""Tasks done by the workers of a Dask cluster: the same work, in the same order, elsewhere."""

import gc
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, NamedTuple

from cfbudget.many.local_pool import Became, Task
from cfbudget.many.scheduler import (
    ANSWERED,
    NoCluster,
    Versions,
    differing,
    own_versions,
    reached,
    refuse_others,
)

if TYPE_CHECKING:
    from distributed import Client, Future

LOOKED = 0.05
"""Seconds between two looks for what has ended."""
WATCHED = 2.0
"""Seconds in which nothing ends, until it is asked whether the cluster still stands."""
MISSED = 30.0
"""Seconds for which a worker is waited for, where none is left; a new one starts in a few."""
LEFT = 30.0
"""Seconds that what is being done is given to end, when it is no longer wanted."""
AT_A_TIME = 2_000
"""Tasks in one message to the scheduler."""


class Lost(NamedTuple):
    """What became of a task that ended every worker that did it, though they did nothing else."""

    workers: int


class _Done(NamedTuple):
    """What a task became, as a worker hands it over: by this it is told from an error."""

    became: Any


def cluster_outcomes(
    tasks: Sequence[Task], work: Callable[[Task], Became], scheduler: str
) -> Generator[Became | Lost]:
    """What becomes of each task, in the order of the tasks, whatever ends first.

    A task whose worker dies is done by another. Dask gives a task up after some deaths, and holds
    a worker's death against all that it was given; so what was given up is done again, each task
    when no other is left, and is lost only if workers die of it then.

    Args:
        work: a function that the workers can import.
        scheduler: its address, such as tcp://host:8786.

    Raises:
        Whatever the work raises.
        NoCluster: the scheduler, or its workers, are not there, are no longer, or are others.
    """
    with reached(scheduler) as client:
        given = _Given(client, scheduler, work)
        ready: dict[int, Became | Lost] = {}
        turn = 0
        try:
            for number, became in given.all_done(tasks):
                ready[number] = became
                while turn in ready:
                    yield ready.pop(turn)
                    turn += 1
        finally:
            given.stop()


class _Given:
    """The tasks of one command on a cluster."""

    def __init__(self, client: "Client", scheduler: str, work: Callable[[Any], Any]) -> None:
        self.client, self.scheduler, self.work = client, scheduler, work
        self.name = f"cfbudget-{os.urandom(8).hex()}"
        self.versions = own_versions()
        self.count = 0
        self.waiting: dict[Future[Any], int] = {}
        self.heard = self.seen = monotonic()

    def all_done(self, tasks: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """What becomes of the tasks by their number, as they end."""
        suspects = []
        for number, became in self._done(dict(enumerate(tasks))):
            if isinstance(became, Lost):
                suspects.append(number)
            else:
                yield number, became
        for number in suspects:
            yield from self._done({number: tasks[number]})

    def _done(self, tasks: Mapping[int, Any]) -> Iterator[tuple[int, Any]]:
        from distributed import as_completed

        self._give(tasks)
        ended = as_completed(
            self.waiting, loop=self.client.loop, with_results=True, raise_errors=False
        )
        self.heard = self.seen = monotonic()
        while self.waiting:
            batch = ended.next_batch(block=False)
            for future, result in batch:
                number = self.waiting.pop(future)
                # Were it kept, its result would be made again when the worker that has it dies.
                future.release()
                yield number, self._became(result)
            if batch:
                self.heard = self.seen = monotonic()
            else:
                sleep(LOOKED)
                self._watch()

    def _give(self, tasks: Mapping[int, Any]) -> None:
        """Have tasks done, each by a name of its own."""
        names = [f"{self.name}-{self.count + number}" for number in range(len(tasks))]
        self.count += len(tasks)
        given = self.client.map(
            done_there,
            list(tasks.values()),
            key=names,
            pure=False,
            batch_size=AT_A_TIME,
            work=self.work,
            versions=self.versions,
        )
        self.waiting = dict(zip(given, tasks, strict=True))

    def _became(self, result: object) -> object:
        from distributed import KilledWorker

        if isinstance(result, _Done):
            return result.became
        if not isinstance(result, tuple):
            raise self._gone()
        error = result[1]
        if isinstance(error, KilledWorker):
            return Lost(error.allowed_failures + 1)
        if isinstance(error, ImportError):
            raise NoCluster(f"a worker cannot do the work: {error}", "start workers that can")
        raise error

    def _watch(self) -> None:
        """Where nothing ends, see whether the cluster still stands."""
        now = monotonic()
        if now - self.heard < WATCHED:
            return
        self.heard = now
        scheduler = self.client.scheduler
        if scheduler is None:  # it was closed
            raise self._gone()
        try:
            workers = self.client.sync(scheduler.ncores, callback_timeout=ANSWERED)
        except Exception:
            raise self._gone() from None
        if workers:
            self.seen = now
        elif now - self.seen > MISSED:
            left = f"{len(self.waiting):,} of its plans are not done"
            hint = f"dask worker {self.scheduler} starts one; the logs of others say why they ended"
            raise NoCluster(f"no worker is at {self.scheduler}: {left}", hint)

    def _gone(self) -> NoCluster:
        hint = "see its log, start it again, and give the command again"
        return NoCluster(f"the scheduler at {self.scheduler} no longer answers", hint)

    def stop(self) -> None:
        """Take back what has not begun, and wait for what is being done: it may be writing."""
        if not self.waiting:
            return
        with suppress(Exception):  # the cluster may be gone
            self.client.cancel(list(self.waiting))
            until, still = monotonic() + LEFT, 0
            while still < 2 and monotonic() < until:  # one may begin while the word goes round
                sleep(LOOKED * 2)
                busy = self.client.run(being_done, self.name, callback_timeout=ANSWERED)
                still = 0 if any(busy.values()) else still + 1


def done_there(task: Any, work: Callable[[Any], Any], versions: Versions) -> _Done:
    """Do a task on a worker: one that came late, with other versions, does none.

    Raises:
        Whatever the work raises.
        NoCluster: the versions are others.
    """
    from distributed import get_worker

    if what := differing(versions, own_versions()):
        refuse_others([(f"the worker {get_worker().address}", what)], versions)
    # A worker has so much in memory that looking through it took a fifth of a plan's time.
    gc.disable()
    try:
        return _Done(work(task))
    finally:
        gc.enable()


def being_done(name: str, dask_worker: Any) -> bool:
    """Whether a worker is doing a task whose name begins so."""
    return any(str(task.key).startswith(name) for task in dask_worker.state.executing)
