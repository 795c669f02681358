"""Which sheets of a workbook to cast, and whether each is small enough."""

from collections.abc import Iterable, Mapping, Sequence

from cfbudget.casting.read.printed_table import check_row
from cfbudget.problem import clipped
from cfbudget.read.bounds import Refused
from cfbudget.read.spreadsheet import Limits

LIMITS = Limits(bytes=300_000_000, cells=1_000_000)  # of all sheets together
BY_NAME = "name one sheet with --sheet"


def chosen_sheets(held: Mapping[str, bool], sheet: str | None) -> Sequence[str]:
    """The sheets that hold something, or the one that is named.

    Args:
        held: every sheet, in the workbook's order, and whether it holds something.

    Raises:
        Refused: there is no such sheet, or nothing in it.
    """
    chosen = [name for name, holds in held.items() if holds]
    if sheet is not None:
        name = _found(sheet, held)
        chosen = [name] if held[name] else []
    if not chosen:
        what = f"its sheet {clipped(sheet)!r} holds nothing" if sheet else "its sheets hold nothing"
        raise Refused(what, _others(held) if sheet else "give a workbook with a table in it")
    return chosen


def _found(sheet: str, held: Mapping[str, bool]) -> str:
    """The sheet of this name; letters' case and blanks around it apart."""
    if sheet in held:
        return sheet
    wanted = sheet.strip().casefold()
    for name in held:
        if name.strip().casefold() == wanted:
            return name
    raise Refused(f"it has no sheet {clipped(sheet)!r}", _others(held))


def _others(held: Mapping[str, bool]) -> str:
    names = [repr(clipped(name)) for name, holds in held.items() if holds]
    if not names:
        return "none of its sheets holds anything"
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"its sheets are {', '.join(names[:10])}{more}"


def check_size(name: str, cells: Iterable[tuple[int, int]]) -> None:
    """Hold a sheet to a table's bounds before its gaps are filled.

    Args:
        cells: those that hold something, by row and column from 1.
    """
    widths: dict[int, int] = {}
    for row, column in cells:
        widths[row] = max(column, widths.get(row, 0))
    try:
        for row, width in widths.items():
            check_row(row, range(width), 0, name)
        check_row(1, (), sum(widths.values()), name)
    except Refused as refused:
        hint = f"{refused.refusal.hint}, or {BY_NAME} that is smaller"
        raise Refused(refused.refusal.reason, hint) from refused
