"""How much of a plan's tables a command is asked to show: views of the position, and a depth."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.choices import one_of, starting

if TYPE_CHECKING:
    from cfbudget.cli.common_options import Format
    from cfbudget.layout.shown_parts import View
    from cfbudget.layout.table import Table

VIEWS: "tuple[View, ...]" = ("change", "cumulative", "net", "to-date", "gap")
ViewOption = Annotated[
    list[str] | None,
    typer.Option(
        "--view",
        metavar="VIEW",
        help="Of the position only this: change, cumulative, net, to-date or gap; give it again "
        "for another. Without it all but to-date (which CSV and JSON have).",
        autocompletion=starting(*VIEWS),
        show_default=False,
    ),
]
DepthOption = Annotated[
    int | None,
    typer.Option(
        "--depth",
        metavar="N",
        min=1,
        help="Only services down to this depth: 1 for those that stand within no other.",
        show_default=False,
    ),
]


def chosen_views(wanted: list[str] | None, chosen: "Format") -> "tuple[View, ...]":
    """The views asked for, else the usual ones; data has all of them."""
    if wanted:
        return tuple(one_of(view, VIEWS, "--view") for view in wanted)
    from cfbudget.layout.shown_parts import USUAL

    return VIEWS if chosen in ("csv", "json") else USUAL


def shown_parts(
    tables: "Iterable[Table]", views: list[str] | None, depth: int | None, chosen: "Format"
) -> "tuple[Table, ...]":
    """The tables with the views that are wanted, down to the depth that is.

    Raises:
        typer.BadParameter: they show none of what was asked for.
    """
    from cfbudget.layout.shown_parts import (
        BY_SERVICE,
        VIEWED,
        to_depth,
        view_of,
        with_views,
        without_empty,
    )

    given = tuple(tables)
    seen = chosen_views(views, chosen)
    there = {view_of(panel) for one in given if one.name in VIEWED for panel in one.panels}
    if views and there.isdisjoint(seen):
        has = f"it has {', '.join(v for v in VIEWS if v in there)}" if there else "it is not shown"
        raise typer.BadParameter(f"none of these is in the position: {has}", param_hint="'--view'")
    if depth is not None and not any(one.name in BY_SERVICE for one in given):
        message = "it is about services, and these tables have none within another"
        raise typer.BadParameter(message, param_hint="'--depth'")
    # What can only be nil is shown where it was asked for, and in data.
    is_whole = views or chosen in ("csv", "json")
    kept = given if is_whole else tuple(without_empty(table) for table in given)
    return tuple(to_depth(table, depth) for table in with_views(kept, seen))
