"""The services of a budget, nested as totals, headings and columns of names say."""

from collections.abc import Iterable
from typing import NamedTuple

from cfbudget.imports.printed_words import without_total
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree


class Placed(NamedTuple):
    """A service with its rows: a heading, lines, and the total that closes it."""

    name: str
    row: int | None
    """Its line, or its total; None where only a heading names it."""
    below: "tuple[Placed, ...]"


def placed_services(reading: TableReading, rows: list[SourceRow], tree: Tree) -> tuple[Placed, ...]:
    """The services within the top total, nested as totals, headings and columns of names say."""
    inside = set(tree.roots() if tree.top is None else tree.below(tree.top))
    if tree.top is not None:
        outside = [at for at in tree.roots() if at != tree.top]
        proved = tree.rows[tree.top].sum
        if proved is not None and proved.proved and not _differs(reading, tree.top):
            named = tree.rows[tree.top].label or reading.named((tree.top, 0))
            reading.leave_rows(
                (line for at in outside for line in _all_below(tree, at)),
                f"outside the total {named!r}, which adds up without it",
            )
        else:
            inside |= set(outside)
    return _placed(reading, rows, tree, sorted(inside))


def _all_below(tree: Tree, row: int) -> list[int]:
    return [row, *(line for at in tree.below(row) for line in _all_below(tree, at))]


def _differs(reading: TableReading, row: int) -> bool:
    """Whether casting finds that a total does not add up in some column."""
    names = {reading.named((row, column)) for column in reading.table.grid.columns}
    relations = reading.table.casting.relations
    return any(one.total in names and one.outcome == "differs" for one in relations)


def _placed(
    reading: TableReading, rows: list[SourceRow], tree: Tree, inside: Iterable[int]
) -> tuple[Placed, ...]:
    """Rows as services: a total holds its own, others stand under the heading above them."""
    found: list[Placed] = []
    grouped: dict[str, list[int]] = {}
    for row in inside:
        group = _group(reading, rows, tree, row)
        below = tree.below(row)
        if below:
            name = _name_of_total(reading, rows, tree, row)
            nested = _within(reading, rows, tree, below)
            found.append(Placed(name, row, nested))
        elif group:
            if group not in grouped:
                found.append(Placed(group, None, ()))
            grouped.setdefault(group, []).append(row)
        else:
            found.append(Placed(tree.rows[row].label, row, ()))
    return tuple(
        one._replace(below=_lines(tree, grouped[one.name])) if one.row is None else one
        for one in found
    )


def _within(
    reading: TableReading, rows: list[SourceRow], tree: Tree, below: list[int]
) -> tuple[Placed, ...]:
    """The services of a total: what is a total itself is nested again."""
    return tuple(
        Placed(_name_of_total(reading, rows, tree, at), at, _within(reading, rows, tree, inner))
        if (inner := tree.below(at))
        else Placed(tree.rows[at].label, at, ())
        for at in below
    )


def _lines(tree: Tree, rows: list[int]) -> tuple[Placed, ...]:
    return tuple(Placed(tree.rows[row].label, row, ()) for row in rows)


def _name_of_total(reading: TableReading, rows: list[SourceRow], tree: Tree, row: int) -> str:
    """What a total is of: the column of a level beside its lines, the heading above them that it
    names, else its own words."""
    own = tree.rows[row]
    name = without_total(own.label) or own.label
    lines = tree.lines_of(row)
    heading = _heading_above(rows, min(lines)) if lines else ""
    levels = {_level(reading, tree.rows[line]) for line in lines}
    if len(levels) == 1 and (level := levels.pop()) and level.casefold() in own.label.casefold():
        return level
    if heading and (not name or heading.casefold() in own.label.casefold()):
        return heading
    return name or heading or "Total"


def _group(reading: TableReading, rows: list[SourceRow], tree: Tree, row: int) -> str:
    """The level or the heading that a line stands under, where no total holds it."""
    if tree.rows[row].role == "total":
        return ""
    if level := _level(reading, tree.rows[row]):
        return level
    totals = [one.row for one in rows if one.role == "total" and one.row < row]
    return _heading_above(rows, row, after=max(totals, default=-1))


def _level(reading: TableReading, row: SourceRow) -> str:
    """What stands beside a row in the column of the next higher level."""
    levels = [column for column, role in reading.roles.items() if role == "level"]
    words = [row.words[column] for column in levels if column in row.words]
    return words[-1] if words and words[-1] != row.label else ""


def _heading_above(rows: list[SourceRow], row: int, after: int = -1) -> str:
    found = [one.label for one in rows if one.role == "heading" and after < one.row < row]
    return found[-1] if found else ""
