"""How a command is asked to lay the options out: by service as plans do, by group, or as a list."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.choices import one_of, starting

if TYPE_CHECKING:
    from cfbudget.layout.table import Table
    from cfbudget.plan.groupings import Grouping
    from cfbudget.plan.plan import Plan

GROUPINGS: "tuple[Grouping, ...]" = ("category", "portfolio", "owner", "kind", "status")
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="WHAT",
        help="Group the options by category, portfolio, owner, kind or status.",
        autocompletion=starting(*GROUPINGS),
        show_default=False,
    ),
]
ListOption = Annotated[
    bool,
    typer.Option(
        "--list",
        help="List the options, one a row: ref, service, owner and figures.",
        show_default=False,
    ),
]


class OptionsLayout(NamedTuple):
    """What was asked for, as it was given."""

    by: str | None = None
    is_list: bool = False

    def laid_out(self, plan: "Plan", tables: "tuple[Table, ...]") -> "tuple[Table, ...]":
        """The tables, the options' own as it was asked for.

        Raises:
            typer.BadParameter: the options are not among them, or both layouts were asked for.
        """
        if self.by is None and not self.is_list:
            return tables
        asked = "'--list'" if self.is_list else "'--by'"
        if self.is_list and self.by is not None:
            raise typer.BadParameter("--by groups the options: choose one", param_hint=asked)
        if plan.options is None or not any(table.name == "options" for table in tables):
            message = "it is about the options, and these are not shown"
            raise typer.BadParameter(message, param_hint=asked)
        from cfbudget.tables.options_by import options_by
        from cfbudget.tables.options_list import options_list

        if self.by is None:
            made = options_list(plan, plan.options)
        else:
            made = options_by(plan, plan.options, one_of(self.by, GROUPINGS, "--by"))
        return tuple(made if table.name == "options" else table for table in tables)
