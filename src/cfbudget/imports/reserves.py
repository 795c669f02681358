"""A table of balances and what moves them to reserves."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.imports.answers import NONE
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.drafted import Drafted, Ids
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import tree_of
from cfbudget.imports.yaml_text import Flow, FlowList, Taken, YamlValue
from cfbudget.problem import Refusal
from cfbudget.read.folder import RESERVES
from cfbudget.years import FinancialYear, parse_year

MEASURES = (
    ("closing", re.compile(r"\bclosing\b|\bc/?f\b|\bcarried forward\b|\b31(?:st)? mar", re.I)),
    ("opening", re.compile(r"\bopening\b|\bb/?f\b|\bbrought forward\b|\b0?1(?:st)? apr", re.I)),
    (
        "draws",
        re.compile(
            r"\bdr?aw(?:n|s|down|ings?)?\b|\buse[ds]?\b|\bout\b|\bfrom\b|\bwithdraw|\bspend", re.I
        ),
    ),
    ("contributions", re.compile(r"\bcontributions?\b|\bin\b|\bto\b|\badditions?\b|\btop", re.I)),
    ("movement", re.compile(r"\bmovements?\b|\bchange\b|\btransfers?\b", re.I)),
)
"""What a heading says; the first that fits."""
DATE = re.compile(
    r"\b(?P<day>31|0?1)(?:st)?[ ./-](?:mar\w*|apr\w*|0?3|0?4)[ ./-](?P<year>\d{4}|\d{2})\b", re.I
)
OF_RESERVES = ("opening", "contributions", "draws", "closing")


class Balance(NamedTuple):
    """A column of reserves: what it measures, and of which year."""

    column: SourceColumn
    measure: str
    year: FinancialYear


def reserves(reading: TableReading) -> list[Drafted]:
    """The file of a table's reserves."""
    balances = list(_balances(reading))
    tree = tree_of(reading.rows)
    moved = {one.year for one in balances if one.measure not in ("opening", "closing")}
    years = sorted(moved or {one.year for one in balances})
    ids = Ids(reading.known.services)
    made = [
        _reserve(reading, row, balances, years, ids) for row in reading.rows if row.role == "line"
    ]
    label = tree.rows[tree.top].label if tree.top is not None else ""
    content: dict[str, YamlValue] = {
        "name": reading.title(label),
        "unit": reading.unit.name if reading.unit else "",
    }
    if reading.table.casting.exact:
        content["exact"] = True
    content["financial_years"] = FlowList(map(str, years))
    content |= {"source": "", "reserves": [one for one in made if one]}
    if tree.top is not None and (stated := _stated(reading, tree.top, balances, years, all_=True)):
        content["stated"] = {**({"label": label} if label else {}), **stated}
    left = (row.row for row in reading.rows if row.role == "total" and row.row != tree.top)
    reading.leave_rows(left, "the total of some of the reserves, for which the file has no place")
    return [Drafted(RESERVES, "reserves", content)]


def _balances(reading: TableReading) -> Iterator[Balance]:
    """What each column measures and of which year."""
    found = [(column, *_said(reading, column)) for column in reading.columns]
    years = {year for _, _, year in found if year}
    whole = len(years) == 1 and next(iter(years))
    asked = whole or (None if all(year for _, _, year in found) else _year(reading))
    for column, measure, year in found:
        when = year or asked
        if measure == NONE:
            reading.leave_column(column.column, "left out, as --column says")
        elif not measure:
            name = letters(column.column + 1)
            reading.asking.ask(
                "column",
                f"What is column {name} ({column.heading!r}): opening, contributions, draws, "
                "closing?",
                word=name,
                likely=NONE,
            )
        elif when is not None:
            yield Balance(column, measure, when)


def _said(reading: TableReading, column: SourceColumn) -> tuple[str, FinancialYear | None]:
    """A column's measure and year, as they were given or as its words say."""
    given = reading.asking.told("column", letters(column.column + 1))
    words = (given,) if given else column.words
    if given == NONE:
        return NONE, None
    date = next((match for text in words if (match := DATE.search(text))), None)
    if date is not None:
        year = int(date["year"])
        year += 2000 if year < 100 else 0
        closing = date["day"] == "31"
        return ("closing" if closing else "opening"), FinancialYear(year - closing)
    measure = column._replace(words=words).first_said(MEASURES)
    return measure or ("movement" if column.year else ""), column.year


