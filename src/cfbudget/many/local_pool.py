"""Tasks done on this machine, in as many processes as it has processors for."""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

Task = TypeVar("Task")
Became = TypeVar("Became")

FEW = 4
"""So many plans are done before another process has started."""
CHUNK = 8
"""The most tasks that a process is given at a time, so that none waits for another's last ones."""


def outcomes(
    tasks: Sequence[Task], work: Callable[[Task], Became], processes: int | None = None
) -> Iterator[Became]:
    """What becomes of each task, in the order of the tasks, whatever ends first.

    Args:
        work: a function that other processes can import.
        processes: how many; None for as many as there are processors to be had, but no more than
            the tasks are worth.

    Raises:
        Whatever the work raises, as its task's turn comes.
        BrokenExecutor: a process has been ended from outside.
    """
    count = processes or min(processors(), len(tasks) // FEW)
    if count <= 1:
        yield from _one_after_the_other(tasks, work)
        return
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and for many plans alone
    from multiprocessing import get_context

    chunk = max(1, min(CHUNK, len(tasks) // (count * 4)))
    with ProcessPoolExecutor(count, get_context(_start_method()), _begin) as pool:
        try:
            yield from pool.map(partial(_and_cleared, work), tasks, chunksize=chunk)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _one_after_the_other(tasks: Sequence[Task], work: Callable[[Task], Became]) -> Iterator[Became]:
    for task in tasks:
        yield _and_cleared(work, task)


def _and_cleared(work: Callable[[Task], Became], task: Task) -> Became:
    """Do a task, and free what it leaves behind: looking for that in between takes a fifteenth."""
    try:
        return work(task)
    finally:
        gc.collect()


def _start_method() -> str:
    """A copy of this process has all modules already; only Linux makes one safely."""
    import sys

    return "fork" if sys.platform == "linux" else "spawn"


def _begin() -> None:
    """In a new process: Ctrl+C is for the command, which ends it; what is there stays."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    gc.disable()
    gc.freeze()
