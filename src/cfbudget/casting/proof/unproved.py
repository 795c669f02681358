"""What becomes of the totals that are claimed: relations where a block makes them, or unproved."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.addresses import cell_name
from cfbudget.casting.proof.nearest_blocks import (
    NearBlock,
    NearestBlocks,
    all_added,
    is_difference,
)
from cfbudget.casting.proof.printed_twice import passes_over_twin, twin_rows
from cfbudget.casting.proof.sum_lines import SumLines, sum_lines
from cfbudget.casting.results import Unproved
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.search.stated_formulas import formula_claims
from cfbudget.casting.table.grid import PrintedGrid

MOST_WALKS = 8
TWICE = "it is a sum but for a line that is printed twice"
TWIN = "it is such a line"
TURNED = "it is the sum of its lines with the other sign"


class SettledTotals(NamedTuple):
    """All relations, with those that labels state and that the blocks above claimed totals make;
    and the totals that none makes."""

    tested: tuple[Tested, ...]
    unproved: tuple[Unproved, ...]


def settle_totals(grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool) -> SettledTotals:
    """Look for the block of every claimed total that no relation makes."""
    known = {one.claim: one for one in tested}
    claims = [*known, *formula_claims(grid, list(known))]
    lines, twins = sum_lines(grid, exact=exact), twin_rows(grid)
    kept: list[Claim] = []
    doubtful: dict[int, str] = {}
    for claim in claims:
        why = ""
        if passes_over_twin(claim, twins):
            why = TWICE if claim.total[0] not in {*twins, *twins.values()} else TWIN
        elif len(lines.side.members) == 1 and _is_turned(grid, claim):
            why = TURNED
        if not why:
            kept.append(claim)
        elif why != TWIN and claim.total in lines.line_at:
            doubtful[lines.line_at[claim.total]] = why
    blocks: list[NearBlock] = []
    for _ in range(MOST_WALKS):  # a sum that is found changes what is open further down
        blocks = list(NearestBlocks(grid, lines, kept, doubtful).found())
        made = [claim for block in blocks if not block.misses for claim in _claims(lines, block)]
        kept += made
        if not made:
            break
    missed = [block for block in blocks if block.misses]
    kept += [claim for block in missed for claim in _claims(lines, block)]
    unproved = [one for block in missed for one in _unproved(grid, lines, block)]
    ordered = sorted(kept, key=lambda claim: (claim.total, claim.down))
    added = set(kept) - set(claims)  # by a label or a place: they accuse nothing
    proved = [known.get(claim) or prove(grid, claim, exact=exact) for claim in ordered]
    return SettledTotals(
        tuple(one for one in proved if one.outcome != "differs" or one.claim not in added),
        tuple(unproved),
    )


def _is_turned(grid: PrintedGrid, claim: Claim) -> bool:
    """Whether a sum of lines of both signs is printed with the other sign, of which one column
    alone tells."""
    values = [cell.value for _, place in claim.terms if (cell := grid.cells.get(place))]
    minus = all(sign < 0 for sign, _ in claim.terms)
    return claim.down and minus and len(values) > 2 and min(values) < 0 < max(values)


def _claims(lines: SumLines, block: NearBlock) -> Iterator[Claim]:
    for member in block.holds:
        equation, values = block.equation, lines.side.values
        found = difference(lines.side, equation, member)
        if is_difference(equation) and found and 2 * abs(found[0]) > found[1]:
            equation = all_added(equation)  # favourable variances
        total = lines.place(equation.total, member)
        terms = tuple(
            (sign, lines.place(line, member))
            for sign, line in equation.terms
            if values[line][member] is not None
        )
        if terms:
            yield Claim("sum", total, terms, down=True, bits=max(0, block.bits))


def _unproved(grid: PrintedGrid, lines: SumLines, block: NearBlock) -> Iterator[Unproved]:
    line, terms = block.equation
    values = lines.side.values
    for member in block.misses:
        computed = sum(sign * (values[term][member] or 0) for sign, term in terms)
        stated = [(sign, term) for sign, term in terms if values[term][member] is not None]
        yield Unproved(
            total=_name(lines, line, member),
            nearest=tuple(
                f"{'+' if sign > 0 else '-'}{_name(lines, term, member)}" for sign, term in stated
            ),
            stated=grid.amount(values[line][member] or 0),
            computed=grid.amount(computed),
            claim=block.claimed.why,
        )


def _name(lines: SumLines, line: int, member: int) -> str:
    row, column = lines.place(line, member)
    return cell_name(row + 1, column + 1)
