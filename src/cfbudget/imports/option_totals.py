"""Where the totals of options stand in a plan: of all, of a service's block, of a group."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cfbudget.imports.cell_places import name_of
from cfbudget.imports.option_lines import LEVEL, OptionLine
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree


class PrintedGroup(NamedTuple):
    """The total of all options of one category, kind, status, portfolio or owner."""

    by: str
    name: str
    row: SourceRow


class Totals(NamedTuple):
    """The totals that a plan's file has a place for."""

    top: int | None
    blocks: Mapping[str, SourceRow]
    """By service."""
    groups: Sequence[PrintedGroup]
    net_budget: int | None
    """The total of a level and all changes: the net budget that they lead to."""


def placed_totals(reading: TableReading, tree: Tree, lines: Sequence[OptionLine]) -> Totals:
    """The totals with their places; each of the others is left out, and it is said why."""
    sets = _groupings(lines)
    everything = frozenset(line.row for line in lines)
    levels = {row.row for row in reading.rows if row.role == "line" and LEVEL.fullmatch(row.label)}
    top: int | None = None
    net_budget: int | None = None
    blocks: dict[str, SourceRow] = {}
    groups: list[PrintedGroup] = []
    left = {place[0] for place, fate in reading.fates.items() if fate.name == "left out"}
    for row in (one for one in reading.rows if one.role == "total" and one.row not in left):
        own = frozenset(tree.lines_of(row.row))
        service = next((name for name, rows in sets["service"].items() if rows == own), None)
        if own & levels and own - levels == everything:
            net_budget = row.row
        elif own and service and service not in blocks and own != everything:
            blocks[service] = row
        elif own and own == everything and top is None:
            top = row.row
        elif own and service and service not in blocks:
            blocks[service] = row
        elif group := _group(sets, own, row, groups):
            groups.append(group)
        else:
            reading.leave_rows([row.row], _why_not(row, own))
    return Totals(top, blocks, groups, net_budget)


def _groupings(lines: Sequence[OptionLine]) -> dict[str, dict[str, frozenset[int]]]:
    """The rows of the options by service and by each other word that a plan groups them by."""
    keys: dict[str, Callable[[OptionLine], str]] = {
        "service": lambda line: line.service,
        "category": lambda line: str(line.said.get("category", "")),
        "kind": lambda line: line.kind,
        "status": lambda line: line.status,
        "portfolio": lambda line: str(line.said.get("portfolio", "")),
        "owner": lambda line: str(line.said.get("owner", "")),
    }
    found: dict[str, dict[str, frozenset[int]]] = {}
    for by, key in keys.items():
        rows: dict[str, set[int]] = {}
        for line in lines:
            rows.setdefault(key(line), set()).add(line.row)
        found[by] = {name: frozenset(own) for name, own in rows.items() if name}
    return found


def _group(
    sets: Mapping[str, Mapping[str, frozenset[int]]],
    own: frozenset[int],
    row: SourceRow,
    groups: Sequence[PrintedGroup],
) -> PrintedGroup | None:
    for by in ("category", "kind", "status", "portfolio", "owner"):
        for name, rows in sets[by].items():
            taken = any(group.by == by and group.name == name for group in groups)
            if own and rows == own and not taken:
                return PrintedGroup(by, name, row)
    return None


def _why_not(row: SourceRow, own: frozenset[int]) -> str:
    if row.sum is not None and not row.sum.is_plain:
        return "a difference of other rows, for which a plan has no place"
    if row.sum is not None and len(row.sum.rows) == 1 and not own:
        return f"it repeats row {row.sum.rows[0] + 1}"
    if own:
        first, last = name_of((min(own), 0)), name_of((max(own), 0))
        return (
            f"the total of lines from {first[1:]} to {last[1:]}, which are no whole service or "
            "group of the plan"
        )
    return "a total for which a plan has no place"
