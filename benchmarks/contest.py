"""Contenders in turn, several rounds: what slows the machine for a while slows them all."""

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.answers import compare
from benchmarks.contender import Contender
from benchmarks.process import Run, run


@dataclass
class Result:
    """What a contender took in each round, or why it did not do the work."""

    contender: Contender
    runs: list[Run] = field(default_factory=list)
    refused: str = ""

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def megabytes(self) -> float:
        return max(run.megabytes for run in self.runs)

    def cpu_against(self, base: "Result") -> float:
        """The median of the rounds' ratios."""
        pairs = zip(self.runs, base.runs, strict=False)
        return statistics.median(mine.cpu / theirs.cpu for mine, theirs in pairs)


Results = dict[str, Result]
"""By the contender's name."""


def contest(contenders: Sequence[Contender], rounds: int) -> Results:
    """Let each do the work in each round; raise WrongAnswer where one answers otherwise."""
    results = {one.name: Result(one, refused=one.missing) for one in contenders}
    for number in range(rounds):
        for result in results.values():
            if not result.refused and number < result.contender.most_rounds:
                _tell(f"  {result.contender.name}, round {number + 1} of {rounds}")
                _work(result)
    return results


def _work(result: Result) -> None:
    contender = result.contender
    done = run(contender.command, contender.environment)
    if done.status != 0:
        result.refused = _reason(done)
        return
    compare(contender.name, contender.answer(done.output), contender.expected)
    result.runs.append(done)


def _reason(done: Run) -> str:
    """The first line of what it says, without the names of folders."""
    said = (done.errors.strip() or done.output.strip() or "nothing").splitlines()
    words = next((line for line in said if "error" in line.lower()), said[0]).split()
    short = " ".join(word.rpartition("/")[2] or word for word in words)
    return f"exit status {done.status}: {short}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
