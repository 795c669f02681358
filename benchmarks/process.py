"""A command as a whole process, and what it took."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from benchmarks.programs import HERE, PYTHON


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
    """Run a command to its end.

    Its output goes to a file, so that nobody waits for a reader. Linux counts what this process has
    held as the child's memory, until the child's own is more: so this one stays small, and whatever
    needs memory, such as making a large plan, is done in other processes.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env={**_plain(), **(environment or {})}
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


def compile_all() -> None:
    """Compile our modules and cfbudget's, as installing them does: no run is to pay for that."""
    spec = find_spec("cfbudget")
    folders = [str(HERE), *((spec and spec.submodule_search_locations) or ())]
    subprocess.run([PYTHON, "-m", "compileall", "-q", *folders], env=_plain(), check=False)


def _plain() -> dict[str, str]:
    """The environment without what makes Python slower, such as PYTHONDONTWRITEBYTECODE."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
