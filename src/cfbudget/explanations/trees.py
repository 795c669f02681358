"""The tree of what makes a figure: every part with its sign in the whole, to the files' lines."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.explanations.explained_plan import ExplainedPlan
from cfbudget.explanations.explanation import Explanation, PlusMinus
from cfbudget.explanations.figures import KnownFigure


class Branch(NamedTuple):
    """A figure in a tree, with the sign that it has in the whole and what makes it in turn."""

    explanation: Explanation
    sign: PlusMinus = 1
    depth: int = 0
    is_taken_off: bool = False
    """Whether it is taken off the figure right above it."""
    branches: tuple["Branch", ...] = ()
    is_cut: bool = False
    """Whether it is made of more than is shown."""

    @property
    def figure(self) -> KnownFigure:
        return self.explanation.figure

    @property
    def pence(self) -> int:
        """What it adds to the whole."""
        return self.sign * self.figure.pence

    def walk(self) -> Iterator["Branch"]:
        """It and all within it, a whole before its parts."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


def tree(plan: ExplainedPlan, figure: KnownFigure, depth: int | None = None) -> Branch:
    """What makes a figure, level by level; the ends that are shown always add up to it.

    Args:
        depth: how many levels below the figure are wanted; None for all.
    """
    return _branch(plan, Branch(plan.explanation(figure)), depth)


def _branch(plan: ExplainedPlan, stem: Branch, depth: int | None) -> Branch:
    parts = stem.explanation.parts
    if depth is not None and stem.depth >= depth:
        return stem._replace(is_cut=bool(parts))
    branches = []
    for sign, figure in parts:
        turned: PlusMinus = 1 if sign == stem.sign else -1
        part = Branch(plan.explanation(figure), turned, stem.depth + 1, sign < 0)
        branches.append(_branch(plan, part, depth))
    return stem._replace(branches=tuple(branches))


def fitting(plan: ExplainedPlan, figure: KnownFigure, most: int) -> Branch:
    """The deepest tree with at most so many lines; one level at least."""
    shown = tree(plan, figure, 1)
    for depth in range(2, 100):
        deeper = tree(plan, figure, depth)
        if sum(1 for _ in deeper.walk()) > most:
            return shown
        shown = deeper
        if not any(branch.is_cut for branch in deeper.walk()):
            return deeper
    return shown
