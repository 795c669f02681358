"""`cfbudget import` of a workbook that `cfbudget export` wrote: the plan's files that it holds."""

import re
from pathlib import Path

import typer

from cfbudget.cli.import_files import existing_texts, put_texts, spare_existing
from cfbudget.cli.output import wrote
from cfbudget.cli.progress import bar
from cfbudget.cli.which_plan import fail
from cfbudget.cli.workbook_plan import show_notices, whole_workbook
from cfbudget.grammar import counted

YAML_FILE = re.compile(r"[a-z][A-Za-z0-9_-]*\.yaml")


def import_workbook(file: Path, into: str, *, force: bool) -> None:
    """Write the files that an exported workbook was made from, as it holds them, and show which.

    What was typed into it since is in none of them, and that is told. A workbook that is not whole
    as a plan ends the command with 2.
    """
    from cfbudget.problem import printable

    existing = existing_texts(into)
    with bar() as progress:
        read = whole_workbook(file, progress, "is not imported: it is not whole as a plan")
    texts = read.exported.texts
    if odd := [name for name in texts if not YAML_FILE.fullmatch(name)]:
        raise fail(
            f"{printable(odd[0])} is no YAML file: what the workbook holds of it is not written",
            "name the workbook to cfbudget compare as it is",
        )
    if others := sorted(existing.keys() - texts.keys()):
        raise fail(
            f"{printable(into)} holds {others[0]}, which is no file of this plan",
            "import into another folder",
        )
    spare_existing(into, list(texts), force=force)
    show_notices(file, read)
    typer.echo(f"{printable(file.name)} holds the files of its plan, as they were exported:")
    for name, text in texts.items():
        typer.echo(f"  {name}: {counted(len(text.splitlines()), 'line')}")
    for target in put_texts(Path(into), {Path(into, name): texts[name] for name in texts}):
        wrote(target)
    if read.plan != read.exported.plan:
        typer.echo(
            "cfbudget: what was typed into the workbook since is not in them: "
            f"cfbudget apply {printable(str(file))} --data {printable(into)}",
            err=True,
        )
