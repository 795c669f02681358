"""How much a printed table says about its own truth: what holds, how surely, and what shows it."""

from fractions import Fraction
from math import log2

from tests.casting.kit.equations import Equation
from tests.casting.kit.tables import Printed


def allowance(table: Printed, equation: Equation) -> Fraction:
    """How far an equation may be out by rounding, in last printed places.

    A percentage by half of its own, and by what the rounding of part and whole can make of it.
    """
    if equation.kind == "sum":
        addends = sum(1 for _, place in equation.terms if table.steps.get(place))
        return Fraction(1 + addends, 2)
    if not table.sizes.rounded:
        return Fraction(1, 2)
    part, whole = (abs(table.steps[place]) for _, place in equation.terms)
    finer = 100 * 10**table.style.share_places
    return Fraction(1, 2) + Fraction(finer * (whole + part), 2 * whole * whole)


def residual(table: Printed, equation: Equation) -> Fraction:
    """What the terms come to less the total, in last printed places."""
    total = table.steps[equation.total]
    if equation.kind == "percentage":
        part, whole = (table.steps[place] for _, place in equation.terms)
        return Fraction(part * 100 * 10**table.style.share_places, whole) - total
    return Fraction(sum(s * table.steps.get(place, 0) for s, place in equation.terms) - total)


def bits(table: Printed, equation: Equation) -> float:
    """How unlikely it is that this equation holds by chance: log2 of 1 in so many.

    Its largest figure could be any of so many, and rounding lets so many of them through.
    """
    through = 2 * allowance(table, equation) + 1
    if equation.kind == "percentage":
        return log2(max(1.0, float(abs(table.steps[equation.total]) / through)))
    largest = max(abs(table.steps.get(place, 0)) for place in equation.places)
    return log2(max(1.0, float(largest / through)))


def patterns(table: Printed) -> dict[str, list[Equation]]:
    """The equations that say the same in another column or row."""
    grouped: dict[str, list[Equation]] = {}
    for equation in table.truth:
        grouped.setdefault(equation.pattern, []).append(equation)
    return grouped


def independent(table: Printed, equations: list[Equation]) -> list[Equation]:
    """Those that no others imply: of a total those in columns that are not sums themselves, of
    a net those in rows that are not totals; and of those with the same figures one."""
    kept = [
        equation
        for equation in equations
        if not (
            table.layout.columns[equation.total[1] - 1].adds
            if equation.pattern.startswith("row")
            else table.layout.rows[equation.total[0] - table.head].adds
        )
    ]
    figures = {
        tuple(table.steps.get(place, 0) for place in equation.places): equation
        for equation in kept or equations
    }
    return list(figures.values())


def needed_bits(table: Printed) -> float:
    """What a pattern must have so that chance does not explain it: 14, and as many as it takes to
    say where a run of rows begins and ends."""
    return 14 + 2 * log2(len(table.layout.rows))


def is_plain(table: Printed) -> bool:
    """Whether the figures themselves say all of the truth, with something to spare.

    Each pattern's independent equations together have the bits that are needed; and whatever a
    pattern adds shows beyond rounding in one of them at least.
    """
    for equations in patterns(table).values():
        told = independent(table, equations)
        if sum(bits(table, equation) for equation in told) < needed_bits(table):
            return False
        shows = [abs(table.steps.get(place, 0)) > 4 for one in told[:1] for place in one.places]
        for equation in told[1:]:
            for at, place in enumerate(equation.places):
                shows[at] = shows[at] or abs(table.steps.get(place, 0)) > 4
        if not all(shows):
            return False
    return True


def tells_rounding(table: Printed) -> bool:
    """Whether the print says that its figures are exact or rounded, whichever they are.

    It does where a scale is printed or they are exact; else where rounding shows in three sums,
    and in one of ten: a single total that is out by one may as well be a misprint.
    """
    if not table.sizes.rounded or table.style.unit in ("£000", "£m"):
        return True
    sums = [one for one in table.truth if one.kind == "sum"]
    out = sum(1 for one in sums if residual(table, one))
    return not out or (out > 2 and 10 * out >= len(sums))
