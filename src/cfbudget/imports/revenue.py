"""A table of services to revenue budgets: one for each year that it prints."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cfbudget.imports.answers import NONE, years_of
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.printed_words import without_total
from cfbudget.imports.reading import FateName, TableReading
from cfbudget.imports.revenue_columns import Budget, budgets_of
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree, tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, Taken, YamlValue
from cfbudget.problem import Refusal

FUNDING = re.compile(r"^(?:financed|funded|met) (?:by|from)|^(?:sources of )?fund(?:s|ing)\b", re.I)
GAP = re.compile(r"\bgap\b|\bshortfall\b", re.IGNORECASE)


class Placed(NamedTuple):
    """A service with its rows: a heading, lines, and the total that closes it."""

    name: str
    row: int | None
    """Its line, or its total; None where only a heading names it."""
    below: "tuple[Placed, ...]"


def revenue(reading: TableReading) -> list[Drafted]:
    """The files of a table's budgets."""
    budgets = budgets_of(reading)
    rows = _spending(reading)
    tree = tree_of(rows)
    services = _services(reading, rows, tree)
    contains = _contains(reading, [budget for budget in budgets if budget.year])
    label = tree.rows[tree.top].label if tree.top is not None else ""
    return [
        _file(reading, budget, services, tree.top, label, contains)
        for budget in budgets
        if budget.year is not None
    ]


def _spending(reading: TableReading) -> list[SourceRow]:
    """The rows of spending: not those below `Financed by`, nor a gap and what pays for it."""
    rows = reading.rows
    for at, row in enumerate(rows):
        if row.role == "heading" and FUNDING.search(row.label):
            left = f"below {row.label!r}: what pays for it is imported with --as funding"
            reading.leave_rows((below.row for below in rows[at:]), left)
            return _without_gap(reading, rows[:at])
    return _without_gap(reading, rows)


def _without_gap(reading: TableReading, rows: list[SourceRow]) -> list[SourceRow]:
    """Of a table of the gap, the budgets that are to be paid for."""
    gaps = [row for row in rows if row.role == "total" and GAP.search(row.label)]
    if not gaps or gaps[0].sum is None:
        return rows
    own = set(gaps[0].sum.rows)
    spent = [row for row in rows if row.row in own and _is_plus(reading, row.row)]
    left = f"it is of the gap, not of spending: {gaps[0].label!r} is imported with --as funding"
    reading.leave_rows((row.row for row in rows if row not in spent), left)
    return spent


def _is_plus(reading: TableReading, row: int) -> bool:
    cells = [cell for (at, _), cell in reading.table.grid.cells.items() if at == row]
    return sum(cell.value for cell in cells) > 0


def _contains(reading: TableReading, budgets: list[Budget]) -> tuple[str, ...] | None:
    """The years' options that the budgets contain, as they were given."""
    if not budgets:
        return None
    year = max(str(budget.year) for budget in budgets)
    planned = [str(planned) for planned in reading.known.years]
    given = reading.asking.ask(
        "contains",
        "Which years' policy options does the budget already contain?",
        likely=year if not planned or year in planned else NONE,
    )
    if given is None:
        return None
    found = years_of(given)
    return () if isinstance(found, Refusal) else tuple(str(year) for year in found)


# -- services -------------------------------------------------------------------------------


def _services(reading: TableReading, rows: list[SourceRow], tree: Tree) -> tuple[Placed, ...]:
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


# -- the file -------------------------------------------------------------------------------


