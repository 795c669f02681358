"""A command as a whole process, and what it took."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """What a process took, with all that it started and waited for.

    `cpu` is the processor's time, of the user and of the system; `wall` is the clock's; both in
    seconds. `megabytes` is the most that one process held at a time.
    """

    status: int
    cpu: float
    wall: float
    megabytes: float
    output: str
    errors: str


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. Its output goes to a file: nobody waits for a reader."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env={**os.environ, **(environment or {})}
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(
            process.returncode,
            used.ru_utime + used.ru_stime,
            wall,
            used.ru_maxrss / 1000,
            output.read(),
            errors.read(),
        )


def least_megabytes() -> float:
    """What this process has held: a child that holds less is shown with as much.

    Linux counts the memory of the process that a child is split from as the child's, until its own
    is more. So whatever needs memory, such as making a large plan, is done in other processes.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
