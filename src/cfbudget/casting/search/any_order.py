"""Totals, nets and differences in whatever order their lines stand.

Few lines across many members, such as the columns of a table, leave little to chance, so that any
signed sum of them can be tried: every one of up to five lines, and every plain sum of any number.
"""

from collections.abc import Collection, Sequence
from itertools import chain
from math import comb

from cfbudget.casting.search.candidate_sums import (
    MORE_PIVOTS,
    PIVOTS,
    SIGNED_SIZES,
    pivots_of,
    plain_sums,
    small_sums,
)
from cfbudget.casting.search.effort import SearchPart
from cfbudget.casting.search.evidence import Weighed, difference, weigh, worth
from cfbudget.casting.search.nested_totals import MARGIN, Search
from cfbudget.casting.search.outlook import Outlook
from cfbudget.casting.search.simplest import simplest
from cfbudget.casting.search.which_total import nearest, settle
from cfbudget.casting.table.labels import SAYS_TOTAL
from cfbudget.casting.table.side import Equation, Side, Signed

LONE = 8
"""The bits more that rows which do not stand together need where a single column adds them."""


def find_combinations(
    search: Search,
    lines: Sequence[int],
    known: Sequence[Weighed],
    sizes: Collection[int] = SIGNED_SIZES,
) -> list[Weighed]:
    """The equations among these lines, each as one line made by others, the simplest first.

    Args:
        known: equations found before, which are not found again.
        sizes: of how many lines every signed sum is tried.
    """
    pivots = pivots_of(search.side, lines, PIVOTS if len(sizes) > 1 else MORE_PIVOTS)
    if not pivots or len(lines) < 3:
        return []
    taken = {line for one in known for _, line in one.equation.terms}
    free = [line for line in lines if line not in taken]
    sizes = {size for size in sizes if _can_tell(search.side, lines, size)}
    part = search.part("sums of {} in any order")
    proposed = chain(
        small_sums(search.side, lines, pivots, sizes, part),
        plain_sums(search.side, free, pivots, part),
    )
    outlook, told, found = Outlook(search.side), set[Signed](), list[Weighed]()
    for signed in proposed:
        if signed not in told:
            told.add(signed)
            weighed = _weighed(search, outlook, signed, len(lines), part)
            if weighed:
                found.append(weighed)
    made = {one.equation.total for one in known if all(sign > 0 for sign, _ in one.equation.terms)}
    return [
        _as_result(_with_nil(search.side, one), made) for one in simplest(search.side, found, known)
    ]


def _as_result(weighed: Weighed, made: Collection[int]) -> Weighed:
    """The last line as what is left of a total above it that other lines make: revenue, less
    spending, is the excess."""
    total, terms = weighed.equation
    lines = sorted(line for _, line in terms)
    plain = all(sign > 0 for sign, _ in terms)
    if len(lines) != 2 or not plain or total not in made or not total < lines[0]:
        return weighed
    first, last = lines
    if last in made:
        return weighed
    return weighed._replace(equation=Equation(last, ((1, total), (-1, first))))


def _with_nil(side: Side, weighed: Weighed) -> Weighed:
    """A plain sum with the lines beside its terms that are nil everywhere: they belong to it."""
    total, terms = weighed.equation
    if any(sign < 0 for sign, _ in terms) or len(terms) < 2:
        return weighed
    lines = {line for _, line in terms}
    for step in (1, -1):
        for start in sorted(lines):
            line = start + step
            while 0 <= line < len(side.lines) and line != total and _is_nil(side, line):
                lines.add(line)
                line += step
    return weighed._replace(equation=Equation(total, tuple((1, line) for line in sorted(lines))))


def _is_nil(side: Side, line: int) -> bool:
    values = side.values[line]
    return not any(values) and any(value is not None for value in values)


def _can_tell(side: Side, lines: Sequence[int], size: int) -> bool:
    """Whether the members could have evidence enough for a signed sum of so many of these lines,
    if all of them held it: else what is found is chance."""
    most = sum(
        worth(max(abs(side.values[line][member] or 0) for line in lines), side.grains[member], 0)
        for member in range(len(side.members))
        if member not in side.soft
    )
    return most >= _ways(len(lines), size, plain=size < 4).bit_length() + MARGIN


def _ways(count: int, size: int, *, plain: bool) -> int:
    """How many sums of so many lines there are; of plain ones each line may be the total."""
    return comb(count, size) * (size if plain else 2 ** (size - 1))


def _weighed(
    search: Search, outlook: Outlook, signed: Signed, count: int, part: SearchPart
) -> Weighed | None:
    """The equation with what its members say, if that is enough for one of so many."""
    if not part.spend(len(signed)):
        return None
    size = len(signed)
    minus = sum(sign < 0 for _, sign in signed)
    plain = min(minus, size - minus) == 1
    equation = _completing(search.side, settle(search, signed), part)
    least = _ways(count, size, plain=plain).bit_length() + MARGIN - SAYS_TOTAL // 2
    if not outlook.reaches(equation, least, part):
        return None
    part.spend(len(search.side.members) * size)
    weighed = weigh(search.side, nearest(search.side, equation))
    if size > 4 and len(weighed.misses) > weighed.near and not plain:
        return None
    if not _all_count(search.side, weighed):
        return None
    told = plain and search.hints[equation.total] >= SAYS_TOTAL
    if weighed.independent < 2 < len(weighed.holds) and not told:
        return None
    need = _ways(count, size, plain=plain).bit_length() + MARGIN - search.hints[equation.total] // 2
    if search.side.down:  # rows that are added up stand together
        need += 2 * (size - 3) + (LONE if weighed.independent < 2 else 0)
    return _rather_plain(search, weighed, need) if search.accepts(weighed, need) else None


def _rather_plain(search: Search, weighed: Weighed, need: int) -> Weighed:
    """The same with all its lines added, if fewer members miss that: where a single member has more
    lines than one, a wrong sign in it would turn the sums of all the others."""
    total, terms = weighed.equation
    if weighed.misses and any(sign < 0 for sign, _ in terms):
        plain = weigh(search.side, Equation(total, tuple((1, line) for _, line in terms)))
        if len(plain.misses) < len(weighed.misses) and search.accepts(plain, need):
            return plain
    return weighed


def _all_count(side: Side, weighed: Weighed) -> bool:
    """Whether each term makes a difference where the equation holds, or is nil everywhere."""
    values = side.values
    return all(
        any(values[line][member] for member in weighed.holds) or not any(values[line])
        for _, line in weighed.equation.terms
    )


def _completing(side: Side, equation: Equation, part: SearchPart) -> Equation:
    """The equation with the lines that it lacks where its pivot had nil in them."""
    used = {equation.total, *(line for _, line in equation.terms)}
    while True:
        part.spend(len(side.members))
        missed = [
            (member, -found[0])
            for member in range(len(side.members))
            if member not in side.soft
            and (found := difference(side, equation, member))
            and 2 * abs(found[0]) > found[1]
        ]
        best, most = None, len(missed) // 2
        part.spend(len(missed) * len(side.lines) // 2)
        for line in range(len(side.lines)):
            if missed and line not in used:
                fixed = sum(side.values[line][member] == off for member, off in missed)
                if fixed > most:
                    best, most = line, fixed
        if best is None:
            return equation
        used.add(best)
        equation = Equation(equation.total, (*equation.terms, (1, best)))
