"""What may lie behind a difference for which no figure can be named."""

from collections.abc import Iterator
from itertools import pairwise

from cfbudget.casting.report.amounts import suggestion
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.results import Relation


def open_differences(table: CastTable) -> Iterator[str]:
    """A sentence for each total that its lines miss, and that another relation bears out."""
    for relation in table.unexplained:
        signs = {term[0] for term in relation.terms}
        if relation.kind != "sum" or signs != {"+"} or relation.difference is None:
            continue
        bearing = next((one.total for one in _held(table) if _uses(one, relation.total)), None)
        if bearing is not None:
            lines = _lines([term[1:] for term in relation.terms])
            missing = suggestion(table, relation.total, -relation.difference)
            borne = "" if bearing == relation.total else f" by {bearing}"
            yield (
                f"{relation.total} is borne out{borne}: one of {lines} is wrong, or a line of"
                f" {missing} is missing."
            )


def _held(table: CastTable) -> list[Relation]:
    return [one for one in table.casting.relations if one.outcome in ("agrees", "rounding")]


def _uses(relation: Relation, cell: str) -> bool:
    return relation.kind == "sum" and (
        relation.total == cell or any(term[1:] == cell for term in relation.terms)
    )


def _lines(cells: list[str]) -> str:
    """Cells as a spreadsheet names them: a range where they stand together."""
    places = sorted(map(place_of, cells))
    steps = {(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)}
    return f"{cells[0]}:{cells[-1]}" if steps in ({(1, 0)}, {(0, 1)}) else ", ".join(cells)
