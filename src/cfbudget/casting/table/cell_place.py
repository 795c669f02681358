"""Where a cell of a printed table stands."""

CellPlace = tuple[int, int]
"""A row and a column, both from 0."""
