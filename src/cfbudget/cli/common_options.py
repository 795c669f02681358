"""The options that several commands take."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args

import typer

from cfbudget.cli.choices import one_of, starting

Format = Literal["table", "csv", "json", "md", "html", "xlsx", "docx"]
T = TypeVar("T", bound=str)
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[str, Format] = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".docx": "docx",
}

DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="CFBUDGET_DATA",
        help="The plan's folder, or its workbook; without it . or ./data, else the shipped plan.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        help="table (the default), md, html, xlsx, docx, or exact, tidy data: csv or json.",
        autocompletion=starting(*FORMATS),
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file; its ending (.txt .csv .json .md .html .xlsx .docx) is the format.",
        show_default=False,
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="FILE",
        help="A Word document whose styles, page, header and footer -o FILE.docx takes.",
        show_default=False,
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster read the plans: tcp://host:8786.",
        show_default=False,
    ),
]
IN_A_FILE: dict[Format, str] = {"xlsx": "a workbook", "docx": "a Word document"}
"""What no terminal can show."""


def chosen_format(given: str | None, output: Path | None, template: Path | None = None) -> Format:
    """The format asked for, else that of the file's ending, else a table.

    Raises:
        typer.BadParameter: there is no such format, or it goes to a file and none is named, or a
            template is given for another format than it is of.
        typer.Exit: a Word document cannot be made.
    """
    chosen = format_among(ENDINGS, "table", IN_A_FILE, given, output)
    if chosen == "docx" or template is not None:
        from cfbudget.cli.stored_paper import refuse_early

        refuse_early(chosen, template)
    return chosen


def format_among(
    endings: Mapping[str, T],
    usual: T,
    for_files: Mapping[T, str],
    given: str | None,
    output: Path | None,
) -> T:
    """The format asked for, else that of the file's ending, else the usual one.

    Args:
        endings: of files, each with its format.
        for_files: the formats that go to files alone, and what such a file is.
    """
    formats = tuple(dict.fromkeys(endings.values()))
    wanted = one_of(given, formats, "-f") if given is not None else None
    if output is None:
        if wanted is not None and wanted in for_files:
            raise typer.BadParameter(
                f"{for_files[wanted]} goes to a file: give -o FILE.{wanted}", param_hint="'-f'"
            )
        return wanted or usual
    meant = endings.get(output.suffix.lower())
    if wanted is not None:
        if meant not in (None, wanted):
            raise typer.BadParameter(
                f"-f {wanted} and the ending of {output.name!r} are two formats: give one of them",
                param_hint="'-f'",
            )
        return wanted
    if meant is None:
        known = ", ".join(endings)
        raise typer.BadParameter(
            f"no format is known for {output.name!r}: end it in {known}, or give -f",
            param_hint="'-o'",
        )
    return meant
