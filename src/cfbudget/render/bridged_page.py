"""The bridge from an old plan to a new one, on a terminal or as plain text."""

from rich.console import Console

from cfbudget.render.apart import print_apart
from cfbudget.render.bridged import Bridged, bridge_grid, bridge_title, sentences
from cfbudget.render.bridged_words import facts
from cfbudget.render.grid import grid_text
from cfbudget.render.terminal import print_head, print_line


def print_bridged(console: Console, bridged: Bridged, width: int | None) -> None:
    """Print what to know of the bridge, its figures, and what they come to."""
    print_head(console, bridge_title(bridged), facts(bridged.bridge), width)
    console.print()
    console.print(grid_text(bridge_grid(bridged), width), soft_wrap=True, end="")
    console.print()
    if bridged.beyond:
        print_apart(console, bridged.beyond, width)
    for sentence in sentences(bridged):
        print_line(console, sentence, width)
