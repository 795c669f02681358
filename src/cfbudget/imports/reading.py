"""One table on its way to a plan: its columns and rows with their meaning, what was answered, and
what became of each of its figures so far."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedCell
from cfbudget.grammar import counted
from cfbudget.ids import id_of
from cfbudget.imports.answers import NONE, Asking, rows_of
from cfbudget.imports.cell_places import name_of
from cfbudget.imports.columns import SourceColumn, WordRole, figure_columns, word_columns
from cfbudget.imports.fates import Fate, FateName, Trouble
from cfbudget.imports.figure_text import places_printed, text_with_unit
from cfbudget.imports.headings import heading_rows
from cfbudget.imports.known import Known
from cfbudget.imports.meant_figures import CORRECT, is_meant_above, why_no_figure
from cfbudget.imports.printed_words import (
    OWN_UNIT,
    names_something,
    part_of_council_tax,
    without_total,
    years_in,
)
from cfbudget.imports.row_sums import column_sums
from cfbudget.imports.rows import SourceRow, source_rows
from cfbudget.imports.source_tables import SourceTable
from cfbudget.imports.table_unit import likely_unit, printed_unit
from cfbudget.imports.yaml_text import Taken
from cfbudget.money import POUNDS, UNITS, Unit
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.values import is_tbc
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear

GENERAL = frozenset(
    {"reserves", "services", "schemes", "budget", "expenditure", "programme", "income"}
    | {entry.plural for entry in KINDS.values()}
    | {"options", "proposals", "changes", "funding", "resources"}
)
"""What a total or a heading says that names no plan."""


class TableReading:
    """A table that is being read as one kind of file."""

    def __init__(self, table: SourceTable, asking: Asking, known: Known) -> None:
        self.table = table
        self.asking = asking
        self.known = known
        self.fates: dict[CellPlace, Fate] = {}
        self.troubles: list[Trouble] = []
        self.notes: list[str] = []
        self.roles: Mapping[int, WordRole] = word_columns(table)
        self.columns = [column for column in figure_columns(table) if not self._is_out(column)]
        self.rows = self._chosen(source_rows(table, self.roles))
        self.labels = {row.row: row.label for row in self.rows}
        money = {column.column for column in self.columns if not column.is_fte}
        self.sums = _sums_by_row(table, money)
        self._see_rows()
        self.equations = column_sums(table.casting)
        if finer := sum(cell.held is not None for cell in table.grid.cells.values()):
            held = counted(finer, "figure", "is")
            self.notes.append(f"{held} stored finer than shown, and imported as shown.")
        self.unit = self._unit()
        self._hold_headings()

    def _see_rows(self) -> None:
        """Remember the figures of rows that are no lines and no totals."""
        money = {column.column for column in self.columns}
        for row in self.rows:
            places = [(row.row, column) for column in self.table.grid.columns]
            if row.role == "heading":
                found = (place for place in places if place in self.table.grid.cells)
                self.fates |= dict.fromkeys(found, Fate("nil"))
            elif row.role == "unstated":
                for place in places:
                    self.see_unstated(place, of_line=place[1] in money)
            elif row.role == "again":
                self.leave(places, "the row prints again what another prints")

    def _hold_headings(self) -> None:
        """Refuse what stands among the headings and was to be a figure, with its line."""
        for row in heading_rows(self.table):
            for column in self.table.grid.columns:
                text = self.table.text(row, column)
                if is_meant_above(text):
                    self.trouble(
                        (row, column),
                        f"{text!r} stands above the first figures, and is none",
                        "correct it in the source",
                    )

    # -- what is read ---------------------------------------------------------------------

    def _is_out(self, column: SourceColumn) -> bool:
        if column.out:
            self.leave_column(column.column, column.out)
        return bool(column.out)

    def _chosen(self, rows: list[SourceRow]) -> list[SourceRow]:
        """The rows that are to be imported, where not all are."""
        given = self.asking.told("rows")
        if given is None:
            return rows
        first, last = rows_of(given)
        chosen = [row for row in rows if first <= row.row + 1 <= last]
        self.leave_rows(
            (row.row for row in rows if row not in chosen), f"not among the rows {given}"
        )
        return chosen

    def _unit(self) -> Unit | None:
        """The unit that is printed over the figures, above the table or beside its figures."""
        given = self.asking.told("unit")
        money = [
            column
            for column in self.columns
            if not (column.is_fte or part_of_council_tax(column.heading))
        ]
        printed = printed_unit(self.table, money, self.words_above())
        if given is not None and given in UNITS:
            if printed not in (None, UNITS[given]):
                assert printed is not None
                self.notes.append(f"The table prints {printed.name}; {given} was given.")
            return UNITS[given]
        if printed is None:
            self.asking.ask(
                "unit",
                "In which unit are the figures?",
                likely=likely_unit(self.table).name,
                choices=tuple(UNITS),
            )
        return printed

    def words_above(self) -> list[str]:
        """All words above the figures, and the table's name."""
        rows = range(self.table.first, self.table.grid.heads)
        texts = [text for row in rows for text in self.table.rows[row] if text]
        return [*texts, self.table.name]

    def years_printed(self) -> tuple[FinancialYear, ...]:
        """The years of titles, of headings over words and of labels of totals."""
        texts = [*self.words_above(), *(row.label for row in self.rows if row.role == "total")]
        return tuple(sorted({year for text in texts for year in years_in(text)}))

    # -- figures --------------------------------------------------------------------------

    def pence(self, place: CellPlace) -> int | None:
        """What a cell states; None where it is no figure, or finer than a penny."""
        cell = self.table.grid.cells.get(place)
        if cell is None or self.unit is None:
            return None
        unit = POUNDS if self._has_own_unit(place) else self.unit
        exact = self._amount(cell) * unit.pence
        whole = int(exact)
        if exact != whole:
            self.trouble(
                place,
                f"{self.table.text(*place)!r} in {unit.name} is finer than a penny",
                "give the unit that the table is in: --unit £",
            )
            return None
        return whole

    def _amount(self, cell: PrintedCell) -> Decimal:
        return Decimal(cell.value).scaleb(-self.table.grid.places)

    def _has_own_unit(self, place: CellPlace) -> bool:
        return OWN_UNIT.search(self.table.text(*place)) is not None

    def text(self, place: CellPlace, *, turn: int = 1) -> str:
        """A figure as a plan's file has it: plain, to its printed places."""
        cell = self.table.grid.cells[place]
        amount = self._amount(cell) * turn
        if cell.nil:
            return "0"
        if not amount:
            amount = abs(amount)  # no minus before nil
        if self._has_own_unit(place):
            return text_with_unit(amount, cell, self.table.grid.places)
        return f"{amount:.{places_printed(cell, self.table.grid.places)}f}"

    def take(
        self, place: CellPlace, fate: FateName, of: str, when: str = "", *, turn: int = 1
    ) -> Taken | None:
        """A figure for the plan; None where the cell states none.

        Args:
            fate: what becomes of it.
            of: what it measures, for the proof.
            turn: -1 where the plan has the other sign than the source prints.
        """
        if reason := self.table.grid.unreadable.get(place):
            if fate == "line":
                self._refuse(place, reason)
            else:
                self.fates[place] = Fate("left out", f"it cannot be read: {reason}")
            return None
        pence = self.pence(place)
        if pence is None:
            self.see_unstated(place, of_line=fate == "line")
            return None
        cell = self.table.grid.cells[place]
        if cell.percent:
            self.leave([place], "a percentage")
            return None
        self.fates[place] = Fate("nil" if not cell.value and fate == "line" else fate)
        text = "-" if cell.dash and fate == "stated" else self.text(place, turn=turn)
        return Taken(text, (place,), pence * turn, of, when)

    def take_fte(self, place: CellPlace, fate: FateName, when: str) -> Taken | None:
        """Full-time equivalents, in hundredths; None where the cell states none."""
        of = "FTE" if fate == "line" else "stated FTE"
        return self.take_hundredths(place, fate, of, when)

    def take_hundredths(self, place: CellPlace, fate: FateName, of: str, when: str) -> Taken | None:
        """What is counted to hundredths, whatever the table's unit, or is in pounds and pence."""
        cell = self.table.grid.cells.get(place)
        if cell is None:
            self.see_unstated(place, of_line=fate == "line")
            return None
        hundredths = self._amount(cell) * 100
        if hundredths != int(hundredths):
            self.fates[place] = Fate("left out", "it is finer than a hundredth")
            return None
        self.fates[place] = Fate("nil" if not cell.value and fate == "line" else fate)
        return Taken(self.text(place), (place,), int(hundredths), of, when)

    def is_tbc(self, place: CellPlace) -> bool:
        """Whether a cell says that its amount is not known yet."""
        return is_tbc(self.table.text(*place))

    def see_unstated(self, place: CellPlace, *, of_line: bool = False) -> None:
        """Remember a cell with words in place of a figure; refuse it where they were meant as
        the figure of a line, which would be lost."""
        text = self.table.text(*place)
        if not text or place in self.fates:
            return
        self.fates[place] = Fate("not stated")
        is_figure = place in self.table.grid.cells  # of a unit that is not told yet
        if of_line and not is_figure and (found := why_no_figure(text)):
            self._refuse(place, found.reason, found.hint)

    def _refuse(self, place: CellPlace, reason: str, hint: str = CORRECT) -> None:
        self.trouble(place, f"{self.table.text(*place)!r} cannot be read: {reason}", hint)

    def trouble(self, place: CellPlace | None, reason: str, hint: str) -> None:
        """Why the table cannot be imported as it is."""
        self.troubles.append(Trouble(place, Refusal(reason, hint)))

    # -- what is left out -----------------------------------------------------------------

    def leave(self, places: Iterable[CellPlace], why: str) -> None:
        """Leave figures out, but for those of which something became already."""
        for place in places:
            if place in self.table.grid.cells or place in self.table.grid.unreadable:
                self.fates.setdefault(place, Fate("left out", why))
            elif self.table.text(*place):
                self.see_unstated(place)

    def leave_column(self, column: int, why: str) -> None:
        """Leave out what a column states."""
        self.leave(((row, column) for row in self.table.grid.rows), why)

    def leave_rows(self, rows: Iterable[int], why: str) -> None:
        """Leave out what rows state."""
        self.leave(((row, c) for row in rows for c in self.table.grid.columns), why)

    def named(self, place: CellPlace) -> str:
        """A cell's name."""
        return name_of(place)

    def title(self, label: str, over: str = "") -> str:
        """What the plan's table is called: as it was given, as its heading or its total says, as
        its folder's budget is, or as the source's table is.

        Args:
            label: of the total of all.
            over: the words over the names of lines, where these are a name.
        """
        named = (self.asking.told("name") or "", over, without_total(label), self.known.name)
        fit = (one for one in named if names_something(one) and id_of(one) not in GENERAL)
        return next(fit, self.table.name if names_something(self.table.name) else "")

    # -- names ----------------------------------------------------------------------------

    def mapped(self, label: str) -> str | None:
        """The id that was given for a label; `none` for one that is to be left out."""
        return self.asking.told("map", label)

    def is_left_out(self, label: str) -> bool:
        return self.asking.told("map", label) == NONE


def _sums_by_row(table: SourceTable, columns: set[int]) -> dict[int, int]:
    """What each row's figures come to, in whole numbers of the finest place: its sign is theirs."""
    found: dict[int, int] = {}
    for (row, column), cell in table.grid.cells.items():
        if column in columns:
            found[row] = found.get(row, 0) + cell.value
    return found
