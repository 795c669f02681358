"""Savings that a table prints without a minus: a plan has them minus."""

from collections.abc import Sequence

from cfbudget.imports.option_lines import OptionLine
from cfbudget.imports.reading import TableReading
from cfbudget.imports.tree import Tree
from cfbudget.plan.kinds import KINDS

MIXED = "a total of savings that are printed plus, and of others"


def turned_rows(reading: TableReading, tree: Tree, lines: Sequence[OptionLine]) -> frozenset[int]:
    """The rows of savings and income generation, and of totals of these alone, where they are
    printed plus. Whether they are is asked; a total with others among them is left out."""
    lowering = [line for line in lines if KINDS[line.kind].sign < 0]
    plus = [line for line in lowering if reading.sums.get(line.row, 0) > 0]
    if not lowering or 2 * len(plus) <= len(lowering):
        return frozenset()
    answer = reading.asking.ask(
        "income",
        f"Savings such as {plus[0].label!r} are printed without a minus. Do they lower the budget "
        "(plus), or raise it (minus)?",
        likely="plus",
        choices=("plus", "minus"),
    )
    if answer != "plus":
        return frozenset()
    reading.notes.append("Savings are printed plus; a plan has them minus.")
    turned = {line.row for line in lowering}
    for row in reading.rows:
        if row.role == "total" and (own := set(tree.lines_of(row.row))):
            if own <= turned:
                turned.add(row.row)
            elif own & turned:
                reading.leave_rows([row.row], MIXED)
    return frozenset(turned)
