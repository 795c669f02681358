"""Where a sheet's cells stand in a workbook that came back, and what of it is not the plan's."""

from typing import NamedTuple

from cfbudget.workbook.book.book import SheetBlock
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.strays import Stray


class Located(NamedTuple):
    """Where the cells of one sheet stand in the workbook that came back."""

    at: dict[At, At]
    """By the cell as it was written."""
    missing_rows: list[tuple[SheetBlock, str]]
    missing_columns: list[tuple[SheetBlock, str]]
    added: list[tuple[At, str]]
    """Rows that the plan does not have, by the cell and the text of their id."""
    repeated: list[tuple[At, str]]
    """Rows whose id stands once more."""
    figures: list[Stray]
    """Figures where the plan has none, that touch a table."""
    apart: list[At]
    """Those that touch none."""
    blocks: list[SheetBlock]
    """The blocks that were found."""
    identified: list[SheetBlock]
    """Those of them whose columns of ids were found too."""
    unread: list[range]
    """The rows of the others, as far as can be told."""
