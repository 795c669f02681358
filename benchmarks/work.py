"""A piece of work: who is to do it, on what, and how often."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from benchmarks.contender import Contender
from benchmarks.contest import Results
from benchmarks.markdown import contest_table


class Size(NamedTuple):
    """How large the work is made: in a short run a tenth, whose marks are not judged."""

    quick: bool = False
    lines: tuple[int, ...] = ()
    """The sizes of the growth, where they were asked for."""

    def of(self, whole: int) -> int:
        return whole // 10 if self.quick else whole


class Shown(Protocol):
    def __call__(self, results: Results, base: str, /, *, judged: bool) -> str:
        """A table in Markdown."""


class Work(NamedTuple):
    """`contenders` makes their files in a folder, and says how each is called.

    Ratios are against the contender `base`. What is `small` is as large in a short run.
    """

    name: str
    title: str
    base: str
    rounds: int
    contenders: Callable[[Path, Size], Sequence[Contender]]
    shown: Shown = contest_table
    small: bool = False
