"""What `cfbudget model` is asked to try, how much of it to show."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import typer

from cfbudget.cli.show import Destination
from cfbudget.cli.which_plan import fail
from cfbudget.ids import ID


class TrialParts(NamedTuple):
    """How much of a trial is to be shown."""

    only_changed: bool
    summary: bool
    services: list[str] | None
    views: list[str] | None
    depth: int | None


class AskedTrial(NamedTuple):
    """What is to be tried: scenario files and typed changes, and files that stand side by side."""

    scenarios: list[str] | None
    flags: Mapping[str, list[str] | None]
    beside: list[str] | None
    allow_conflicts: bool
    save: Path | None
    force: bool

    def words(self) -> frozenset[str]:
        """All that may be an id in what is typed, and in the scenario files that can be read."""
        from cfbudget.read.folder import LARGEST_OTHER

        texts = [value for values in self.flags.values() for value in values or ()]
        for name in self.scenarios or ():
            with suppress(OSError, ValueError):  # reading it as a scenario says why
                path = Path(name)
                if path.is_file() and path.stat().st_size <= LARGEST_OTHER:  # a pipe is read once
                    texts.append(path.read_text(encoding="utf-8"))
        return frozenset(found[0] for text in texts for found in ID.finditer(text))

    @property
    def any_change(self) -> bool:
        return bool(self.scenarios or self.beside or any(self.flags.values()))


def refuse_mixed(
    asked: AskedTrial, parts: TrialParts, target: Destination, *, sensitivity: bool
) -> None:
    """Refuse what does not go together, and what asks for nothing.

    Raises:
        typer.BadParameter: it says what to leave out; this ends the command with 2.
    """
    if sensitivity and (asked.any_change or asked.save or parts.only_changed or parts.summary):
        raise typer.BadParameter(
            "it is of the plan as it stands: leave out changes and what belongs to them",
            param_hint="'--sensitivity'",
        )
    if not asked.any_change and not sensitivity:
        raise fail("no change is given: try --set ID@YEAR=AMOUNT, --scenario FILE, or see --help")
    if target.chosen == "xlsx" and any(parts):
        raise typer.BadParameter(
            "a workbook holds the whole plan: leave out --only-changed, --summary, --service, "
            "--view and --depth",
            param_hint="'-o'",
        )
    if asked.beside and (asked.save or parts.views):
        raise typer.BadParameter(
            "it shows the net budget and the gap of several scenarios, and keeps none of them: "
            "leave out --view and --save",
            param_hint="'--beside'",
        )