def _year(reading: TableReading) -> FinancialYear | None:
    printed = reading.years_printed()
    answer = reading.asking.told("year") or (str(printed[0]) if len(printed) == 1 else None)
    answer = answer or reading.asking.ask(
        "year",
        "Of which financial year are the figures?",
        likely=str(printed[-1]) if printed else "",
    )
    year = parse_year(answer) if answer else None
    return None if year is None or isinstance(year, Refusal) else year


def _reserve(
    reading: TableReading,
    row: SourceRow,
    balances: Sequence[Balance],
    years: Sequence[FinancialYear],
    ids: Ids,
) -> dict[str, YamlValue] | None:
    if reading.is_left_out(row.label) or not years:
        reading.leave_rows([row.row], f"{row.label!r} is left out, as --map says")
        return None
    given = reading.mapped(row.label)
    made: dict[str, YamlValue] = {"id": ids.of(given or row.label), "name": row.label}
    opening = _opening(reading, row.row, balances, years[0])
    if opening is None:
        reading.trouble(
            (row.row, 0),
            f"{row.label!r} has no opening balance of {years[0]}",
            "say which column has it: --column B=opening",
        )
    made["opening"] = opening or "0"
    moves = {"contributions": Flow(), "draws": Flow()}
    for one in balances:
        if one.year in years and one.measure not in ("opening", "closing"):
            _move(reading, row.row, one, moves)
    made |= {what: amounts for what, amounts in moves.items() if amounts}
    if stated := _stated(reading, row.row, balances, years, all_=False):
        made["stated"] = {**stated}
    return made


def _opening(
    reading: TableReading, row: int, balances: Sequence[Balance], first: FinancialYear
) -> Taken | None:
    """The balance at the start of the first year: its own, or what the year before closes with."""
    for one in balances:
        before = one.measure == "closing" and one.year.next() == first
        if before or (one.measure == "opening" and one.year == first):
            taken = reading.take((row, one.column.column), "line", "opening", str(first))
            if taken:
                return taken
    return None


def _move(reading: TableReading, row: int, one: Balance, moves: dict[str, Flow]) -> None:
    """What a column says of a reserve in a year: both contributions and draws are plus."""
    place = (row, one.column.column)
    cell = reading.table.grid.cells.get(place)
    minus = cell is not None and cell.value < 0
    if one.measure == "movement":
        what = "draws" if minus else "contributions"
        turn = -1 if minus else 1
    else:
        what, turn = one.measure, -1 if _is_minus(reading, one.column) else 1
    taken = reading.take(place, "line", what, str(one.year), turn=turn)
    if taken and taken.pence:
        moves[what][str(one.year)] = taken


def _is_minus(reading: TableReading, column: SourceColumn) -> bool:
    """Whether a column prints what it says with a minus."""
    cells = reading.table.grid.cells.items()
    return sum(cell.value for (_, at), cell in cells if at == column.column) < 0


def _stated(
    reading: TableReading,
    row: int,
    balances: Sequence[Balance],
    years: Sequence[FinancialYear],
    *,
    all_: bool,
) -> dict[str, YamlValue]:
    """The balances that follow from others, as they are printed; of the total all that it has."""
    found: dict[str, Flow] = {}
    for one in balances:
        place = (row, one.column.column)
        if place in reading.fates or (one.measure == "movement" and not all_):
            continue
        if one.year not in years or one.measure not in OF_RESERVES:
            why = "it is of another year" if one.year not in years else "a net movement of all"
            reading.leave([place], why)
            continue
        turned = one.measure == "draws" and _is_minus(reading, one.column)
        said = f"stated {one.measure}"
        taken = reading.take(place, "stated", said, str(one.year), turn=-1 if turned else 1)
        if taken:
            found.setdefault(one.measure, Flow())[str(one.year)] = taken
    return {what: found[what] for what in OF_RESERVES if what in found}
