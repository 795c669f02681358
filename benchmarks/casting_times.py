"""How long `cfbudget cast` takes and how much memory, as whole processes.

Usage: python benchmarks/casting_times.py [--once] [WORD...]   (only shapes with one of the words)
       python benchmarks/casting_times.py --write FOLDER       (the shapes as files, to look into)

A time is the best of three, by the clock and of the processor; the memory is the most that a
process held.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.casting_shapes import Shape, shapes
from benchmarks.process import run
from benchmarks.programs import CFBUDGET

MOST_MEGABYTES = 300


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
    took = [run((CFBUDGET, "cast", str(path), "-f", "json")) for _ in range(runs)]
    if any(one.status not in (0, 1) for one in took):
        sys.exit("the table could not be cast")
    seconds, megabytes = min(one.wall for one in took), max(one.megabytes for one in took)
    processor = min(one.cpu for one in took)
    over = shape.seconds is not None and seconds > shape.seconds
    over |= megabytes > MOST_MEGABYTES and shape.seconds is not None
    most = f"  (at most {shape.seconds:.0f})" if shape.seconds else ""
    took_most = f"{seconds:6.2f} s {processor:6.2f} s {megabytes:5.0f} MB"
    print(f"{shape.name:<46} {took_most}{most}{'  OVER' * over}")
    return over


if __name__ == "__main__":
    main()
