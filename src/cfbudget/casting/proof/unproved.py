"""What becomes of the totals that are claimed: relations where a block makes them, or unproved."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.addresses import cell_name
from cfbudget.casting.proof.block_scale import NearBlock, all_added, is_difference
from cfbudget.casting.proof.checked_nils import checked_nils
from cfbudget.casting.proof.columns_apart import columns_apart
from cfbudget.casting.proof.formula_ways import lacking_sums
from cfbudget.casting.proof.missed_sum import missed_sum
from cfbudget.casting.proof.nearest_blocks import NearestBlocks
from cfbudget.casting.proof.printed_twice import (
    counts_twin,
    passes_over_twin,
    twin_rows,
    with_twins,
)
from cfbudget.casting.proof.stated_sums import with_stated_sums
from cfbudget.casting.proof.sum_lines import SumLines, sum_lines
from cfbudget.casting.proof.total_columns import total_columns
from cfbudget.casting.proof.turned_lines import all_plus, turned_lines
from cfbudget.casting.results import Unproved
from cfbudget.casting.search.brought_forward import brought_forward
from cfbudget.casting.search.claims import Claim, Tested, prove
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.search.never_adding import is_another_sum
from cfbudget.casting.search.page_ends import brought_to_next_page
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import TOTAL_WORDS, row_label, words_of

MOST_WALKS = 8
TWICE = "it is a sum but for a line that is printed twice"
CHECKED = "it is a check, and prints nil"
LACKS = "its label names {}, and no line is called so"
NAMED = "its label says what it is made of"
SAID = "its label says so"
TURNED = "it is the sum of its lines with the other sign"


class SettledTotals(NamedTuple):
    """All relations, with those that labels state and that the blocks above claimed totals make;
    and the totals that none makes, with the blocks that come nearest to them."""

    tested: tuple[Tested, ...]
    unproved: tuple[Unproved, ...]
    blocks: tuple[Claim, ...]


def settle_totals(grid: PrintedGrid, tested: Sequence[Tested], *, exact: bool) -> SettledTotals:
    """Look for what its label states of every claimed total, else for the block of each that no
    relation makes."""
    stated = with_stated_sums(grid, tested, exact=exact)
    known = {one.claim: one for one in stated.tested}
    searched = {one.claim for one in tested}
    turned = turned_lines(grid, [claim for claim in known if claim in searched])
    claims = [
        *turned.others,
        *(claim for claim in known if claim not in searched),
        *brought_forward(grid, list(known)),
        *brought_to_next_page(grid, list(known)),
    ]
    lines = sum_lines(grid, exact=exact)
    kept, twice, doubtful = _meant(grid, lines, claims)
    plain = [prove(grid, all_plus(claim), exact=exact) for claim in turned.doubted]
    lacking = list(lacking_sums(grid, exact=exact))
    checks = checked_nils(grid, claims, exact=exact)
    missing = [
        *twice,
        *(one.claim for one in (*stated.missed, *plain)),
        *(one.claim for one, _ in lacking),
    ]
    blocks: list[NearBlock] = []
    denied: list[Tested] = []
    for _ in range(MOST_WALKS):  # a sum that is found changes what is open further down
        blocks = list(NearestBlocks(grid, lines, [*kept, *missing], doubtful).found())
        whole = [block for block in blocks if not block.misses]
        found = [claim for block in whole for claim in _claims(lines, block, block.holds)]
        denied = stated.denied(found)
        made = [claim for claim in found if not stated.signs.contradicted(claim)]
        kept += made
        if not made:
            break
    missed = [block for block in blocks if block.misses]
    kept += [claim for block in missed for claim in _claims(lines, block, block.holds)]
    ordered = sorted(kept, key=lambda claim: (claim.total, claim.down))
    by_label = set(kept) - set(claims)  # or by a place: they accuse nothing
    proved = [known.get(claim) or prove(grid, claim, exact=exact) for claim in ordered]
    proved = [one for one in proved if one.outcome != "differs" or one.claim not in by_label]
    counted = [one for one in proved if one.outcome == "rounding" and counts_twin(grid, one)]
    shown = tuple(one for one in proved if one not in counted)
    counted += [prove(grid, claim, exact=True) for claim in twice]
    unproved = [one for block in missed for one in _unproved(grid, lines, block)]
    unproved += [missed_sum(grid, one, TWICE) for one in counted if one.off]
    unproved += total_columns(grid, kept, exact=exact)
    listed = {one.total for one in unproved}
    unproved += (one for one in columns_apart(grid, kept, exact=exact) if one.total not in listed)
    said = [missed_sum(grid, one, NAMED) for one in (*stated.missed, *denied)]
    said += [missed_sum(grid, one, SAID) for one in plain]
    said += [missed_sum(grid, one, CHECKED) for one in checks.missed]
    said += [missed_sum(grid, one, LACKS.format(name.upper())) for one, name in lacking]
    unproved = _with_stated(unproved, said, shown)
    nearest = tuple(claim for block in missed for claim in _claims(lines, block, block.misses))
    return SettledTotals(shown, tuple(sorted(unproved, key=_reading_order)), nearest)


def _with_stated(
    unproved: Sequence[Unproved], stated: Sequence[Unproved], shown: Sequence[Tested]
) -> list[Unproved]:
    """All of them, of each total what its label states rather than what stands before it."""
    made = {_cell(one.claim.total) for one in shown if one.outcome in ("agrees", "rounding")}
    kept = [one for one in stated if one.total not in made]
    totals = {one.total for one in kept}
    return [*kept, *(one for one in unproved if one.total not in totals)]


def _meant(
    grid: PrintedGrid, lines: SumLines, claims: Sequence[Claim]
) -> tuple[list[Claim], list[Claim], dict[int, str]]:
    """The claims that a table may mean; those that leave out one of two lines that print the same,
    with both; and the lines that are sums with another sign, with that as why they are claimed."""
    twins = twin_rows(grid)
    kept: list[Claim] = []
    twice: list[Claim] = []
    doubtful: dict[int, str] = {}
    for claim in claims:
        if passes_over_twin(claim, twins):
            if claim.total[0] not in {*twins, *twins.values()}:
                twice.append(with_twins(grid, claim, twins))
        elif _is_turned(grid, lines, claim) and claim.total in lines.line_at:
            doubtful[lines.line_at[claim.total]] = TURNED
        else:
            kept.append(claim)
    return kept, twice, doubtful


def _is_turned(grid: PrintedGrid, lines: SumLines, claim: Claim) -> bool:
    """Whether a total, or a sum of lines of both signs, is printed with the other sign, of which
    one column alone tells."""
    if len(lines.side.members) - len(lines.side.soft) > 1 or not claim.down:
        return False
    values = [cell.value for _, place in claim.terms if (cell := grid.cells.get(place))]
    minus = all(sign < 0 for sign, _ in claim.terms)
    said = bool(words_of(row_label(grid, claim.total[0])) & TOTAL_WORDS)
    return minus and len(values) > 2 and (said or min(values) < 0 < max(values))


def _claims(lines: SumLines, block: NearBlock, members: Sequence[int]) -> Iterator[Claim]:
    for member in members:
        equation, values = block.equation, lines.side.values
        found = difference(lines.side, equation, member)
        off = found is not None and 2 * abs(found[0]) > found[1]
        if off and member in block.holds and is_difference(equation):
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
    apart = {one for one in block.misses if is_another_sum(lines.side, block.equation, one)}
    for member in block.misses:
        if member in apart and len(apart) < len(block.misses):
            continue  # a rate, beside amounts
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


def _reading_order(one: Unproved) -> tuple[int, int, str]:
    column = one.total.rstrip("0123456789")
    return int(one.total.removeprefix(column)), len(column), column


def _cell(place: CellPlace) -> str:
    return cell_name(place[0] + 1, place[1] + 1)


def _name(lines: SumLines, line: int, member: int) -> str:
    return _cell(lines.place(line, member))