def _file(
    reading: TableReading,
    budget: Budget,
    services: tuple[Placed, ...],
    top: int | None,
    label: str,
    contains: tuple[str, ...] | None,
) -> Drafted:
    year = str(budget.year)
    ids = Ids()
    content: dict[str, YamlValue] = {
        "name": reading.title(label),
        "financial_year": year,
        "unit": reading.unit.name if reading.unit else "",
    }
    if reading.table.casting.exact:
        content["exact"] = True
    content["contains_options_of"] = FlowList(one for one in contains or () if one <= year)
    content["source"] = ""
    if budget.income_is_plus:
        content["signs"] = Flow(income="plus")
    content["services"] = [
        made for one in services if (made := _service(reading, budget, one, ids, ""))
    ]
    if top is not None and (stated := _stated(reading, budget, top)):
        content["stated"] = {**({"label": label} if label else {}), **stated}
    return Drafted(f"revenue_{year.replace('-', '_')}.yaml", "revenue", content)


def _service(
    reading: TableReading, budget: Budget, placed: Placed, ids: Ids, within: str
) -> dict[str, YamlValue] | None:
    """A service; None where the source states nothing of it, or it is left out."""
    if reading.is_left_out(placed.name):
        left = f"{placed.name!r} is left out, as --map says"
        reading.leave_rows([placed.row] if placed.row is not None else [], left)
        return None
    own = reading.mapped(placed.name) or _known_id(reading, placed.name)
    name = placed.name or f"Line {(placed.row or 0) + 1}"
    made: dict[str, YamlValue] = {"id": ids.of(own or name, within=within), "name": name}
    if placed.below:
        below = [_service(reading, budget, one, ids, str(made["id"])) for one in placed.below]
        made["services"] = [one for one in below if one]
        if not made["services"]:
            return None
        if placed.row is not None and (stated := _stated(reading, budget, placed.row)):
            made["stated"] = Flow(_with_label(placed, reading, stated))
        return made
    assert placed.row is not None
    figures = _figures(reading, budget, placed.row)
    return {**made, **figures} if figures else None


def _with_label(
    placed: Placed, reading: TableReading, stated: Mapping[str, Taken]
) -> dict[str, Taken | str]:
    label = next((row.label for row in reading.rows if row.row == placed.row), "")
    return {**({"label": label} if label and label != placed.name else {}), **stated}


def _known_id(reading: TableReading, name: str) -> str | None:
    """The id that the plan's revenue budget has for a name."""
    return next((known for known, called in reading.known.services.items() if called == name), None)


def _figures(reading: TableReading, budget: Budget, row: int) -> dict[str, YamlValue]:
    """A line's gross and income, with its net as it is stated; or its net alone."""
    found: dict[str, YamlValue] = {}
    spent = [column for column in (budget.gross, budget.income) if column is not None]
    if any(_is_stated(reading, row, column) for column in spent):
        for measure, column in (("gross", budget.gross), ("income", budget.income)):
            taken = _take(reading, budget, row, column, measure)
            found[measure] = taken or "0"
        if taken := _take(reading, budget, row, budget.net, "net", is_stated=True):
            found["stated"] = Flow(net=taken)
        return found
    for column in spent:
        reading.see_unstated((row, column.column))
    taken = _take(reading, budget, row, budget.net, "net")
    return {"net": taken} if taken else {}


def _is_stated(reading: TableReading, row: int, column: SourceColumn) -> bool:
    place = (row, column.column)
    return place in reading.table.grid.cells or place in reading.table.grid.unreadable


def _stated(reading: TableReading, budget: Budget, row: int) -> dict[str, Taken]:
    """What a total states of each measure."""
    columns = (("gross", budget.gross), ("income", budget.income), ("net", budget.net))
    return {
        measure: taken
        for measure, column in columns
        if (taken := _take(reading, budget, row, column, measure, is_stated=True))
    }


def _take(
    reading: TableReading,
    budget: Budget,
    row: int,
    column: SourceColumn | None,
    measure: str,
    *,
    is_stated: bool = False,
) -> Taken | None:
    if column is None:
        return None
    what = f"stated {measure}" if is_stated else measure
    fate: FateName = "stated" if is_stated else "line"
    taken = reading.take((row, column.column), fate, what, str(budget.year))
    # The reader turns an income that the file prints as plus.
    if taken and measure == "income" and budget.income_is_plus:
        return taken._replace(pence=-taken.pence)
    return taken
