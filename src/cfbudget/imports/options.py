"""A table of savings, pressures and other changes to policy options."""

import re
from collections.abc import Mapping, Sequence

from cfbudget.ids import id_of
from cfbudget.imports.answers import NONE
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.option_figures import (
    OptionShape,
    changes_of_row,
    filled_place,
    fte_of_row,
    stated_of_row,
    total_of_row,
)
from cfbudget.imports.option_lines import LEVEL, OptionLine, option_lines
from cfbudget.imports.option_signs import turned_rows
from cfbudget.imports.option_totals import Totals, placed_totals
from cfbudget.imports.printed_words import says_total
from cfbudget.imports.reading import TableReading
from cfbudget.imports.tree import tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, YamlValue
from cfbudget.imports.year_columns import YearColumns, year_columns
from cfbudget.plan.kinds import KINDS
from cfbudget.read.folder import OPTIONS

CUMULATIVE = re.compile(r"\bcumulative\b|\blevels?\b", re.IGNORECASE)
INVEST_TO_SAVE = re.compile(r"\binvest[- ]to[- ]save\b", re.IGNORECASE)


def options(reading: TableReading) -> list[Drafted]:
    """The file of a table's policy options."""
    columns = year_columns(reading)
    shape = OptionShape(columns, _basis(reading, columns), _fte_year(reading, columns))
    level = shape.basis == "level"
    for column in columns.totals if level else columns.totals[1:]:
        why = "levels are not to be added up over years" if level else "a second total of them"
        reading.leave_column(column.column, why)
    if columns.later is not None:
        reading.leave_column(
            columns.later.column, "policy options have no figures after the last year"
        )
    tree = tree_of(reading.rows)
    lines = option_lines(reading, tree)
    shape = shape._replace(turned=turned_rows(reading, tree, lines))
    totals = placed_totals(reading, tree, lines)
    top = tree.rows[totals.top] if totals.top is not None else None
    whole = top.label if top and says_total(top.label) else ""
    content: dict[str, YamlValue] = {
        "name": reading.title(whole, over=_heading_name(reading)),
        "unit": reading.unit.name if reading.unit else "",
    }
    if reading.table.casting.exact:
        content["exact"] = True
    content["basis"] = shape.basis
    content["financial_years"] = FlowList(map(str, columns.years))
    content |= {"source": "", "services": _blocks(reading, shape, lines, totals)}
    if top is not None:
        content["stated"] = _labelled(top.label, stated_of_row(reading, shape, top.row))
    if groups := _groups(reading, shape, totals):
        content["groups"] = [*groups]
    if totals.net_budget is not None:
        _state_net_budget(reading, shape, totals.net_budget, content)
    return [Drafted(OPTIONS, "options", content)]


def _heading_name(reading: TableReading) -> str:
    """The words over the names of lines, where they say more than what lines are."""
    from cfbudget.imports.columns import WORD_ROLES
    from cfbudget.imports.headings import label_headings

    names = [column for column, role in reading.roles.items() if role == "name"]
    found = label_headings(reading.table).get(names[0], "") if names else ""
    known = any(words.search(found) for _, words in WORD_ROLES)
    return "" if known else found


def _basis(reading: TableReading, columns: YearColumns) -> str:
    """Whether figures are changes or levels: changes where a total over the years adds them up."""
    given = reading.asking.told("basis")
    if given is not None:
        return given
    years = {column.column for own in columns.years.values() for column in own}
    for total in columns.totals:
        if any({*years, total.column} == set(one) for one in reading.equations):
            return "change"
    levels = {row.row for row in reading.rows if row.role == "line" and LEVEL.fullmatch(row.label)}
    if any(row.sum and levels & set(row.sum.rows) for row in reading.rows):
        return "change"  # what they are added to is the level
    if any(CUMULATIVE.search(text) for text in reading.words_above()):
        return "level"
    if len(columns.years) < 2:
        return "change"
    answer = reading.asking.ask(
        "basis",
        "Is a year's figure the change of that year, or the level that it reaches (cumulative)?",
        likely="change",
        choices=("change", "level"),
    )
    return answer or "change"


