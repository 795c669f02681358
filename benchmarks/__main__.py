"""The same work by several programs, measured: python -m benchmarks [WORK...]"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.answers import WrongAnswer
from benchmarks.contest import Results, contest
from benchmarks.growth import points
from benchmarks.machine import machine, measured, versions
from benchmarks.markdown import write_block
from benchmarks.process import compile_all
from benchmarks.programs import HERE, PYTHON
from benchmarks.work import Size, Work
from benchmarks.works import WORKS
from benchmarks.works.growth import GROWTH


def main() -> None:
    asked = _asked()
    size = Size(asked.quick, tuple(asked.sizes))
    compile_all()
    what = measured()
    for name in asked.works or WORKS:
        work = WORKS[name]
        rounds = asked.rounds or (1 if asked.quick else work.rounds)
        try:
            results = _results(work, size, rounds)
        except WrongAnswer as wrong:
            sys.exit(f"{name}: {wrong}")
        _show(asked.output, name, _block(work, size, rounds, results) + f"{what}.\n")
        if asked.output and work is GROWTH:
            _draw(results, asked.output.parent / "performance" / "growth.svg")
    _show(asked.output, "machine", f"{machine()}; {versions()}.\n")


def _show(page: Path | None, name: str, block: str) -> None:
    print(block, flush=True)
    if page:
        write_block(page, name, block)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Let cfbudget and others do the same work in turn, and print what each took.",
        epilog=f"WORK: {', '.join(WORKS)}; all if none is named.",
    )
    parser.add_argument("works", nargs="*", metavar="WORK")
    parser.add_argument("--rounds", type=int, help="how often each does its work")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, one round")
    parser.add_argument("--sizes", type=int, nargs="+", default=[], help="options, of the growth")
    parser.add_argument("--output", type=Path, help="a page whose tables are made anew")
    asked = parser.parse_args()
    for name in asked.works:
        if name not in WORKS:
            parser.error(f"there is no work '{name}': {', '.join(WORKS)}")
    return asked


def _results(work: Work, size: Size, rounds: int) -> Results:
    print(f"{work.name}: making files", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        return contest(work.contenders(Path(folder), size), rounds)


def _block(work: Work, size: Size, rounds: int, results: Results) -> str:
    """A table with its title."""
    whole = work.small or not size.quick
    title = work.title if whole else f"{work.title}: a tenth of it, not judged"
    shown = work.shown(results, work.base, judged=whole)
    turns = "One round" if rounds == 1 else f"{rounds} rounds"
    return f"**{title}**\n\n{shown}\n{turns}, "


def _draw(results: Results, path: Path) -> None:
    """In a process of its own, so that this one stays small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = json.dumps([point._asdict() for point in points(results)])
    command = [PYTHON, "-m", "benchmarks.growth_chart", str(path)]
    subprocess.run(command, input=found, text=True, cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
