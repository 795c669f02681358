"""A trial on a terminal, and as Markdown."""

from collections.abc import Iterable

from rich.console import Console

from cfbudget.render.apart import print_apart
from cfbudget.render.beside import beside_grid, beside_note, panels_of, print_beside
from cfbudget.render.terminal import print_line
from cfbudget.tables.trial import TrialTables


def print_trial(
    console: Console, trial: TrialTables, whys: Iterable[str], width: int | None
) -> None:
    """Print the tables, what each change contributes, and what it comes to in words."""
    for shown in trial.for_reading:
        print_beside(console, shown, width, only_changed=trial.is_only_changed)
    for table in trial.apart:
        print_apart(console, table, width)
    for sentence in (*whys, *trial.sentences):
        print_line(console, sentence, width)


def trial_markdown(trial: TrialTables, whys: Iterable[str]) -> str:
    from cfbudget.render.markdown import (
        apart_markdown,
        escaped,
        grid_markdown,
    )  # only this needs it

    parts: list[str] = []
    for shown in trial.for_reading:
        table = shown.difference
        parts.append(f"## {escaped(table.title)}")
        parts.append("\n".join(f"- {escaped(fact)}" for fact in table.subtitle))
        for panel in panels_of(shown, only_changed=trial.is_only_changed):
            parts += [f"**{escaped(panel.caption)}**"] if panel.caption else []
            parts.append(
                grid_markdown(beside_grid(shown, panel, only_changed=trial.is_only_changed))
            )
        parts += [escaped(note) for note in (*table.filtered, *beside_note(shown))]
    for table in trial.apart:
        parts.append(apart_markdown(table))
    parts += [escaped(sentence) for sentence in (*whys, *trial.sentences)]
    return "\n\n".join(parts) + "\n"
