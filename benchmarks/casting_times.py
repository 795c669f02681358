"""How long `cfbudget cast` takes and how much memory, as whole processes.

Usage: python benchmarks/casting_times.py [--once] [WORD...]   (only shapes with one of the words)
       python benchmarks/casting_times.py --write FOLDER       (the shapes as files, to look into)

A time is the best of three, by the clock and of the processor; the memory is the most that a
process held.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from casting_shapes import Shape, shapes

MOST_MEGABYTES = 300
COMMAND = (Path(sys.executable).parent / "cfbudget", "cast", "-f", "json")


class Run(NamedTuple):
    """What a process took."""

    seconds: float
    processor: float
    """Seconds too: they tell on a busy machine."""
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    chosen = [
        shape for shape in shapes()
        if not asked.words or any(word in shape.name for word in asked.words)
    ]  # fmt: skip
    if asked.write:
        for shape in chosen:
            _written(shape, asked.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        over = [_measured(shape, Path(folder), 1 if asked.once else 3) for shape in chosen]
    sys.exit(1 if any(over) else 0)


def _written(shape: Shape, folder: Path) -> Path:
    path = folder / (shape.name.replace(" ", "-").replace(",", "") + shape.suffix)
    path.write_text(shape.text, encoding="utf-8")
    return path


def _measured(shape: Shape, folder: Path, runs: int) -> bool:
    """Say what a shape takes, and tell whether that is more than it may."""
    path = _written(shape, folder)
    took = [_run([*COMMAND, path]) for _ in range(runs)]
    seconds, megabytes = min(one.seconds for one in took), max(one.megabytes for one in took)
    processor = min(one.processor for one in took)
    over = shape.seconds is not None and seconds > shape.seconds
    over |= megabytes > MOST_MEGABYTES and shape.seconds is not None
    most = f"  (at most {shape.seconds:.0f})" if shape.seconds else ""
    took_most = f"{seconds:6.2f} s {processor:6.2f} s {megabytes:5.0f} MB"
    print(f"{shape.name:<46} {took_most}{most}{'  OVER' * over}")
    return over


def _run(command: Sequence[str | Path]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit("the table could not be cast")
    seconds = time.perf_counter() - start
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


if __name__ == "__main__":
    main()
