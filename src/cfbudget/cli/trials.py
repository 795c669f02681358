"""Scenarios as commands take them: files and typed changes, applied to a plan or refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cfbudget.cli.output import print_found, spare_source, unwritten, wrote
from cfbudget.cli.which_plan import fail
from cfbudget.grammar import counted
from cfbudget.problem import printable

if TYPE_CHECKING:
    from cfbudget.cli.flags import Typed
    from cfbudget.nodes import MappingNode
    from cfbudget.plan.plan import Plan
    from cfbudget.problem import Problem
    from cfbudget.scenario.changes.applied import Applied

LONGEST = 200

ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="FILE",
        help="A scenario file; give it again for another.",
        show_default=False,
    ),
]
ConflictsOption = Annotated[
    bool,
    typer.Option(
        "--allow-conflicts", help="Make changes that conflict, in the order they are given."
    ),
]
SaveOption = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FILE",
        help="Keep the changes as a scenario file.",
        show_default=False,
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]


class Trial(NamedTuple):
    """A scenario that was applied, and what it is called."""

    applied: "Applied"
    name: str
    texts: Mapping[str, str] = MappingProxyType({})
    """The texts of its files, to show problems in."""

    @property
    def whys(self) -> tuple[str, ...]:
        """The reasons that the scenario gives, in sentences."""
        return self.applied.whys


class Attempt(NamedTuple):
    """What came of applying a scenario: a trial or problems, its names, and its files' texts."""

    found: "Applied | tuple[Problem, ...]"
    names: tuple[str, ...]
    """What the files call their scenarios, each before those that it includes."""
    texts: Mapping[str, str]
    common: int = 0
    """How many of its changes stand before those of the last file."""

    @property
    def problems(self) -> "tuple[Problem, ...]":
        """What is wrong with it, or to be said of it."""
        from cfbudget.scenario.changes.applied import Applied

        return self.found.problems if isinstance(self.found, Applied) else self.found


def attempted(
    plan: "Plan",
    files: Iterable[str],
    changes: "Typed",
    last: str | None = None,
    *,
    allow_conflicts: bool = False,
    output: Path | None = None,
) -> Attempt:
    """Apply scenario files, then typed changes, then one more file; nothing is shown.

    Args:
        output: where the result goes; one of the files ends the command with 2.
    """
    from cfbudget.cli.flags import WHERE
    from cfbudget.scenario.changes.applied import apply_scenario
    from cfbudget.scenario.written.included_files import Reader

    reader = Reader(plan)
    for file in files:
        reader.file(file)
    if changes.changes:
        reader.nodes(changes.changes, WHERE)
    before, common = len(reader.names), len(reader.written)
    if last is not None:
        reader.file(last)
    read = reader.read()
    for name in read.texts:
        spare_source(output, Path(name), "the scenario")
    applied = apply_scenario(plan, read, allow_conflicts=allow_conflicts)
    names = read.names if last is None else read.names[before:]
    return Attempt(applied, names, {**read.texts, WHERE: changes.text}, common)


def tried(
    plan: "Plan",
    files: Iterable[str] | None,
    flags: Mapping[str, Iterable[str] | None] | None = None,
    *,
    allow_conflicts: bool = False,
    output: Path | None = None,
) -> Trial:
    """Apply scenario files, then typed changes; problems are shown and end the command with 2.

    Args:
        output: where the result goes, which is none of the files.
    """
    from cfbudget.cli.flags import typed

    changes = typed(flags or {})
    made = attempted(plan, files or (), changes, allow_conflicts=allow_conflicts, output=output)
    return shown_trial(made, changes)


def shown_trial(made: Attempt, changes: "Typed") -> Trial:
    """An attempt as a trial, once its problems are shown; where there is none they end with 2."""
    from cfbudget.scenario.changes.applied import Applied

    print_found("", made.problems, made.texts)
    if not isinstance(made.found, Applied):
        raise typer.Exit(2)
    names = [*made.names, *(["the changes typed"] if changes.changes else [])]
    return Trial(made.found, " and ".join(names), made.texts)


def tried_nodes(plan: "Plan", changes: "Sequence[MappingNode]", name: str) -> Trial:
    """Apply changes that stand in no scenario file."""
    from cfbudget.scenario.changes.applied import Applied, apply_scenario
    from cfbudget.scenario.written.included_files import Reader

    reader = Reader(plan)
    reader.nodes(changes, name)
    applied = apply_scenario(plan, reader.read())
    if not isinstance(applied, Applied):
        print_found("", applied, {})
        raise typer.Exit(2)
    return Trial(applied, name)


def may_save(target: Path, *, force: bool) -> None:
    """Refuse a target that must not be replaced, or that no scenario is read from."""
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise fail(f"a scenario is a YAML file: end {target.name!r} in .yaml")
    from cfbudget.cli.stored_workbook import may_write

    may_write(target, force=force)


def save_scenario(
    target: Path, changes: "Sequence[MappingNode]", name: str | None = None, *, force: bool
) -> None:
    """Write changes as a scenario file, whole or not at all.

    Args:
        name: of the scenario; without it, the file's own.
    """
    from cfbudget.scenario.written.saved_text import scenario_text
    from cfbudget.written_files import write_text

    may_save(target, force=force)
    try:
        write_text(target, scenario_text(printable(name or _title(target)), changes))
    except OSError as error:
        raise unwritten(target, error) from None
    wrote(target, f"{counted(len(changes), 'change')}.")


def _title(target: Path) -> str:
    """A scenario's name from its file's: the words in it."""
    words = re.sub(r"[^\w.,&()+']+|_", " ", target.stem).split()
    return " ".join(words)[:LONGEST] or "A trial"
