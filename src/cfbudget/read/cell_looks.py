"""How cells look, noted as openpyxl's rows go by: their number formats, and results not stored."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


class Look:
    """A sheet's number formats by row and column from 1, and the formulas without a result."""

    def __init__(self) -> None:
        self.formats: dict[tuple[int, int], str] = {}
        self.unstored: set[tuple[int, int]] = set()

    def formats_of(self, rows: Iterator[Any]) -> Iterator[Any]:
        """The same rows of cells, the formats of those that hold something noted."""
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                if cell.value is not None:
                    self.formats[number, column] = _format_of(cell)
            yield row

    def results_of(
        self, rows: Iterator[Any], formulas: Mapping[int, Sequence[int]]
    ) -> Iterator[Any]:
        """The values of rows of cells; noted where there is none for a formula.

        An empty text as a result is none that openpyxl gives either, but the cell's type tells.
        """
        for number, row in enumerate(rows, 1):
            for column in formulas.get(number, ()):
                cell = row[column - 1]
                if cell.value is None and cell.data_type == "n":
                    self.unstored.add((number, column))
            yield [cell.value for cell in row]


def _format_of(cell: Any) -> str:
    try:
        return str(cell.number_format)
    except IndexError:  # the list of formats lacks it; a spreadsheet shows such a number plainly
        return "General"
