"""How cells look, noted as they are read: their number formats, and results not stored."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cfbudget.read.whole_cells import WholeCell


class Look:
    """A sheet's number formats by row and column from 1, and the formulas without a result."""

    def __init__(self, sheet: Any) -> None:
        """The look of a sheet that openpyxl has opened."""
        self.sheet = sheet
        self.formats: dict[tuple[int, int], str] = {}
        self.unstored: set[tuple[int, int]] = set()
        self.of_styles: dict[int, str] = {}

    def see(self, row: int, cell: "WholeCell") -> None:
        """Note a cell that holds something."""
        from cfbudget.read.whole_cells import format_of

        if cell.style not in self.of_styles:
            self.of_styles[cell.style] = format_of(self.sheet, cell.style)
        self.formats[row, cell.column] = self.of_styles[cell.style]
        if cell.formula is not None and cell.is_unstored:
            self.unstored.add((row, cell.column))
