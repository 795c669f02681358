"""What verifying a workbook found, on a terminal or as plain text."""

from rich.console import Console

from cfbudget.render.grid import grid_text
from cfbudget.render.terminal import print_line
from cfbudget.render.verified import Verified, effect_grids, finding_lines, verdict


def print_verified(console: Console, verified: Verified, width: int | None) -> None:
    """Print what differs, what that does to the figures, and what was compared."""
    title = f"{verified.plan}: {verified.file} against the plan"
    print_line(console, title, width, "bold")
    console.print()
    lines = finding_lines(verified)
    for line in lines:
        print_line(console, line, width)
    if lines:
        console.print()
    for grid in effect_grids(verified.found.effects):
        console.print(grid_text(grid, width), soft_wrap=True, end="")
        console.print()
    for sentence in verdict(verified):
        print_line(console, sentence, width)
