"""What pays for a capital programme, where its table says it: in columns by scheme, or in rows."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.imports.answers import NONE, SOURCES
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree
from cfbudget.imports.yaml_text import Flow, Taken, YamlValue
from cfbudget.years import FinancialYear

Sources = dict[int, tuple[SourceColumn, FinancialYear]]
"""The columns of what pays for schemes, with their years."""

WORDS: Mapping[str, re.Pattern[str]] = {
    source: re.compile(words, re.IGNORECASE)
    for source, words in {
        "grants": r"\bgrants?\b|\bgovernment\b|\bgvmt\b|\bgovt\b",
        "contributions": r"\bcontributions?\b|\bcontr\b|\bdevelopers?\b|\bs106\b|\bparty\b|\bcil\b",
        "receipts": r"\breceipts?\b",
        "revenue": r"\brevenue\b|\breserves?\b",
        "borrowing": r"\bborrowing\b",
    }.items()
}
PAYS = re.compile(r"\bfund(?:ing|ed)?\b|\bfinanc", re.IGNORECASE)


def source_of_words(reading: TableReading, words: str) -> str | None:
    """The source that words name, or that was given for them; None where none is."""
    if given := reading.asking.told("kind", words):
        return given if given in SOURCES else None
    return next((source for source, pattern in WORDS.items() if pattern.search(words)), None)


def scheme_financing(reading: TableReading, sources: Sources, row: int) -> dict[str, YamlValue]:
    """What pays for a scheme by source and year, from its columns."""
    found: dict[str, Flow] = {}
    for column, year in sources.values():
        words = _own_words(column)
        source = source_of_words(reading, words)
        if source is None:
            reading.asking.ask(
                "kind",
                f"What pays for schemes in the column {words!r}?",
                word=words,
                likely="borrowing",
                choices=SOURCES,
            )
            continue
        taken = reading.take((row, column.column), "line", f"financing: {source}", str(year))
        if taken and taken.pence:
            _add(found.setdefault(source, Flow()), str(year), taken)
    return {source: found[source] for source in SOURCES if source in found}


def _own_words(column: SourceColumn) -> str:
    """A column's words without its year and unit."""
    from cfbudget.imports.printed_words import YEARS

    return YEARS.sub("", column.words[-1] if column.words else "").strip(" £-–:")


def _add(amounts: Flow, key: str, taken: Taken) -> None:
    """Add a figure to those of its year: of several lines of one source."""
    before = amounts.get(key)
    if not isinstance(before, Taken):
        amounts[key] = taken
        return
    places = max(len(one.text.partition(".")[2]) for one in (before, taken))
    from decimal import Decimal

    total = Decimal(before.text) + Decimal(taken.text)
    amounts[key] = Taken(
        f"{total:.{places}f}",
        (*before.cells, *taken.cells),
        before.pence + taken.pence,
        taken.of,
        taken.when,
    )


class RowFinancing(NamedTuple):
    """The rows that say what pays for the whole programme, with their sources."""

    rows: Mapping[int, str]
    turned: frozenset[int]
    """Those that are printed minus."""

    def drafted(
        self,
        reading: TableReading,
        years: Mapping[FinancialYear, SourceColumn],
        later: SourceColumn | None,
        programme: SourceColumn | None,
    ) -> dict[str, YamlValue]:
        """The amounts by source and year, all plus, and what each source is stated to come to."""
        found: dict[str, Flow] = {}
        columns = [(str(year), column) for year, column in years.items()]
        columns += [("later", later)] if later else []
        for row, source in self.rows.items():
            turn = -1 if row in self.turned else 1
            for key, column in columns:
                place = (row, column.column)
                taken = reading.take(place, "line", f"financing: {source}", key, turn=turn)
                if taken and taken.pence:
                    _add(found.setdefault(source, Flow()), key, taken)
        made: dict[str, YamlValue] = {
            source: found[source] for source in SOURCES if source in found
        }
        if programme and (stated := self._stated(reading, programme)):
            made["stated"] = stated
        return made

    def _stated(self, reading: TableReading, programme: SourceColumn) -> dict[str, YamlValue]:
        sources = list(self.rows.values())
        found: dict[str, YamlValue] = {}
        for row, source in self.rows.items():
            place = (row, programme.column)
            if sources.count(source) > 1:
                reading.leave([place], f"one of several lines that the file has as {source}")
                continue
            turn = -1 if row in self.turned else 1
            what = f"stated financing: {source}"
            if taken := reading.take(place, "stated", what, turn=turn):
                found[source] = Flow(programme=taken)
        return found


def programme_financing(reading: TableReading, tree: Tree) -> RowFinancing:
    """The rows that take what pays for it off the spending: those below it that are minus, and
    the borrowing that is left."""
    minus = [row for row in reading.rows if row.role == "line" and reading.sums.get(row.row, 0) < 0]
    if not any(_speaks(reading, row) for row in minus):
        return RowFinancing({}, frozenset())
    found: dict[int, str] = {}
    for row in minus:
        source = source_of_words(reading, row.label)
        if source is None:
            reading.asking.ask(
                "kind",
                f"What pays for the programme in the row {row.label!r}?",
                word=row.label,
                likely="grants",
                choices=SOURCES,
            )
        elif source != NONE:
            found[row.row] = source
    if tree.top is not None:
        left = source_of_words(reading, tree.rows[tree.top].label)
        if left == "borrowing":
            found[tree.top] = left
    turned = frozenset(row.row for row in minus)
    return RowFinancing(found, turned)


def _speaks(reading: TableReading, row: SourceRow) -> bool:
    return source_of_words(reading, row.label) is not None or bool(PAYS.search(row.label))
