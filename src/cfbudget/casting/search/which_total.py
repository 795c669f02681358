"""Of lines that come to nil, which is the result, and which of those that print the same."""

from collections.abc import Sequence

from cfbudget.casting.search.nested_totals import Search
from cfbudget.casting.table.side import Equation, Side, Signed


def settle(search: Search, signed: Signed) -> Equation:
    """Which of the lines that come to nil is the result: as its label says, or as the figures do.

    A line that all the others make by a plain sum is their total, if there are more than two; of
    three lines the last to be printed is the result: gross, income, net.
    """
    lines = sorted(line for line, _ in signed)
    signs = dict(signed)
    odd = [line for line in lines if sum(sign == signs[line] for sign in signs.values()) == 1]
    hinted = [line for line in lines if search.hints[line]]
    if len(signs) > 3 and len(odd) == 1:
        total = odd[0]
    elif len(hinted) == 1:
        total = hinted[0]
    elif len(odd) == 1 and (odd[0] == lines[-1] or _mixed(search.side, odd[0], sorted(signs))):
        total = odd[0]
    else:
        total = lines[-1]
    turn = -signs[total]
    return Equation(
        total, tuple((signs[line] * turn, line) for line in sorted(signs) if line != total)
    )


def _mixed(side: Side, total: int, lines: Sequence[int]) -> bool:
    """Whether the lines beside a total mostly have different signs, as spending and income do."""
    others = [line for line in lines if line != total]
    pairs = [
        [value for line in others if (value := side.values[line][member])]
        for member in range(len(side.members))
    ]
    both = [pair for pair in pairs if len(pair) > 1]
    return 2 * sum(min(pair) < 0 < max(pair) for pair in both) > len(both) > 0


def nearest(side: Side, equation: Equation) -> Equation:
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
