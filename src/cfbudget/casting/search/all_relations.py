"""Every relation that a table's figures bear out, cell by cell."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.results import RelationKind
from cfbudget.casting.search.adding_up import accepts, accepts_tentatively, add_up
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.search.effort import Effort
from cfbudget.casting.search.evidence import Weighed, difference
from cfbudget.casting.search.favourable import mirrored, with_variances_borne_out
from cfbudget.casting.search.labelled_totals import find_labelled
from cfbudget.casting.search.levels import find_levels, same_row_repeats
from cfbudget.casting.search.nested_totals import Accepts, Search
from cfbudget.casting.search.never_adding import is_another_sum, never_adding
from cfbudget.casting.search.nil_rows import find_nil_rows
from cfbudget.casting.search.percentages import find_shares
from cfbudget.casting.search.repeats import find_repeats
from cfbudget.casting.search.running_differences import (
    Running,
    find_openings,
    find_running,
    is_told,
)
from cfbudget.casting.search.simplest import not_contradicted
from cfbudget.casting.search.sum_tolerance import Term
from cfbudget.casting.search.tax_bands import adds_bands, tax_bands
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import column_hints, row_hints
from cfbudget.casting.table.side import Equation, Side, side_of


def find_claims(grid: PrintedGrid, effort: Effort, *, exact: bool) -> list[Claim]:
    """All claims of a table, in the order of their totals, none of them twice."""
    claims: list[Claim] = []
    percents = any(cell.percent for cell in grid.cells.values())
    for percent in (False, True) if percents else (False,):
        for down in (True, False):
            claims += _of_side(grid, effort, down=down, percent=percent, exact=exact)
    claims = with_variances_borne_out(grid, claims, exact=exact)
    made = {claim.total for claim in claims if claim.down}
    levels = [claim for claim in _of_levels(grid, effort, exact=exact) if claim.total not in made]
    claims += _fewest_terms(levels)
    claims += _of_shares(grid, claims, exact=exact)
    claims += [claim for claim in _share_totals(claims) if claim.total in grid.cells]
    unique: dict[object, Claim] = {}
    for claim in claims:
        unique.setdefault(_stated_part(grid, claim).canonical, claim)
    return sorted(unique.values(), key=lambda claim: (claim.total, claim.down))


def _fewest_terms(claims: Sequence[Claim]) -> list[Claim]:
    """For each total only the claim with the fewest terms: subtotals rather than their lines."""
    best: dict[CellPlace, Claim] = {}
    for claim in claims:
        if claim.total not in best or len(claim.terms) < len(best[claim.total].terms):
            best[claim.total] = claim
    return list(best.values())


def _stated_part(grid: PrintedGrid, claim: Claim) -> Claim:
    """The claim without its nil and blank terms."""
    if claim.kind in ("percentage", "percentage change"):
        return claim
    kept = [term for term in claim.terms if (cell := grid.cells.get(term[1])) and cell.value]
    return claim._replace(terms=tuple(kept))


def _of_side(
    grid: PrintedGrid, effort: Effort, *, down: bool, percent: bool, exact: bool
) -> Iterator[Claim]:
    """Sums, repeats and running differences of rows, or of columns."""
    search, found = _searched(grid, effort, down=down, percent=percent, exact=exact)
    repeats = list(find_repeats(search, found))
    found = not_contradicted(search.side, found, repeats)
    for one in found:
        yield from _sums(grid, search.side, one)
    for repeat in repeats:
        yield from _sums(grid, search.side, repeat, kind="repeat")
    if down:
        for labelled in find_labelled(search, found):
            yield from _sums(grid, search.side, labelled)
        for nil in find_nil_rows(grid, search, found):
            yield from _sums(grid, search.side, nil)
    for running in find_running(search.side):
        yield from _steps(search.side, running)
    for opening, member, closing, before in find_openings(search.side, found):
        total, of = search.side.place(opening, member), search.side.place(closing, before)
        yield Claim("running", total, ((1, of),), down, 20)


def _searched(
    grid: PrintedGrid, effort: Effort, *, down: bool, percent: bool, exact: bool
) -> tuple[Search, list[Weighed]]:
    """One side with its equations.

    The first search learns which members never add up; without them it is made again.
    """
    numbers = grid.rows if down else grid.columns
    hints = dict(zip(numbers, row_hints(grid) if down else column_hints(grid), strict=True))
    side = side_of(grid, down=down, percent=percent, exact=exact)
    bands = tax_bands(side)
    search = Search(
        side, [hints[line] for line in side.lines], _breaks(side), _apart(accepts, bands), effort
    )
    if len(side.lines) < 2:
        return search, []
    tentative = accepts_tentatively if down else accepts
    learning = search._replace(accepts=_apart(tentative, bands))
    found = add_up(learning, ordered=down)
    soft = never_adding(side, found)
    if not soft and all(one.majority for one in found):
        return search, found
    sure = [one for one in found if one.majority]
    if effort.cut_short:
        return search, sure
    search = search._replace(side=side._replace(soft=side.soft | soft))
    again = add_up(search, ordered=down)
    return search, sure if effort.cut_short else again


def _apart(accepts: Accepts, bands: frozenset[int]) -> Accepts:
    """The same, but for equations between bands of a tax."""

    def apart(weighed: Weighed, need: int) -> bool:
        return accepts(weighed, need) and not adds_bands(weighed, bands)

    return apart if bands else accepts


def _share_totals(claims: Sequence[Claim]) -> Iterator[Claim]:
    """What the percentages of a total's lines come to beside it, where their sum is missed.

    Percentages of one whole add up as their parts do.
    """
    whole_of: dict[int, set[CellPlace]] = {}
    for claim in claims:
        if claim.kind == "percentage" and not claim.down:
            whole_of.setdefault(claim.total[1], set()).add(claim.terms[1][1])
    made = {(claim.total, claim.down) for claim in claims}
    for column, wholes in whole_of.items():
        for claim in claims:
            if claim.kind != "sum" or not claim.down or {claim.total} != wholes:
                continue
            total = (claim.total[0], column)
            if (total, True) not in made and all(sign > 0 for sign, _ in claim.terms):
                terms = tuple((sign, (row, column)) for sign, (row, _) in claim.terms)
                yield claim._replace(total=total, terms=terms)


def _breaks(side: Side) -> frozenset[int]:
    """The lines that do not follow the one before without a gap."""
    pairs = zip(side.lines, side.lines[1:], strict=False)
    return frozenset(at for at, (one, other) in enumerate(pairs, 1) if other > one + 1)


def _sums(
    grid: PrintedGrid, side: Side, found: Weighed, *, kind: RelationKind = "sum"
) -> Iterator[Claim]:
    """An equation in each member that states its total."""
    terms = _stated_lines(side, found)
    equation = found.equation._replace(terms=terms)
    other_way = mirrored(grid, side, equation, found.misses)
    for member in range(len(side.members)):
        if member not in found.holds and (
            member in side.soft or is_another_sum(side, equation, member)
        ):
            continue
        if not terms:
            return
        ordered = sorted(terms, key=lambda term: (term[0] < 0, term[1]))
        places = [(sign, side.place(line, member)) for sign, line in ordered]
        total = side.place(equation.total, member)
        unread = any(place in grid.unreadable for place in (total, *(p for _, p in places)))
        known = unread and (total in grid.cells or total in grid.unreadable)
        if side.values[equation.total][member] is None and not known:
            yield from _rearranged(side, equation, member, found.bits)
        elif difference(side, equation, member) is not None or known:
            turned = member in other_way
            signed = tuple((-sign if turned else sign, place) for sign, place in places)
            yield Claim(kind, total, signed, side.down, found.bits)


def _rearranged(side: Side, equation: Equation, member: int, bits: int) -> Iterator[Claim]:
    """A net whose total is blank in a member, as the last of its terms from the other: gross is
    blank, and income makes the net alone. Only where it holds, as nothing says that it should."""
    if side.down or len(equation.terms) != 2:
        return
    (sign, line), (last_sign, last) = sorted(equation.terms, key=lambda term: term[1])
    turned = Equation(last, ((last_sign, equation.total), (-sign * last_sign, line)))
    found = difference(side, turned, member)
    if found and 2 * abs(found[0]) <= found[1] and side.values[line][member] is not None:
        terms = tuple((one, side.place(at, member)) for one, at in turned.terms)
        yield Claim("sum", side.place(last, member), terms, side.down, bits)


def _stated_lines(side: Side, found: Weighed) -> tuple[tuple[int, int], ...]:
    """The terms that are stated in any of the members where the total is."""
    members = [*found.holds, *found.misses]
    return tuple(
        (sign, line)
        for sign, line in found.equation.terms
        if any(
            side.values[line][member] is not None or (line, member) in side.bad
            for member in members
        )
    )


def _steps(side: Side, running: Running) -> Iterator[Claim]:
    for step in running.steps:
        total = side.place(running.line, step.member)
        here = side.place(running.of, step.member)
        before = None if step.before is None else side.place(running.of, step.before)
        terms: tuple[Term, ...] = ((1, here),)
        if running.kind == "carry":
            terms = ((1, before),) if before else ()
        elif before:
            terms = ((1, here), (-1, before))
        if terms and is_told(side, running, step):
            yield Claim("running", total, terms, side.down, running.bits)


def _of_levels(grid: PrintedGrid, effort: Effort, *, exact: bool) -> Iterator[Claim]:
    """Sums from column to column, and figures printed once more one level up."""
    hints = dict(zip(grid.rows, row_hints(grid), strict=True))
    for merged in find_levels(grid, hints, effort, exact=exact):
        for found in merged.found:
            line, terms = found.equation
            places = tuple((sign, merged.places[term]) for sign, term in terms)
            yield Claim("sum", merged.places[line], places, down=True, bits=found.bits)
    for total, of in same_row_repeats(grid):
        yield Claim("repeat", total, ((1, of),), down=False, bits=0)


def _of_shares(grid: PrintedGrid, claims: Sequence[Claim], *, exact: bool) -> Iterator[Claim]:
    parents = {
        place: claim.total
        for claim in reversed(claims)
        if claim.kind == "sum" and all(sign > 0 for sign, _ in claim.terms)
        for _, place in claim.terms
    }
    for down in (True, False):
        totals = {claim.total[0 if down else 1] for claim in claims if claim.down is down}
        for shares in find_shares(grid, parents, totals, down=down, exact=exact):
            for share in shares.shares:
                terms = ((share.sign, share.part), (1, share.whole))
                yield Claim(share.kind, share.total, terms, not down, shares.bits, share.cut)
