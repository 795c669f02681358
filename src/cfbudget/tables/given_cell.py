"""A cell of a table whose lines are given by year: known, or not known yet."""

from cfbudget.calculate.not_known import NotKnown
from cfbudget.layout.table import Cell
from cfbudget.problem import Place


def given_cell(
    pence: int, place: Place | None, lacks: tuple[NotKnown, ...], *, given: bool
) -> Cell:
    """An amount, with what it lacks.

    Args:
        given: whether a line of a file gives it. One that lacks its own amount, and has no other,
            is not known; one that has another besides lacks it as a total does.
    """
    is_unknown = given and bool(lacks) and not pence
    return Cell(pence, place, given, is_unknown, bool(lacks) and not is_unknown)
