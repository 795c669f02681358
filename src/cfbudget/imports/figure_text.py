"""A figure as a plan's file has it: to its printed places, and with its own unit."""

from decimal import Decimal

from cfbudget.casting.table.grid import PrintedCell


def places_printed(cell: PrintedCell, places: int) -> int:
    """To how many places a figure is printed."""
    step, found = cell.step, places
    while step >= 10 and found:
        step //= 10
        found -= 1
    return found


def text_with_unit(amount: Decimal, cell: PrintedCell, places: int) -> str:
    """£1.2m, to its printed places: an amount in single pounds."""
    for suffix, power in (("m", 6), ("k", 3)):
        step = Decimal(cell.step).scaleb(-places)
        shown = max(0, power - step.adjusted())
        if step < 10**power * 10 and abs(amount) >= 10 ** (power - 1):
            sign = "-" if amount < 0 else ""
            return f"{sign}£{abs(amount).scaleb(-power):.{shown}f}{suffix}"
    return f"{'-' if amount < 0 else ''}£{abs(amount):f}"
