"""The `cfbudget` command and its subcommands."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated

import typer

from cfbudget.cli.given_once import Once
from cfbudget.cli.harmless_errors import Harmless
from cfbudget.cli.output import silence_stdout
from cfbudget.cli.which_plan import fail

COMMANDS = (
    "totals",
    "explain",
    "check",
    "export",
    "verify",
    "model",
    "compare",
    "consolidate",
    "solve",
    "apply",
    "template",
    "payback",
    "chart",
    "report",
    "cast",
    "import",
    "new",
    "schema",
)
"""Each is a function of its name in a module of its name, imported when it is asked for."""
NAMED = {"import": "import_table"}
"""But for those whose name is a word of Python's."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # slow, and only for this

        typer.echo(f"cfbudget {version('cfbudget')}")
        raise typer.Exit


def root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Recompute a council's finance plan, and prove every printed total.

    A plan is a folder of YAML files: revenue budget, capital programme, policy
    options (savings, pressures, inflation), and a whole council's funding
    (council tax requirement, budget gap) and reserves.
    Without a plan of your own in . or ./data, the shipped one is used.
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def command_line(named: str | None = None, *, is_run: bool = True) -> typer.Typer:
    """The command line: all of it, or only the one command that is named.

    Args:
        is_run: whether a command may be run or complete its words; where none is, they are listed
            without their options, which take longer to make than the list.

    A named command leaves the other ones out, and the options that stand before a command.
    Typer coerces even those that are not given, which imports Pydantic: together they would
    take half as long again as the command's own --help.
    """
    app = typer.Typer(
        name="cfbudget",
        cls=Harmless,
        add_completion=named is None,
        add_help_option=named is None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    if named is None:
        epilog = "Each command has its own help: cfbudget totals --help"
        app.callback(invoke_without_command=True, epilog=epilog)(root)
    else:
        app.callback()(lambda: None)
    for name in [named] if named else COMMANDS:
        called = NAMED.get(name, name)
        module = import_module(f"cfbudget.cli.{called}")
        function = getattr(module, called)
        made = function if is_run else _without_options(function)
        app.command(name, cls=Once, epilog=module.EXAMPLES)(made)
    return app


def _without_options(function: Callable[..., None]) -> Callable[[], None]:
    """A command that only says what it is."""

    def command() -> None: ...

    command.__doc__ = function.__doc__
    return command


def run() -> None:
    """Run the command that is asked for."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    completing = "_CFBUDGET_COMPLETE" in os.environ
    is_run = completing or not set(COMMANDS).isdisjoint(sys.argv)
    try:
        command_line(first if first in COMMANDS and not completing else None, is_run=is_run)()
    except OSError as error:
        # Every command says itself which file it could not read or write. What is left is what no
        # command asked for: its help that cannot be printed, a folder that is gone.
        raise SystemExit(_ended(error)) from None


def _ended(error: OSError) -> int:
    """Say what the system refused; the status to end with."""
    silence_stdout()
    if isinstance(error, BrokenPipeError):
        return 141
    if error.errno is None:
        raise error  # not the system's
    what = f"{error.filename}: " if error.filename is not None else ""
    return fail(f"{what}{error.strerror}").exit_code
