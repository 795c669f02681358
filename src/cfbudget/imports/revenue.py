"""A table of services to revenue budgets: one for each year that it prints."""

import re
from collections.abc import Mapping

from cfbudget.imports.answers import NONE, years_of
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.fates import FateName
from cfbudget.imports.gap_rows import GAP, gap_made_of
from cfbudget.imports.income_rows import with_income
from cfbudget.imports.printed_words import years_in
from cfbudget.imports.reading import TableReading
from cfbudget.imports.revenue_columns import Budget, budgets_of
from cfbudget.imports.revenue_services import Placed, placed_services
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, Taken, YamlValue
from cfbudget.problem import Refusal

FUNDING = re.compile(r"^(?:financed|funded|met) (?:by|from)|^(?:sources of )?fund(?:s|ing)\b", re.I)


def revenue(reading: TableReading) -> list[Drafted]:
    """The files of a table's budgets."""
    budgets = budgets_of(reading)
    net_alone = all(budget.gross is None for budget in budgets)
    rows, turned = with_income(reading, _spending(reading), net_alone=net_alone)
    budgets = [budget._replace(turned=turned) for budget in budgets]
    tree = tree_of(rows)
    services = placed_services(reading, rows, tree)
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
    own = gap_made_of(reading, gaps[0]).spent
    spent = [row for row in rows if row.row in own]
    left = f"it is of the gap, not of spending: {gaps[0].label!r} is imported with --as funding"
    reading.leave_rows((row.row for row in rows if row not in spent), left)
    return spent


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
        of_year = not (years := years_in(label)) or budget.year in years
        content["stated"] = {**({"label": label} if label and of_year else {}), **stated}
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
    label = reading.labels.get(placed.row, "") if placed.row is not None else ""
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
        reading.see_unstated((row, column.column), of_line=True)
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
    turn = -1 if row in budget.turned else 1
    taken = reading.take((row, column.column), fate, what, str(budget.year), turn=turn)
    # The reader turns an income that the file prints as plus.
    if taken and measure == "income" and budget.income_is_plus:
        return taken._replace(pence=-taken.pence)
    return taken
