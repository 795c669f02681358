"""A trial on a terminal, and as Markdown."""

from collections.abc import Iterable

from rich.console import Console

from cfbudget.render.beside import beside_grid, beside_note, differences, panels_of, print_beside
from cfbudget.render.grid import Grid, GridRow, grid_text
from cfbudget.render.terminal import STYLES, print_head, print_line, rounding_note
from cfbudget.tables.table import Table
from cfbudget.tables.trial import TrialTables


def print_trial(
    console: Console, trial: TrialTables, whys: Iterable[str], width: int | None
) -> None:
    """Print the tables, what each change contributes, and what it comes to in words."""
    for shown in trial.for_reading:
        print_beside(console, shown, width, only_changed=trial.is_only_changed)
    for table in trial.attributions:
        print_head(console, table.title, table.subtitle, width)
        console.print(grid_text(attribution_grid(table), width), soft_wrap=True, end="")
        console.print()
        for note in rounding_note(table):
            print_line(console, note, width)
            console.print()
    for sentence in (*whys, *trial.sentences):
        print_line(console, sentence, width)


def attribution_grid(table: Table) -> Grid:
    """A line for each change, differences with their signs."""
    panel = table.panels[0]
    rows = [
        GridRow(
            row.label, differences(table, row, panel), STYLES[row.role], apart=row.role == "total"
        )
        for row in table.rows
    ]
    return Grid((table.unit.name, *(column.heading for column in panel.columns)), rows)


def trial_markdown(trial: TrialTables, whys: Iterable[str]) -> str:
    from cfbudget.render.markdown import escaped, grid_markdown  # only this needs it

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
    for table in trial.attributions:
        parts.append(f"## {escaped(table.title)}")
        parts.append("\n".join(f"- {escaped(fact)}" for fact in table.subtitle))
        parts.append(grid_markdown(attribution_grid(table)))
        parts += [escaped(note) for note in rounding_note(table)]
    parts += [escaped(sentence) for sentence in (*whys, *trial.sentences)]
    return "\n\n".join(parts) + "\n"
