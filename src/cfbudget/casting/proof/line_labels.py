"""What the labels of lines say: their words, and whether a line is taken off."""

from cfbudget.casting.proof.sum_lines import SumLines
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import is_taken_off, row_label


class LineLabels:
    """The labels of lines, by their index; `signs` are minus where one says that it is taken off
    and its figures bear no minus themselves."""

    def __init__(self, grid: PrintedGrid, lines: SumLines) -> None:
        self._texts = [row_label(grid, row) for row in lines.side.lines]
        self.signs = [
            -1 if is_taken_off(text) and all(value > 0 for value in values if value) else 1
            for text, values in zip(self._texts, lines.side.values, strict=True)
        ]

    def text(self, line: int) -> str:
        return self._texts[line]
