"""Which plan a command works on."""

import sys
from pathlib import Path

import typer

import cfbudget
from cfbudget.problem import printable


def plan_folder(given: str | None) -> str:
    """The folder given, else . or ./data if it holds a plan, else the shipped plan's.

    The shipped plan is named on stderr, so that nobody takes it for a plan of their own.
    """
    if given == "":
        raise typer.BadParameter("it names no folder", param_hint="'--data'")
    if given is not None:
        return given
    from cfbudget.read.folder import holds_plan

    for folder in (".", "data"):
        if holds_plan(Path(folder)):
            return folder
    say(
        "no plan in . or ./data, so this is the shipped one: Children & Families 2024-25, "
        "Cheshire West and Chester Council (--data DIR for your own)"
    )
    return str(shipped_folder())


def is_folder(given: str) -> bool:
    """Whether something given names a folder; where that cannot be told, it does not."""
    try:
        return Path(given).is_dir()
    except (OSError, ValueError):  # the name is too long, or what it stands in may not be entered
        return False


def shipped_folder() -> Path:
    """The shipped plan: inside the installed package, or beside the source in a checkout."""
    package = Path(cfbudget.__file__).parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1] / "data"


def say(message: str) -> None:
    """Say something on stderr, whatever names stand in it."""
    print(f"cfbudget: {printable(message)}", file=sys.stderr)


def fail(message: str, hint: str = "") -> typer.Exit:
    """Say on stderr why the work could not be done and what to do, and end with 2."""
    say(message)
    if hint:
        print(f"   hint: {printable(hint)}", file=sys.stderr)
    return typer.Exit(2)
