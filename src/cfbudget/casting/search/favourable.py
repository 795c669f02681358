"""Variances with the sign of what is good: income over its budget, and spending under it."""

from collections import Counter
from collections.abc import Sequence

from cfbudget.casting.search.claims import Claim, prove
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.search.sum_tolerance import PlacedValues
from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import column_label, row_label, words_of
from cfbudget.casting.table.side import Equation, Side

FAVOURABLE = frozenset(["favourable", "favorable", "adverse", "fav", "adv"])
VARIANCE = frozenset(["variance", "variances", "underspend", "overspend", "under", "over"])
INCOME = frozenset(
    [
        "income",
        "grant",
        "grants",
        "fee",
        "fees",
        "charges",
        "receipts",
        "rent",
        "rents",
        "sales",
        "interest",
        "contributions",
        "recharges",
        "revenue",
        "funding",
    ]
)


def mirrored(
    grid: PrintedGrid, side: Side, equation: Equation, misses: Sequence[int]
) -> frozenset[int]:
    """The members in which a difference is taken the other way round. One alone may be a wrong
    sign, unless its labels say that it is income, or that signs tell what is favourable."""
    if len({sign for sign, _ in equation.terms}) < 2:
        return frozenset()
    turned = equation._replace(terms=tuple((-sign, line) for sign, line in equation.terms))
    found = {member: difference(side, turned, member) for member in misses}
    other = [m for m, one in found.items() if one and 2 * abs(one[0]) <= one[1]]
    if len(other) > 1 or (other and not side.down and _is_told(grid, side, equation, other[0])):
        return frozenset(other)
    return frozenset()


def _is_told(grid: PrintedGrid, side: Side, equation: Equation, member: int) -> bool:
    return is_told(grid, side.place(equation.total, member))


def is_told(grid: PrintedGrid, place: CellPlace) -> bool:
    """Whether a heading says that signs tell what is favourable, or that it is a variance of what
    the label calls income."""
    row, column = place
    heading, label = words_of(column_label(grid, column)), words_of(row_label(grid, row))
    return bool(heading & FAVOURABLE) or bool(heading & VARIANCE and label & INCOME)


def with_variances_borne_out(
    grid: PrintedGrid, claims: Sequence[Claim], *, exact: bool
) -> list[Claim]:
    """The claims, those of variances that differ with other signs where they so hold, and sums the
    other way, across or down, bear out what is printed."""
    variances = {column for column in grid.columns if is_variance(grid, column)}
    if not variances:
        return list(claims)
    held = [
        claim
        for claim in claims
        if claim.kind == "sum" and len(claim.terms) > 1 and _holds(grid, claim, exact=exact)
    ]
    added = {
        place
        for claim in held
        if claim.down and all(sign > 0 for sign, _ in claim.terms)
        for _, place in claim.terms
        if place[1] in variances and (cell := grid.cells.get(place)) and cell.value
    }
    across = {place for claim in held if not claim.down for place in claim.cells}
    found = []
    claims = _without_slips(grid, claims, exact=exact)
    for claim in claims:
        ways: Sequence[Claim] = ()
        if claim.kind == "sum" and not _holds(grid, claim, exact=exact):
            if claim.down and claim.total[1] in variances and across.issuperset(claim.cells):
                ways = _other_signs(claim)
            elif claim.total in added and not claim.down and _is_difference(claim):
                slip = _may_be_a_slip(grid, claims, claim, exact=exact)
                ways = () if slip else (turned_claim(claim),)
        found.append(next((way for way in ways if _holds(grid, way, exact=exact)), claim))
    return found


def _without_slips(grid: PrintedGrid, claims: Sequence[Claim], *, exact: bool) -> list[Claim]:
    """The claims, each difference that one row alone has the other way round as its column has it,
    if one wrong sign explains both it and another claim that differs."""
    across = {
        claim: _columns(claim) for claim in claims if not claim.down and _is_difference(claim)
    }
    often = Counter(across.values())
    alone = {
        claim
        for claim, columns in across.items()
        if claim.kind == "sum" and often[columns] == 1 < often[_columns(turned_claim(claim))]
    }
    return [
        turned_claim(claim)
        if claim in alone and _is_slip(grid, claims, claim, exact=exact)
        else claim
        for claim in claims
    ]


def _columns(claim: Claim) -> object:
    """Which columns a difference across adds and takes off, and to which it comes."""
    return claim.total[1], frozenset((sign, place[1]) for sign, place in claim.terms)


def _is_slip(grid: PrintedGrid, claims: Sequence[Claim], claim: Claim, *, exact: bool) -> bool:
    """Whether the other sign of one of its terms makes a difference hold the other way round, and
    another claim that differs."""
    plain = turned_claim(claim)
    for _, place in claim.terms:
        cell = grid.cells.get(place)
        if not cell or not cell.value:
            continue
        taken = {place: -cell.value}
        if _holds(grid, plain, exact=exact, taken=taken) and any(
            _holds(grid, one, exact=exact, taken=taken) and not _holds(grid, one, exact=exact)
            for one in claims
            if place in one.cells and one is not claim
        ):
            return True
    return False


def _is_difference(claim: Claim) -> bool:
    return len({sign for sign, _ in claim.terms}) > 1


def _may_be_a_slip(
    grid: PrintedGrid, claims: Sequence[Claim], claim: Claim, *, exact: bool
) -> bool:
    """Whether a difference may come of one wrong sign among its terms, as where the budget is nil
    and the forecast is all of the variance: another claim that differs would hold too with that
    sign the other, or no other claim has the figure, so that nothing bears it out."""
    for _, place in claim.terms:
        cell = grid.cells.get(place)
        if not cell or not cell.value:
            continue
        taken = {place: -cell.value}
        if not _holds(grid, claim, exact=exact, taken=taken):
            continue
        others = [
            one
            for one in claims
            if place in one.cells and one.canonical != claim.canonical
            if prove(grid, one, exact=exact).outcome != "not checkable"
        ]
        if not others or any(
            _holds(grid, one, exact=exact, taken=taken) and not _holds(grid, one, exact=exact)
            for one in others
        ):
            return True
    return False


def _other_signs(claim: Claim) -> list[Claim]:
    """A net of two lines, such as income and spending, with the sign of either the other."""
    if len(claim.terms) != 2:
        return []
    (sign, place), (other, there) = claim.terms
    return [
        claim._replace(terms=terms)
        for terms in (((sign, place), (-other, there)), ((-sign, place), (other, there)))
    ]


def turned_claim(claim: Claim) -> Claim:
    """The claim with every sign the other."""
    return claim._replace(terms=tuple((-sign, place) for sign, place in claim.terms))


def is_variance(grid: PrintedGrid, column: int) -> bool:
    """Whether a heading says that its figures are variances."""
    return bool(words_of(column_label(grid, column)) & (VARIANCE | FAVOURABLE))


def _holds(
    grid: PrintedGrid, claim: Claim, *, exact: bool, taken: PlacedValues | None = None
) -> bool:
    return prove(grid, claim, exact=exact, taken=taken).outcome in ("agrees", "rounding")
