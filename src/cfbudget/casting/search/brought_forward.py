"""Balances that are brought forward: what was carried forward in the period before, as labels say.

Where figures alone tell of it, `running_differences` finds it; in a table of two years they cannot.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cfbudget.casting.search.claims import Claim
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label

BITS = 12
"""What both labels are worth, with a figure that is met."""
SHORTEST = 100
"""Printed units under which a figure may be met by chance."""
OPENING = re.compile(
    r"\bbrought (?:forward|down)\b|\bb/?(?:f(?:wd)?|d)\b|\bopening\b"
    r"|\b(?:beginning|start) of (?:the )?year\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\bcarried (?:forward|down)\b|\bc/?(?:f(?:wd)?|d)\b|\bclosing\b|\bend of (?:the )?year\b",
    re.IGNORECASE,
)


def brought_forward(grid: PrintedGrid, found: Sequence[Claim]) -> Iterator[Claim]:
    """The balances of one row that another has in the column before, or after, if all are met."""
    labels = [(row, row_label(grid, row)) for row in grid.rows]
    made = {claim.total for claim in found if claim.kind == "running"}
    for opening in (row for row, label in labels if OPENING.search(label)):
        closing = next((r for r, label in labels if r > opening and CLOSING.search(label)), None)
        if closing is None:
            continue
        for columns in (grid.columns, grid.columns[::-1]):
            claims = list(_carried(grid, opening, closing, columns))
            if claims:
                yield from (claim for claim in claims if claim.total not in made)
                break


def _carried(
    grid: PrintedGrid, opening: int, closing: int, columns: Sequence[int]
) -> Iterator[Claim]:
    """Each balance with the one that it is brought forward from; none if any is not met."""
    pairs = [
        ((opening, here), (closing, before))
        for before, here in pairwise(columns)
        if (opening, here) in grid.cells and (closing, before) in grid.cells
    ]
    cells = [(grid.cells[one], grid.cells[other]) for one, other in pairs]
    long = any(abs(cell.value) >= SHORTEST * cell.step for cell, _ in cells)
    if long and all(cell.value == other.value for cell, other in cells):
        for total, of in pairs:
            yield Claim("running", total, ((1, of),), down=True, bits=BITS)
