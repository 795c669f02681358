"""How a table's rows, or its columns, add up."""

from collections.abc import Sequence

from cfbudget.casting.search.any_order import find_combinations
from cfbudget.casting.search.candidate_sums import MOST_LINES
from cfbudget.casting.search.evidence import MISS, Weighed
from cfbudget.casting.search.nested_totals import RunKind, Search, find_runs
from cfbudget.casting.search.outlook import Outlook
from cfbudget.casting.search.simplest import simplest
from cfbudget.casting.search.whole_blocks import find_whole
from cfbudget.casting.table.side import Equation

MOST_TURNED = 4
"""The most lines of a sum above them that may rather be a difference."""


def accepts(weighed: Weighed, need: int) -> bool:
    """Whether an equation has enough evidence, and most of its members hold it."""
    return weighed.majority and weighed.bits >= need


def accepts_tentatively(weighed: Weighed, need: int) -> bool:
    """As above, if few members hold it but more than chance explains: to learn which of them
    never add up."""
    if weighed.majority:
        return weighed.bits >= need
    evidence = weighed.bits + MISS * len(weighed.misses)
    return bool(weighed.holds) and evidence >= max(need, 0) + 3 * len(weighed.misses)


def add_up(search: Search, *, ordered: bool) -> list[Weighed]:
    """The equations of one side.

    Args:
        ordered: whether the lines are nested in their order, as rows are; else they may stand in
            any, as columns may, unless they are too many to try.
    """
    lines = list(range(len(search.side.lines)))
    if not ordered and len(lines) <= MOST_LINES:
        return find_combinations(search, lines, [])
    found = _nested(search, lines)
    if not ordered:
        return _side_by_side(search, lines, found)
    left = lines if len(lines) <= MOST_LINES else _open(lines, found)
    if len(left) <= MOST_LINES:
        found += find_combinations(search, left, found)
    known = {line for one in found for line, _ in one.equation.canonical}
    told = (line for line in lines if any(search.side.values[line]))
    return found if known.issuperset(told) else find_whole(search) or found


def _side_by_side(search: Search, lines: Sequence[int], nested: Sequence[Weighed]) -> list[Weighed]:
    """Sums in the order of many columns, but for those that follow from a sum or difference of two
    wherever these stand, or are contradicted by it: such as net, of two years that take turns."""
    sure = [one for one in nested if not one.misses and _is_plain(one.equation)]
    pairs = find_combinations(search, lines, sure, sizes=(3,))
    rest = [one for one in nested if one not in sure]
    return [*sure, *pairs, *simplest(search.side, rest, [*sure, *pairs])]


def _is_plain(equation: Equation) -> bool:
    return all(sign > 0 for sign, _ in equation.terms)


def _nested(search: Search, lines: Sequence[int]) -> list[Weighed]:
    """Totals below their lines and above them: sums of several lines that no member misses, whose
    lines another that is missed could take from them, then any, then totals of a single line,
    which could as well be its line, then differences."""
    outlook = Outlook(search.side)
    orders = [lines, lines[::-1]]
    whole = [list(find_runs(search, order, [], "whole", outlook)) for order in orders]
    if len(whole[1]) > len(whole[0]):  # a table whose totals stand above their lines
        orders.reverse()
    found: list[Weighed] = []
    kinds: tuple[RunKind, ...] = ("whole", "sums", "single", "differences")
    for kind in kinds:
        before = -1
        while before < len(found):
            before = len(found)
            for order in orders:
                known = [one.equation for one in found]
                found += find_runs(search, order, known, kind, outlook)
    return [_as_printed(search, one, found) for one in found]


def _as_printed(search: Search, one: Weighed, found: Sequence[Weighed]) -> Weighed:
    """A short sum above its lines as the difference that the last of them is, in a table whose
    other totals stand below theirs: approved, less effected, is still to be achieved."""
    total, terms = one.equation
    lines = sorted(line for _, line in terms)
    plain = all(sign > 0 for sign, _ in terms)
    if total > lines[-1] or not plain or not 1 < len(lines) <= MOST_TURNED:
        return one
    below = {other.equation.total for other in found if _stands_below(other.equation)}
    above = any(not _stands_below(other.equation) for other in found if other is not one)
    if not below & set(lines):
        if search.hints[total] > search.hints[lines[-1]] or _is_subtotal(total, found):
            return one
        if not below and (above or len(lines) > 2):
            return one
    if search.breaks & set(lines):
        return one
    *others, last = lines
    turned = Equation(last, ((1, total), *((-1, line) for line in others)))
    return one._replace(equation=turned)


def _is_subtotal(line: int, found: Sequence[Weighed]) -> bool:
    """Whether a line is added up in a plain total below it."""
    return any(
        (1, line) in other.equation.terms and min(sign for sign, _ in other.equation.terms) > 0
        for other in found
        if _stands_below(other.equation)
    )


def _stands_below(equation: Equation) -> bool:
    return equation.total > max(line for _, line in equation.terms)


def _open(lines: Sequence[int], found: Sequence[Weighed]) -> list[int]:
    """The lines that are not yet part of a total."""
    taken = {line for one in found for _, line in one.equation.terms}
    return [line for line in lines if line not in taken]
