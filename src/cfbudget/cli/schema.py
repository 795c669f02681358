"""`cfbudget schema`: the JSON Schema of a plan's files, for editors."""

from typing import Annotated, Literal

import typer

from cfbudget.cli.printing import deliver

EXAMPLES = """Examples:

cfbudget schema options

mkdir -p schema && cfbudget schema options > schema/options.json"""
FileChoice = Literal["revenue", "capital", "options"]


def schema(
    file: Annotated[
        FileChoice | None,
        typer.Argument(
            metavar="FILE",
            help="revenue, capital or options; one schema for all three if none is named.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a plan's file.

    An editor that knows YAML schemas completes and checks a file whose first line is
    "# yaml-language-server: $schema=schema/options.json".
    """
    import json

    from cfbudget.plan.schema import json_schema

    deliver(json.dumps(json_schema(file), indent=2, ensure_ascii=False) + "\n", None)
