"""What rounding explains where assumptions are beneath a printed total.

An assumption comes to pence, and its line is printed in the unit of its table: half a printed unit
for each such line beneath a total, and half for a total that an exact table adds up.
"""

from collections.abc import Callable, Iterable

from cfbudget.calculate.amounts import Amounts, Key, RowSum
from cfbudget.checks.comparison import Comparison
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.plan import Plan


def assumed_slack(lines: int, step: int, *, exact: bool) -> int:
    """What the lines of assumptions explain, in pence, that are not counted already."""
    return (lines + exact) * step // 2 if lines else 0


def with_assumed(
    plan: Plan, options: PolicyOptions, amounts: Amounts, sums: Iterable[RowSum]
) -> Callable[[Comparison], Comparison]:
    """A stated figure of the options with what the assumptions beneath it explain."""
    listed = [option for block in options.services for option in block.options]
    assumed = {option.id for option in listed if option.is_assumption}
    if not assumed:
        return lambda compared: compared
    lines = {option.id: frozenset((option.id,)) for option in listed}
    for row, parts in sums:
        lines[row] = frozenset().union(*(lines.get(part, frozenset()) for part in parts))

    def cells(key: Key) -> int:
        """How many printed figures of assumptions are in a figure."""
        rows = lines.get(key.row, frozenset()) & assumed
        keys = [key._replace(row=row) for row in rows]
        if key.measure == "total" and options.basis == "change":
            keys = [Key(row, "change", year) for row in rows for year in plan.years]
        return sum(1 for one in keys if amounts.get(one))

    def found(compared: Comparison) -> Comparison:
        direct = sum(1 for key in compared.beneath if key.row in assumed and amounts.get(key))
        count = cells(compared.key)
        more = count if compared.exact else count - direct
        slack = assumed_slack(more, compared.step, exact=compared.exact)
        return compared._replace(slack=compared.slack + slack)

    return found
