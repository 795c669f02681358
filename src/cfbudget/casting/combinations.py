"""Totals, nets and differences in whatever order their lines stand.

Few lines across many members, such as the columns of a table, leave little to chance, so that any
signed sum of them can be tried: every one of up to five lines, and every plain sum of any number.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import comb
from typing import NamedTuple

from cfbudget.casting.evidence import Weighed, difference, weigh, worth
from cfbudget.casting.runs import MARGIN, Search
from cfbudget.casting.side import Equation, Side

MOST_LINES = 24
"""Beyond it sums are only tried in order: the search doubles with each line."""
LARGEST_SIGNED = 5
MOST_SIGNED = {3: 60, 4: 24, 5: 14}
"""The most lines of which every signed sum of so many is tried."""
PIVOTS = 5

Signed = frozenset[tuple[int, int]]
"""Lines with a sign each, which come to nil; the first line is plus."""


def find_combinations(
    search: Search, lines: Sequence[int], known: Sequence[Weighed]
) -> list[Weighed]:
    """The equations among these lines, each as one line made by others, the simplest first.

    Args:
        known: equations found before, which are not found again.
    """
    pivots = _pivots(search.side, lines)
    if not pivots or len(lines) < 3:
        return []
    taken = {line for one in known for _, line in one.equation.terms}
    free = [line for line in lines if line not in taken]
    proposed: dict[Signed, None] = {}
    for signed in (*_small(search.side, lines, pivots), *_plain(search.side, free, pivots)):
        proposed.setdefault(signed)
    found = []
    for signed in proposed:
        weighed = _weighed(search, signed, len(lines))
        if weighed:
            found.append(weighed)
    return _simplest(search.side, found, known)


def _pivots(side: Side, lines: Sequence[int]) -> list[int]:
    """The members that say most: those with the most figures, then the longest."""
    says = []
    for member in range(len(side.members)):
        if member in side.soft:
            continue
        sizes = [worth(abs(side.values[line][member] or 0), side.grains[member], 0) for line in lines]
        stated = sum(size > 0 for size in sizes)
        if stated > 1:
            says.append((stated, sum(sizes), -member))
    return [-member for _, _, member in sorted(says, reverse=True)[:PIVOTS]]


class _Member(NamedTuple):
    values: Mapping[int, int]
    step: int


def _members(side: Side, lines: Sequence[int], pivots: Sequence[int]) -> list[_Member]:
    return [
        _Member(
            {line: side.values[line][member] or 0 for line in lines},
            0 if side.exact else max(side.steps[line][member] for line in lines),
        )
        for member in pivots
    ]


def _small(side: Side, lines: Sequence[int], pivots: Sequence[int]) -> Iterator[Signed]:
    """Every signed sum of three to five lines that most of the pivots hold."""
    members = _members(side, lines, pivots)
    for size in range(3, LARGEST_SIGNED + 1):
        if len(lines) > MOST_SIGNED[size]:
            return
        patterns = [(1, *signs) for signs in product((1, -1), repeat=size - 1)]
        patterns = [signs for signs in patterns if min(signs) < 0]
        for chosen in combinations(lines, size):
            rows = [([m.values[line] for line in chosen], m.step * size) for m in members]
            for signs in patterns:
                holds = sum(
                    2 * abs(sum(s * v for s, v in zip(signs, row, strict=True))) <= tolerance
                    for row, tolerance in rows
                )
                if 3 * holds >= len(members):
                    yield frozenset(zip(chosen, signs, strict=True))


def _plain(side: Side, lines: Sequence[int], pivots: Sequence[int]) -> Iterator[Signed]:
    """Every line that is the plain sum of at least five others in most of the pivots.

    Each half of the lines has its sums made once; a total then is a sum of either half that the
    other half completes.
    """
    if not LARGEST_SIGNED < len(lines) <= MOST_LINES:
        return
    members = _members(side, lines, pivots)
    half = len(lines) // 2
    halves = [lines[:half], lines[half:]]
    sums = [[_subset_sums(part, member) for part in halves] for member in members]
    for at in range(min(2, len(members))):
        yield from _completed(lines, halves, members, sums, at)


def _subset_sums(lines: Sequence[int], member: _Member) -> list[int]:
    """The sum of every subset, by the bits of its number."""
    sums = [0]
    for line in lines:
        value = member.values[line]
        sums += [before + value for before in sums]
    return sums


def _completed(
    lines: Sequence[int],
    halves: Sequence[Sequence[int]],
    members: Sequence[_Member],
    sums: Sequence[Sequence[Sequence[int]]],
    at: int,
) -> Iterator[Signed]:
    """Totals of plain sums in one pivot that most of the others hold too.

    Lines that are nil in this pivot are left out of its sums: they would double the search for
    nothing, and are put back where the other members miss them.
    """
    member = members[at]
    width = max(1, member.step * (len(lines) + 1) // 2)
    nil = [
        sum(1 << bit for bit, line in enumerate(part) if not member.values[line])
        for part in halves
    ]
    rest: dict[int, list[int]] = {}
    for mask, total in enumerate(sums[at][1]):
        if not mask & nil[1]:
            rest.setdefault(total // width, []).append(mask)
    for line in lines:
        value = member.values[line]
        if not value:
            continue
        own = [1 << part.index(line) if line in part else 0 for part in halves]
        for mask, total in enumerate(sums[at][0]):
            if mask & nil[0] or mask & own[0]:
                continue
            wanted = value - total
            for bucket in range(wanted // width - 1, wanted // width + 2):
                for other in rest.get(bucket, ()):
                    if other & own[1] or mask.bit_count() + other.bit_count() < 2:
                        continue
                    terms = _lines_of(halves, (mask, other))
                    if _held(members, sums, line, (mask, other), len(terms)):
                        yield _canonical(line, terms)


def _held(
    members: Sequence[_Member],
    sums: Sequence[Sequence[Sequence[int]]],
    line: int,
    masks: tuple[int, int],
    size: int,
) -> bool:
    holds = 0
    for member, (left, right) in zip(members, sums, strict=True):
        off = left[masks[0]] + right[masks[1]] - member.values[line]
        holds += 2 * abs(off) <= member.step * (size + 1)
    return 2 * holds >= len(members)


def _lines_of(halves: Sequence[Sequence[int]], masks: tuple[int, int]) -> list[int]:
    return [
        line
        for part, mask in zip(halves, masks, strict=True)
        for bit, line in enumerate(part)
        if mask >> bit & 1
    ]


def _canonical(total: int, terms: Sequence[int]) -> Signed:
    return Equation(total, tuple((1, line) for line in terms)).canonical


def _weighed(search: Search, signed: Signed, count: int) -> Weighed | None:
    """The equation with what its members say, if that is enough for one of so many."""
    size = len(signed)
    minus = sum(sign < 0 for _, sign in signed)
    plain = min(minus, size - minus) == 1
    ways = comb(count, size) * (size if plain else 2 ** (size - 1))
    equation = _completing(search.side, settle(search, signed))
    weighed = weigh(search.side, _nearest(search.side, equation))
    if size > 4 and len(weighed.misses) > weighed.near and not plain:
        return None
    if not _all_count(search.side, weighed):
        return None
    if weighed.independent < 2 < len(weighed.holds):
        return None
    need = ways.bit_length() + MARGIN - search.hints[equation.total] // 2
    if search.side.down:  # rows that are added up stand together
        need += 2 * (size - 3)
    return weighed if search.accepts(weighed, need) else None


def _nearest(side: Side, equation: Equation) -> Equation:
    """The equation with those of lines that print the same which stand nearest to the others."""
    chosen = [equation.total, *(line for _, line in equation.terms)]
    for at, line in enumerate(chosen):
        others = [other for other in chosen if other != line]
        same = [
            other
            for other, values in enumerate(side.values)
            if other not in others and list(values) == list(side.values[line])
        ]
        if any(side.values[line]):
            chosen[at] = min(same, key=lambda one: min(abs(one - other) for other in others))
    signs = [sign for sign, _ in equation.terms]
    return Equation(chosen[0], tuple(zip(signs, chosen[1:], strict=True)))


def _all_count(side: Side, weighed: Weighed) -> bool:
    """Whether each term makes a difference where the equation holds, or is nil everywhere."""
    values = side.values
    return all(
        any(values[line][member] for member in weighed.holds) or not any(values[line])
        for _, line in weighed.equation.terms
    )


def _completing(side: Side, equation: Equation) -> Equation:
    """The equation with the lines that it lacks where its pivot had nil in them."""
    used = {equation.total, *(line for _, line in equation.terms)}
    while True:
        missed = [
            (member, -found[0])
            for member in range(len(side.members))
            if member not in side.soft
            and (found := difference(side, equation, member))
            and 2 * abs(found[0]) > found[1]
        ]
        best, most = None, len(missed) // 2
        for line in range(len(side.lines)):
            if missed and line not in used:
                fixed = sum(side.values[line][member] == off for member, off in missed)
                if fixed > most:
                    best, most = line, fixed
        if best is None:
            return equation
        used.add(best)
        equation = Equation(equation.total, (*equation.terms, (1, best)))


def settle(search: Search, signed: Signed) -> Equation:
    """Which of the lines that come to nil is the result: as its label says, or as the figures do.

    A line that all the others make by a plain sum is their total, if there are more than two; of
    three lines the last to be printed is the result: gross, income, net.
    """
    lines = sorted(line for line, _ in signed)
    signs = dict(signed)
    odd = [
        line for line in lines if sum(signs[other] == signs[line] for other in lines) == 1
    ]
    hinted = [line for line in lines if search.hints[line]]
    if len(lines) > 3 and len(odd) == 1:
        total = odd[0]
    elif len(hinted) == 1:
        total = hinted[0]
    elif len(odd) == 1 and (odd[0] == lines[-1] or _mixed(search.side, odd[0], lines)):
        total = odd[0]
    else:
        total = lines[-1]
    turn = -signs[total]
    return Equation(total, tuple((signs[line] * turn, line) for line in lines if line != total))


def _mixed(side: Side, total: int, lines: Sequence[int]) -> bool:
    """Whether the lines beside a total mostly have different signs, as spending and income do."""
    others = [line for line in lines if line != total]
    pairs = [
        [value for line in others if (value := side.values[line][member])]
        for member in range(len(side.members))
    ]
    both = [pair for pair in pairs if len(pair) > 1]
    return 2 * sum(min(pair) < 0 < max(pair) for pair in both) > len(both) > 0


def _simplest(side: Side, found: Sequence[Weighed], known: Sequence[Weighed]) -> list[Weighed]:
    """Without those that follow from others with fewer lines, or that others contradict.

    Those that hold nearly everywhere come first; what is missed in many places has to stand
    beside them.
    """
    told = {_essence(side, one.equation) for one in known}
    unique: dict[tuple[tuple[int, int], ...], Weighed] = {}
    for one in sorted(found, key=lambda one: (len(one.misses), -one.bits)):
        unique.setdefault(_essence(side, one.equation), one)
    rest = [one for part, one in unique.items() if part not in told and len(part) > 2]
    rest = [one for one in _once(rest) if not _is_part(one, rest)]
    kept: list[Weighed] = list(known)
    for sure in (True, False):
        for size in sorted({len(one.equation.terms) for one in rest}):
            now = [
                one
                for one in rest
                if len(one.equation.terms) == size and _is_sure(one) is sure
            ]
            others = [one.equation for one in kept if len(one.equation.terms) < size]
            others += [one.equation for one in known if len(one.equation.terms) > size]
            kept += [
                one
                for one in now
                if not follows(one.equation, others)
                and not _contradicted(side, one, kept)
                and not _is_variant(one.equation, kept)
            ]
    return [
        one
        for one in kept[len(known) :]
        if not _contradicted(side, one, [o for o in kept if len(o.misses) < len(one.misses)])
        and not _follows_where_held(side, one, kept)
    ]


def _once(found: Sequence[Weighed]) -> list[Weighed]:
    """Of equations between the same lines only the one with most evidence."""
    best: dict[frozenset[int], Weighed] = {}
    for one in found:
        lines = frozenset(line for line, _ in one.equation.canonical)
        if lines not in best or best[lines].bits < one.bits:
            best[lines] = one
    return list(best.values())


def _follows_where_held(side: Side, one: Weighed, kept: Sequence[Weighed]) -> bool:
    """Whether an equation follows from others with fewer lines, but for lines that are nil
    wherever it holds."""
    nil = {
        line
        for line, values in enumerate(side.values)
        if not any(values[member] for member in one.holds)
    }
    smaller = []
    for other in kept:
        if other is not one:
            terms = tuple(term for term in other.equation.terms if term[1] not in nil)
            size = len(terms) - (other.equation.total in nil)
            if size < len(one.equation.terms):
                smaller.append({line: sign for line, sign in _signed(other.equation, nil)})
    return _spanned(dict(_signed(one.equation, nil)), smaller)


def _signed(equation: Equation, nil: set[int]) -> list[tuple[int, int]]:
    return [(line, sign) for line, sign in equation.canonical if line not in nil]


def _is_sure(one: Weighed) -> bool:
    """Whether few members miss it, or only by a slip."""
    return len(one.misses) <= one.near or 6 * len(one.misses) <= len(one.holds)


def _is_part(one: Weighed, others: Sequence[Weighed]) -> bool:
    """Whether another has all its lines and more, and holds where it does not."""
    lines = one.equation.canonical
    turned = frozenset((line, -sign) for line, sign in lines)
    return bool(one.misses) and any(
        len(other.misses) < len(one.misses)
        and (lines < other.equation.canonical or turned < other.equation.canonical)
        for other in others
    )


def _essence(side: Side, equation: Equation) -> tuple[tuple[int, int], ...]:
    """The equation without the lines that are nil everywhere, which may belong to any, and with
    the first line that prints the same in the place of one that repeats it."""
    first: dict[tuple[int | None, ...], int] = {}
    for line, values in enumerate(side.values):
        first.setdefault(tuple(values), line)
    signed = sorted(
        (first[tuple(side.values[line])], sign)
        for line, sign in equation.canonical
        if any(side.values[line])
    )
    turn = signed[0][1] if signed else 1
    return tuple(sorted((line, sign * turn) for line, sign in signed))


def _contradicted(side: Side, one: Weighed, kept: Sequence[Weighed]) -> bool:
    """Whether other equations bear out every figure of this one where it does not hold.

    Then no figure there is wrong, and what is wrong is the equation.
    """
    lines = {one.equation.total, *(line for _, line in one.equation.terms)}
    if any(_is_alias(one.equation, other.equation) for other in kept if one.misses):
        return True
    for member in one.misses:
        borne_out = set()
        for other in kept:
            if member in other.holds:
                borne_out |= {other.equation.total, *(line for _, line in other.equation.terms)}
        if {line for line in lines if side.values[line][member]} <= borne_out:
            return True
    return False


def _is_variant(equation: Equation, kept: Sequence[Weighed]) -> bool:
    """Whether a total is already made in much the same way, with a term more or another."""
    lines = {line for _, line in equation.terms}
    for other in kept:
        if other.equation.total == equation.total:
            shared = lines & {line for _, line in other.equation.terms}
            if len(shared) > 1 or len(shared) == len(other.equation.terms):
                return True
    return False


def _is_alias(equation: Equation, other: Equation) -> bool:
    """Whether an equation is another one but for one line, which has another in its place.

    Where the other holds better, the two lines are mostly alike: a budget and its revision.
    """
    here, there = equation.canonical, other.canonical
    turned = {(line, -sign) for line, sign in there}
    return any(
        len(here - side) == 1 == len(side - here) for side in (there, turned) if len(here) > 2
    )


def follows(equation: Equation, others: Sequence[Equation]) -> bool:
    """Whether an equation is a sum of multiples of others."""
    return _spanned(dict(equation.canonical), [dict(other.canonical) for other in others])


def _spanned(row: dict[int, int], others: Sequence[dict[int, int]]) -> bool:
    rows: list[dict[int, int]] = []
    for other in others:
        _reduce(rows, other, keep=True)
    return not _reduce(rows, row, keep=False)


def _reduce(rows: list[dict[int, int]], row: dict[int, int], *, keep: bool) -> dict[int, int]:
    """What is left of a row after the pivots of others are taken out of it; kept if asked for."""
    for pivot in rows:
        line = next(iter(pivot))
        if factor := row.get(line):
            scale = pivot[line]
            row = {
                other: left
                for other in {*row, *pivot}
                if (left := row.get(other, 0) * scale - pivot.get(other, 0) * factor)
            }
    if keep and row:
        rows.append(row)
    return row
