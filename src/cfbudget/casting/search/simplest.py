"""Which equations stand, of all that the figures bear out: not what follows from simpler ones,
nor what the figures elsewhere speak against."""

from collections.abc import Mapping, Sequence

from cfbudget.casting.search.evidence import Weighed
from cfbudget.casting.search.follows import follows, spanned
from cfbudget.casting.table.side import Equation, Side


def simplest(side: Side, found: Sequence[Weighed], known: Sequence[Weighed]) -> list[Weighed]:
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
            now = [one for one in rest if len(one.equation.terms) == size and _is_sure(one) is sure]
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


def not_contradicted(
    side: Side, found: Sequence[Weighed], repeats: Sequence[Weighed]
) -> list[Weighed]:
    """Without differences that several members miss, where others bear out all their figures."""
    kept = []
    for one in found:
        signed = any(sign < 0 for sign, _ in one.equation.terms)
        doubtful = signed and 2 * len(one.misses) >= len(one.holds)
        others = [other for other in (*found, *repeats) if other is not one]
        if not (doubtful and one.misses and _contradicted(side, one, others)):
            kept.append(one)
    return kept


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
    wherever it holds, and taking lines that print the same for one."""
    nil = {
        line
        for line, values in enumerate(side.values)
        if not any(values[member] for member in one.holds)
    }
    first = _first_alike(side)
    smaller = []
    for other in kept:
        if other is not one:
            terms = tuple(term for term in other.equation.terms if term[1] not in nil)
            size = len(terms) - (other.equation.total in nil)
            if size < len(one.equation.terms):
                smaller.append(_signs(other.equation, nil, first))
    return spanned(_signs(one.equation, nil, first), smaller)


def _signs(equation: Equation, nil: set[int], first: Mapping[int, int]) -> dict[int, int]:
    """How often each line is added or taken off, in what comes to nil."""
    signs: dict[int, int] = {}
    for line, sign in equation.canonical:
        if line not in nil:
            signs[first[line]] = signs.get(first[line], 0) + sign
    return {line: sign for line, sign in signs.items() if sign}


def _first_alike(side: Side) -> dict[int, int]:
    """For each line the first that prints the same."""
    first: dict[tuple[int | None, ...], int] = {}
    return {
        line: first.setdefault(tuple(values), line) if any(values) else line
        for line, values in enumerate(side.values)
    }


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
    first = _first_alike(side)
    signed = sorted(
        (first[line], sign) for line, sign in equation.canonical if any(side.values[line])
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
            if len(shared) > 1 or len(shared) == len(other.equation.terms) or len(lines) > 3:
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
