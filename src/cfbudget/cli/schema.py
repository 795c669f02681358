"""`cfbudget schema`: the JSON Schema of a plan's files, for editors."""

from typing import TYPE_CHECKING, Annotated

import typer

from cfbudget.cli.printing import deliver
from cfbudget.cli.words import one_of, starting

if TYPE_CHECKING:
    from cfbudget.plan.schema import FileName

EXAMPLES = """Examples:

cfbudget schema options

mkdir -p schema && cfbudget schema options > schema/options.json"""
FILES: "tuple[FileName, ...]" = ("revenue", "capital", "options")


def schema(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="revenue, capital or options; one schema for all three if none is named.",
            autocompletion=starting(*FILES),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a plan's file.

    An editor that knows YAML schemas completes and checks a file whose first line is
    "# yaml-language-server: $schema=schema/options.json".
    """
    wanted = one_of(file, FILES, "FILE") if file is not None else None
    import json

    from cfbudget.plan.schema import json_schema

    deliver(json.dumps(json_schema(wanted), indent=2, ensure_ascii=False) + "\n", None)