def _fte_year(reading: TableReading, columns: YearColumns) -> str:
    """The year of full-time equivalents that stand in one column without a year."""
    bare = [column for column in columns.fte if column.year is None]
    if not bare or not columns.years:
        return ""
    if len(columns.years) == 1:
        return str(next(iter(columns.years)))
    answer = reading.asking.ask(
        "fte-year",
        f"In which year do the posts in {bare[0].heading!r} change?",
        likely=str(next(iter(columns.years))),
        choices=tuple(map(str, columns.years)),
    )
    return answer or ""


# -- blocks ---------------------------------------------------------------------------------


def _blocks(
    reading: TableReading, shape: OptionShape, lines: Sequence[OptionLine], totals: Totals
) -> list[YamlValue]:
    """The blocks of the services, in the order of their first lines."""
    services: dict[str, list[OptionLine]] = {}
    for line in lines:
        if line.service == NONE:
            reading.leave_rows([line.row], f"{line.label!r} is of no service, as --map says")
        else:
            services.setdefault(line.service, []).append(line)
    ids = Ids((*reading.known.services, *services))
    made: list[YamlValue] = []
    for service, own in services.items():
        named = _ids(own, service, ids)
        block: dict[str, YamlValue] = {"service": service}
        if own[0].block_name and own[0].block_name != reading.known.services.get(service):
            block["name"] = own[0].block_name
        block["options"] = [_option(reading, shape, line, named) for line in own]
        if service in totals.blocks:
            row = totals.blocks[service]
            block["stated"] = _labelled(row.label, stated_of_row(reading, shape, row.row))
        made.append(block)
    return made


def _ids(lines: Sequence[OptionLine], service: str, ids: Ids) -> dict[int, str]:
    """Ids by row: an investment that shares a saving's name ends in -investment."""
    paying = [line for line in lines if KINDS[line.kind].may_be_invest_to_save]
    others = [line for line in lines if line not in paying]
    return {
        line.row: ids.of(
            line.label or f"row-{line.row + 1}",
            within=service,
            otherwise=line.kind if line in paying else "",
        )
        for line in (*others, *paying)
    }


def _option(
    reading: TableReading, shape: OptionShape, line: OptionLine, named: Mapping[int, str]
) -> dict[str, YamlValue]:
    made: dict[str, YamlValue] = {
        "id": named[line.row],
        "name": line.label or f"Row {line.row + 1}",
        "kind": line.kind,
        "status": line.status.replace("-", " "),
    }
    if INVEST_TO_SAVE.search(line.label) and KINDS[line.kind].may_be_invest_to_save:
        made["invest_to_save"] = True
        saved = id_of(line.label)
        if saved in named.values() and saved != named[line.row]:
            made["funds"] = FlowList([saved])
    made |= line.said
    made["changes"] = changes_of_row(reading, shape, line.row)
    if fte := fte_of_row(reading, shape, line.row):
        made["fte"] = fte
    if taken := total_of_row(reading, shape, line.row):
        made["stated"] = taken
    return made


# -- totals ---------------------------------------------------------------------------------


def _labelled(label: str, stated: dict[str, YamlValue]) -> dict[str, YamlValue]:
    return {**({"label": label} if label else {}), **stated}


def _groups(
    reading: TableReading, shape: OptionShape, totals: Totals
) -> list[dict[str, YamlValue]]:
    return [
        {
            "by": group.by,
            "name": group.name,
            "stated": _labelled(group.row.label, stated_of_row(reading, shape, group.row.row)),
        }
        for group in totals.groups
    ]


def _state_net_budget(
    reading: TableReading, shape: OptionShape, row: int, content: dict[str, YamlValue]
) -> None:
    """Put the net budgets that the changes lead to among what the file states."""
    budgets = Flow()
    for year, columns in shape.columns.years.items():
        place = filled_place(reading, row, columns)
        if taken := reading.take(place, "stated", "stated net budget", str(year)):
            budgets[str(year)] = taken
    stated = content.get("stated", {})
    if budgets and isinstance(stated, dict):
        content["stated"] = {**stated, "net_budget": budgets}
