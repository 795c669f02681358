"""What of a sheet a reader does not see and is cast all the same, in clauses."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget.addresses import letters
from cfbudget.grammar import agreed, counted, listed
from cfbudget.read.hidden_lines import HiddenLines

NAMED = 6


def hidden_notes(cells: Iterable[tuple[int, int]], hidden: HiddenLines) -> Iterator[str]:
    """The hidden rows and columns that hold something.

    Args:
        cells: those that hold something, by row and column from 1.
    """
    held = list(cells) if hidden.rows or hidden.columns else []
    rows = sorted(hidden.rows & {row for row, _ in held})
    columns = sorted(hidden.columns & {column for _, column in held})
    if rows:
        yield _note("row", [str(row) for row in rows])
    if columns:
        yield _note("column", [letters(column) for column in columns])


def _note(what: str, names: Sequence[str]) -> str:
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        shown.append(f"{len(names) - NAMED:,} more")
    verb, was = agreed(len(names), "is"), agreed(len(names), "was")
    return f"{counted(len(names), what)} {verb} hidden and {was} cast: {listed(shown)}"
