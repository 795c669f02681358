"""Who does a piece of work, how it is called, what it must answer, and what it is to reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.answers import Answer
from benchmarks.cfbudget_answers import of_nothing
from benchmarks.marks import Mark


@dataclass(frozen=True)
class Contender:
    """A command that does the work.

    Args:
        answer: reads from what it prints what it answers.
        missing: why it cannot be run here, where it cannot.
        most_rounds: for those that take long.
        not_done: what of the work it does not do.
    """

    name: str
    command: tuple[str, ...]
    expected: Answer = field(default_factory=dict)
    answer: Callable[[str], Answer] = of_nothing
    marks: tuple[Mark, ...] = ()
    missing: str = ""
    most_rounds: int = 99
    environment: Mapping[str, str] = field(default_factory=dict)
    not_done: str = ""
