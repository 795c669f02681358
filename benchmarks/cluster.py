"""What a plan costs on one machine and on a cluster: python -m benchmarks.cluster FOLDER

FOLDER holds plans: python -m benchmarks.made FOLDER 500 2 yaml --plans 400 --services 20. They are
consolidated to Parquet by this machine, and by a scheduler and two workers on it. The seconds are
the processors': of the command, the scheduler and the workers, and what the last two take while
they wait is told apart.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import environ
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import NamedTuple

import psutil

from benchmarks.programs import CFBUDGET, PYTHON

ADDRESS = "tcp://127.0.0.1:8799"
QUIET = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false"}
STARTED = 10.0
"""Seconds in which all have started, and then are watched while they wait."""


class Took(NamedTuple):
    """Processor seconds, and seconds of the clock."""

    command: float
    scheduler: float
    workers: float
    wall: float


class Cluster(NamedTuple):
    scheduler: psutil.Process
    workers: tuple[psutil.Process, ...]

    def took(self) -> Took:
        """What all of them took so far."""
        command = resource.getrusage(resource.RUSAGE_CHILDREN)
        return Took(
            command.ru_utime + command.ru_stime,
            _seconds([self.scheduler]),
            _seconds(self.workers),
            monotonic(),
        )


@contextmanager
def cluster() -> Iterator[Cluster]:
    host = ("--host", "127.0.0.1", "--port", "8799")
    each = ("--nthreads", "1", "--no-dashboard")
    commands = [
        ("distributed.cli.dask_scheduler", *host, "--no-dashboard"),
        *[("distributed.cli.dask_worker", ADDRESS, *each)] * 2,
    ]
    begun = [
        subprocess.Popen(
            [PYTHON, "-m", *command], env={**environ, **QUIET}, stderr=subprocess.DEVNULL
        )
        for command in commands
    ]
    try:
        sleep(STARTED)
        first, *others = (psutil.Process(one.pid) for one in begun)
        yield Cluster(first, tuple(others))
    finally:
        for one in begun:
            one.terminate()


def _seconds(processes: Sequence[psutil.Process]) -> float:
    """What they took, with the processes that they started."""
    all_of_them = [part for one in processes for part in (one, *one.children(recursive=True))]
    return float(sum(sum(one.cpu_times()[:2]) for one in all_of_them))


def since(before: Took, now: Took) -> Took:
    return Took(*(b - a for a, b in zip(before, now, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    plans = sum(1 for one in folder.iterdir() if one.is_dir())
    with TemporaryDirectory() as home, cluster() as there:
        stored = Path(home, "all.parquet")
        command = (CFBUDGET, "consolidate", str(folder), "-o", str(stored))
        begun = there.took()
        sleep(STARTED)
        waiting = since(begun, there.took())
        print("ms a plan     command  scheduler  workers")
        for name, more in (("here", ()), ("on the cluster", ("--scheduler", ADDRESS))):
            rmtree(stored, ignore_errors=True)
            before = there.took()
            subprocess.run([*command, *more], check=True, capture_output=True)
            took = since(before, there.took())
            idle = took.wall / waiting.wall
            print(
                f"{name:14}{1000 * took.command / plans:7.1f}"
                f"{1000 * (took.scheduler - idle * waiting.scheduler) / plans:11.1f}"
                f"{1000 * (took.workers - idle * waiting.workers) / plans:9.1f}"
            )
        share = waiting.workers / waiting.wall / len(there.workers)
        print(f"a worker that waits takes {share:.1%} of a processor", file=sys.stderr)


if __name__ == "__main__":
    main()
