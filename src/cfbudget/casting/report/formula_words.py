"""A relation as a formula over the cells of its table, for a reader."""

from collections.abc import Iterator

from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.results import Relation

FEW = 5
"""Up to so many terms are each named; of more, runs stand as areas."""
RUN = 3


def cells_formula(relation: Relation) -> str:
    """B5 = B2 + B3 − C4, B12 = SUM(B2:B11), or C3 = 100 × B3 / B9."""
    return f"{relation.total} = {_of(relation)}"


def _of(relation: Relation) -> str:
    names = [term[1:] for term in relation.terms]
    if relation.kind.startswith("percentage"):
        of_change = relation.kind == "percentage change"
        part = f"({names[0]} − {names[1]})" if of_change else names[0]
        return f"{'−' if relation.terms[0][0] == '-' else ''}100 × {part} / {names[1]}"
    signed = [(term[0], term[1:]) for term in relation.terms]
    if len(signed) > FEW:
        signed = [part for sign in "+-" for part in _areas(relation, sign)]
    (sign, first), *rest = signed
    text = first if sign == "+" else f"−{first}"
    return text + "".join(f" {'+' if sign == '+' else '−'} {part}" for sign, part in rest)


def _areas(relation: Relation, sign: str) -> Iterator[tuple[str, str]]:
    """The cells of one sign: each run down a column or along a row as an area."""
    run: list[str] = []
    for cell in [term[1:] for term in relation.terms if term[0] == sign]:
        if run and not _goes_on(run, cell):
            yield from _area(sign, run)
            run = []
        run.append(cell)
    if run:
        yield from _area(sign, run)


def _goes_on(run: list[str], cell: str) -> bool:
    (row, column), (last_row, last_column) = place_of(cell), place_of(run[-1])
    first_row, first_column = place_of(run[0])
    down = column == last_column == first_column and row == last_row + 1
    along = row == last_row == first_row and column == last_column + 1
    return down or along


def _area(sign: str, run: list[str]) -> Iterator[tuple[str, str]]:
    if len(run) < RUN:
        yield from ((sign, cell) for cell in run)
    else:
        yield sign, f"SUM({run[0]}:{run[-1]})"
