"""On which pages of a PDF a table and its relations stand."""

from collections.abc import Iterable

from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of


def pages_of(table: CastTable) -> tuple[int, ...]:
    """The pages of a table, in order; none but of a PDF."""
    return tuple(sorted(set(table.printed.pages)))


def page_of(table: CastTable, cell: str) -> int | None:
    """The page that a cell stands on; None where there are no pages."""
    row, _ = place_of(cell)
    return table.printed.pages[row] if row < len(table.printed.pages) else None


def pages_named(pages: Iterable[int]) -> str:
    """`page 12`, `pages 12–14`, `pages 3, 7`; in order, without gaps between those of a run."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        first = runs.pop()[0] if runs and runs[-1][1] + 1 == page else page
        runs.append((first, page))
    words = ", ".join(f"{one}" if one == last else f"{one}–{last}" for one, last in runs)
    return f"page {words}" if len(runs) == 1 and runs[0][0] == runs[0][1] else f"pages {words}"
