"""The bands of a council tax, which are never added up: each is a fixed share of Band D.

As 6, 7, 8 and 9 ninths are sums and differences of each other (9 = 7 + 8 − 6), so are the bands,
to the penny or nearly; and of a wrong one such a sum would accuse the others.
"""

from itertools import product

from cfbudget.casting.search.evidence import Weighed
from cfbudget.casting.table.side import Side

SHARES = (200, 240, 280, 320, 360, 440, 473, 520, 585, 600, 705, 720, 840, 882)
"""Of Band D, in 360ths: from A with disabled relief to Wales's I, and Scotland's E to H."""
FEWEST = 4
SURE = 6
"""So many in proportion are no chance; fewer are bands only where most members say so."""
MOST_LINES = 24
MOST_MEMBERS = 40
"""Of more the first tell."""
SHORT = 300
"""A figure of fewer printed units may be in any proportion."""


def tax_bands(side: Side) -> frozenset[int]:
    """The lines that are bands, whatever their signs, in at least half of the members that state
    them; none if they are few, or a few among other lines."""
    if len(side.lines) > MOST_LINES:
        return frozenset()
    stated, fits = [0] * len(side.lines), [0] * len(side.lines)
    members = [at for at in range(len(side.members)) if at not in side.soft][:MOST_MEMBERS]
    saying = 0
    for member in members:
        found = _in_proportion(side, member)
        saying += bool(found)
        for line in found and range(len(side.lines)):
            stated[line] += bool(side.values[line][member])
            fits[line] += line in found
    bands = [line for line, count in enumerate(fits) if count and 2 * count >= stated[line]]
    enough = SURE if 2 * saying < len(members) else FEWEST
    are_most = 4 * len(bands) >= 3 * len(side.lines)
    return frozenset(bands if len(bands) >= enough and are_most else ())


def _in_proportion(side: Side, member: int) -> tuple[int, ...]:
    """The most lines of a member that are shares of one amount, larger from line to line."""
    figures = [
        (line, value, side.steps[line][member])
        for line, values in enumerate(side.values)
        if (value := abs(values[member] or 0)) >= SHORT * side.steps[line][member]
    ]
    best: tuple[int, ...] = ()
    for (_, value, step), share in product(figures[:2], SHARES):
        found, last = list[int](), 0
        for line, other, unit in figures:
            wanted = (2 * other * share + value) // (2 * value)
            off = abs(other * share - wanted * value)
            if wanted in SHARES and wanted > last and off <= unit * share + step * wanted:
                found.append(line)
                last = wanted
        best = max(best, tuple(found), key=len)
    return best if len(best) >= FEWEST else ()


def adds_bands(one: Weighed, bands: frozenset[int]) -> bool:
    """Whether an equation is one between bands alone."""
    return bands.issuperset({one.equation.total, *(line for _, line in one.equation.terms)})
