"""The options that several commands take."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["table", "csv", "json", "md"]
ENDINGS: dict[str, Format] = {".txt": "table", ".csv": "csv", ".json": "json", ".md": "md"}

DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="CFBUDGET_DATA",
        help="The plan's folder; without it . or ./data if it holds a plan, else the shipped one.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "-f",
        "--format",
        help="table (the default), md, or exact, tidy data: csv or json.",
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file; its ending (.txt .csv .json .md) is the format.",
        show_default=False,
    ),
]


def chosen_format(wanted: Format | None, output: Path | None) -> Format:
    """The format asked for, else that of the file's ending, else a table."""
    if wanted is not None:
        return wanted
    if output is None:
        return "table"
    if output.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise typer.BadParameter(
            f"no format is known for {output.name!r}: end it in {known}, or give -f",
            param_hint="'-o'",
        )
    return ENDINGS[output.suffix.lower()]
