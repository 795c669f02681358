"""How a spreadsheet names its columns and cells."""

from functools import cache


@cache
def letters(column: int) -> str:
    """A column's name, from 1: A, B, ..., Z, AA, ..."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def cell_name(row: int, column: int) -> str:
    """A cell's name, its row and column counted from 1: (2, 28) is AB2."""
    return f"{letters(column)}{row}"
