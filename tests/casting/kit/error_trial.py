"""What casting makes of planted errors, counted: which it flags, which it passes in silence."""

from collections import Counter
from operator import sub

from cfbudget.casting.results import Casting
from tests.casting.kit.checks import outcome
from tests.casting.kit.known_casting import cast_known
from tests.casting.kit.printed_errors import PrintedError, plant_errors
from tests.casting.kit.scores import KnownTable


class ErrorTrial:
    """A run over tables; counts by kind of error, and what was passed in silence or accused."""

    def __init__(self, seed: str, *, cells: int, lines: int) -> None:
        self._seed, self._cells, self._lines = seed, cells, lines
        self.planted: Counter[str] = Counter()
        self.flagged: Counter[str] = Counter()
        self.silent: Counter[str] = Counter()
        """Passed with all well: exit status 0."""
        self.false: Counter[str] = Counter()
        """Figures of no broken relation that are called wrong because of the error."""
        self.no_totals = 0
        """Rows and columns of tables without an error that are wrongly said not to add up."""
        self.by_table: dict[str, tuple[int, ...]] = {}
        """How many were planted, flagged, silent and accused in each table."""
        self.told: list[str] = []
        """What went wrong, a line each."""

    def run(self, table: KnownTable) -> None:
        untouched = cast_known(table)
        self._right(table, untouched.casting)
        before = called_wrong(untouched.casting)
        so_far = self._counts()
        for error in plant_errors(table, self._seed, cells=self._cells, lines=self._lines):
            self._wrong(table, error, before)
        self.by_table[table.name] = tuple(map(sub, self._counts(), so_far))

    def _counts(self) -> tuple[int, ...]:
        return tuple(c.total() for c in (self.planted, self.flagged, self.silent, self.false))

    def _right(self, table: KnownTable, casting: Casting) -> None:
        exact = table.checks.exact
        wrong = {
            c.total for c in table.checks.checks if outcome(c, table.rows, exact=exact) == "differs"
        }
        rows = {line for line in _unproved_lines(casting) if not wrong.intersection(line)}
        self.no_totals += len(rows)
        self.told += [f"{table.name}: no total: {' '.join(sorted(row))}" for row in rows]

    def _wrong(self, table: KnownTable, error: PrintedError, before: frozenset[str]) -> None:
        found = cast_known(table, error.rows)
        named = called_wrong(found.casting)
        new = {cell for cell in named if error.name_before(cell) not in before}
        self.planted[error.kind] += 1
        if new & error.broken:
            self.flagged[error.kind] += 1
        elif found.is_well:
            self.silent[error.kind] += 1
            self.told.append(f"{table.name}: silent: {error.kind} {error.where}")
        else:
            self.told.append(f"{table.name}: not flagged: {error.kind} {error.where}")
        astray = new - error.broken
        self.false[error.kind] += len(astray)
        if astray:
            cells = " ".join(sorted(astray))
            self.told.append(f"{table.name}: accused: {cells} for {error.kind} {error.where}")


def called_wrong(casting: Casting) -> frozenset[str]:
    """The cells that are said to be wrong, or not shown to add up."""
    differing = {relation.total for relation in casting.relations if relation.outcome == "differs"}
    suspects = {suspect.cell for suspect in casting.suspects}
    return frozenset(differing | suspects | {one.total for one in casting.unproved})


def _unproved_lines(casting: Casting) -> set[frozenset[str]]:
    """The cells not shown to add up, by the row (or the column) that they stand in."""
    lines: dict[str, set[str]] = {}
    for one in casting.unproved:
        across = {term.lstrip("+-").strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for term in one.nearest}
        row = one.total.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        line = one.total.rstrip("0123456789") if across == {row} else row
        lines.setdefault(line, set()).add(one.total)
    return {frozenset(cells) for cells in lines.values()}
