"""The formulas of a workbook that came back whose stored results can be compared."""

from collections.abc import Collection, Iterator

from cfbudget.workbook.book.book import Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.returned_book import Returned


def found_formulas(
    returned: Returned, besides: Collection[At]
) -> Iterator[tuple[At, Formula, bool]]:
    """Each where it was written; and whether it came back there as it was, with its result.

    Args:
        besides: formulas that were altered.
    """
    for name, located in returned.located.items():
        there, is_in_place = returned.beside[name], not located.at.is_moved
        for row, cells in returned.book.sheets[name].cells.rows():
            alike = there.alike.get(row, 0) if is_in_place else 0
            columns = located.at.columns_of(row)
            for column, cell in enumerate(cells, 1):
                if cell is None or not isinstance(cell.content, Formula):
                    continue
                written = At(name, row, column)
                if written not in besides and (column in columns or written in located.at):
                    yield written, cell.content, bool(alike >> column & 1)


def any_result(returned: Returned, besides: Collection[At]) -> bool:
    """Whether a result is stored, or there is no formula to have one."""
    formulas = found_formulas(returned, besides)
    results = (returned.cell(written).value for written, _, _ in formulas)
    return next(results, "") is not None or any(value is not None for value in results)
