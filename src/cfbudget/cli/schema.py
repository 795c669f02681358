"""`cfbudget schema`: the JSON Schema of a plan's files and of a scenario, for editors."""

from typing import Annotated, Any

import typer

from cfbudget.cli.choices import one_of, starting
from cfbudget.cli.output import deliver

EXAMPLES = """Examples:

cfbudget schema options

cfbudget schema scenario

mkdir -p schema && cfbudget schema options > schema/options.json"""
FILES = ("revenue", "capital", "options", "funding", "reserves", "scenario")


def schema(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="revenue, capital, options, funding, reserves or scenario; one for any file of a "
            "plan if none is named.",
            autocompletion=starting(*FILES),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a plan's file, or of a scenario.

    An editor that knows YAML schemas completes and checks a file whose first line is
    "# yaml-language-server: $schema=schema/options.json".
    """
    wanted = one_of(file, FILES, "FILE") if file is not None else None
    import json

    deliver(json.dumps(_schema(wanted), indent=2, ensure_ascii=False) + "\n", None)


def _schema(file: str | None) -> dict[str, Any]:
    from cfbudget.plan.schema import MODELS, json_schema, model_schema

    if file == "scenario":
        from cfbudget.scenario.written.scenario_file import ScenarioFile

        return model_schema(ScenarioFile)
    return json_schema(next((name for name in MODELS if name == file), None))
