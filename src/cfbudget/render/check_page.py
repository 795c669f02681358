"""What checking a plan found, on a terminal or as plain text."""

from rich.console import Console

from cfbudget.render.checking import Checked, shown_grids, verdict
from cfbudget.render.grid import grid_text
from cfbudget.render.terminal import print_line


def print_check(console: Console, checked: Checked, width: int | None, *, every: bool) -> None:
    """Print what checking a plan found: counts, differences, and what that comes to."""
    report = checked.report
    if report is None:
        return
    print_line(console, f"{checked.name}: stated figures against computed ones", width, "bold")
    console.print()
    for grid in shown_grids(report, every=every):
        console.print(grid_text(grid, width), soft_wrap=True, end="")
        console.print()
    for sentence in verdict(checked, report):
        print_line(console, sentence, width)
