"""By which signs a formula that a label states is meant.

What a label takes off is printed plus, or bears a minus itself: then it is added. A table does one
or the other. So where figures make a formula only with signs that its label does not have, and that
other labels of the table do not have either, one of its figures has a wrong sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.favourable import INCOME, turned_claim
from cfbudget.casting.search.label_formulas import LabelFormula, lacking_formulas
from cfbudget.casting.search.stated_formulas import BITS, SignedLines
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import row_label, words_of

MINUS = INCOME | {"precept", "precepts", "rates", "resources", "surplus", "tax", "turnover"}
"""What a statement of spending may print with a minus."""


class MeantFormula(NamedTuple):
    """A formula in each column, or row, that states its figures, with all signs by which it may be
    meant: one list of sums for each, the likeliest signs first."""

    formula: LabelFormula
    ways: Sequence[Sequence[Tested]]


class _Signs(NamedTuple):
    """A formula with the signs as its label has them, and with those of amounts, where figures bear
    their minus: what it begins with, what it takes off, or both."""

    formula: LabelFormula
    plain: Sequence[Tested]
    first: Sequence[Sequence[Tested]]
    taken: Sequence[Sequence[Tested]]
    both: Sequence[Sequence[Tested]]
    begins: set[int]
    takes: set[int]
    """The turns of what it begins with, and of what it takes off."""

    @property
    def only_amounts(self) -> bool:
        """Whether it holds only where figures bear their minus themselves."""
        ways = self.ways(first=True, taken=True)
        return any(any(map(holds, way)) for way in ways) and not any(map(holds, self.plain))

    def ways(self, *, first: bool, taken: bool) -> Sequence[Sequence[Tested]]:
        """Every way that it may be meant, the likeliest first.

        Args:
            first: whether what it begins with may bear its minus, though it is an amount.
            taken: whether what it takes off may.
        """
        both = self.both if first and taken else ()
        return [*both, *(self.first if first else ()), *(self.taken if taken else ()), self.plain]


def meant_formulas(
    grid: PrintedGrid, formulas: Iterable[LabelFormula], *, exact: bool
) -> list[MeantFormula]:
    """The formulas with the signs that the table as a whole allows."""
    signs = [_signs(grid, formula, exact=exact) for formula in formulas]
    down = [one for one in signs if one.formula.down]
    marked = [one for one in down if one.only_amounts]
    held = [one for one in down if any(map(holds, one.plain)) or one.only_amounts]
    plain = [one for one in held if _all_hold(one.plain)]
    no_first = _are_more(
        [one for one in held if one.begins == {1}], [one for one in marked if -1 in one.begins]
    )
    no_taken = _are_more(
        [one for one in plain if one.takes == {1}], [one for one in marked if -1 in one.takes]
    )
    found = []
    for one in signs:
        doubted = one.formula.down and one.only_amounts
        first = not (doubted and no_first) or _is_income(grid, one.formula)
        found.append(
            MeantFormula(one.formula, one.ways(first=first, taken=not (doubted and no_taken)))
        )
    return found


def _are_more(some: Sequence[_Signs], others: Sequence[_Signs]) -> bool:
    return len(some) >= max(1, len(others))


def _is_income(grid: PrintedGrid, formula: LabelFormula) -> bool:
    """Whether a formula begins with what a statement may print with a minus throughout."""
    return bool(words_of(row_label(grid, formula.formula.terms[0][1])) & MINUS)


def lacking_sums(grid: PrintedGrid, *, exact: bool) -> Iterator[tuple[Tested, str]]:
    """What formulas come to that name a line which is missing, each with that line's name."""
    for formula, name in lacking_formulas(grid):
        terms, one = formula.terms, LabelFormula(formula, down=True)
        for claim in _claims(grid, one, terms, fewest=1):
            yield prove(grid, claim, exact=exact), name


def holds(one: Tested) -> bool:
    return one.outcome in ("agrees", "rounding")


def _all_hold(sums: Sequence[Tested]) -> bool:
    return bool(sums) and all(map(holds, sums))


def _signs(grid: PrintedGrid, formula: LabelFormula, *, exact: bool) -> _Signs:
    terms = formula.formula.terms
    turns = {line: _turn(grid, line, down=formula.down) for _, line in terms}
    begins, takes = (
        {turn for one, line in terms if one == sign and (turn := turns[line])} for sign in (1, -1)
    )

    def tested(*turned: int) -> list[Tested]:
        """With the signs of amounts for lines of these signs."""
        signed = tuple(
            (sign * (turns[line] or 1) if sign in turned else sign, line) for sign, line in terms
        )
        return [prove(grid, claim, exact=exact) for claim in _claims(grid, formula, signed)]

    alike = len(begins) < 2 and len(takes) < 2 and (takes or not formula.down)
    first, taken = alike and -1 in begins, alike and -1 in takes
    ways = [tested(1, -1), tested(1)] if first else []
    return _Signs(
        formula,
        tested(),
        [way for one in ways[1:] for way in (one, _turned(grid, one, exact=exact))],
        [tested(-1)] if taken else [],
        [way for one in ways[:1] for way in (one, _turned(grid, one, exact=exact))],
        begins,
        takes,
    )


def _turned(grid: PrintedGrid, way: Sequence[Tested], *, exact: bool) -> list[Tested]:
    """The same with the total the other way round."""
    return [prove(grid, turned_claim(one.claim), exact=exact) for one in way]


def _turn(grid: PrintedGrid, line: int, *, down: bool) -> int:
    """-1 for a line of which no figure is plus, 0 for one of nils, else 1."""
    members = grid.columns if down else grid.rows
    cells = [grid.cells.get(_at(line, member, down=down)) for member in members]
    values = [cell.value for cell in cells if cell and cell.value]
    return 0 if not values else -1 if max(values) < 0 else 1


def _claims(
    grid: PrintedGrid, formula: LabelFormula, terms: SignedLines, *, fewest: int = 2
) -> list[Claim]:
    found = []
    for member in grid.columns if formula.down else grid.rows:
        total = _at(formula.formula.total, member, down=formula.down)
        places = [(sign, _at(line, member, down=formula.down)) for sign, line in terms]
        stated = tuple(term for term in places if _is_figure(grid, term[1]))
        if (
            len(stated) >= fewest
            and _is_figure(grid, total)
            and _is_of_one_kind(grid, total, stated)
        ):
            found.append(Claim("sum", total, stated, formula.down, BITS))
    return found


def _at(line: int, member: int, *, down: bool) -> CellPlace:
    return (line, member) if down else (member, line)


def _is_figure(grid: PrintedGrid, place: CellPlace) -> bool:
    return place in grid.cells or place in grid.unreadable


def _is_of_one_kind(grid: PrintedGrid, total: CellPlace, terms: Sequence[Term]) -> bool:
    """Whether all are percentages, or none."""
    cells = (grid.cells.get(place) for place in (total, *(place for _, place in terms)))
    return len({cell.percent for cell in cells if cell}) < 2
