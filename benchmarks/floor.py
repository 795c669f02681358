"""The least that any tool of this kind must do: what cfbudget's speed is measured against.

A Typer command with one option, one Pydantic model, one YAML file read by libyaml, one Rich table.
"""

from pathlib import Path
from typing import Annotated

import typer

PLAN = Path(__file__).parents[1] / "data" / "revenue_2024_25.yaml"
app = typer.Typer(add_completion=False)


@app.command()
def main(file: Annotated[Path, typer.Option(help="The file to read.")] = PLAN) -> None:
    """Print one table of one file."""
    import yaml
    from pydantic import BaseModel
    from rich.console import Console
    from rich.table import Table

    class Line(BaseModel):
        name: str
        gross: int
        income: int

    lines = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["services"]
    table = Table("Service", "Gross", "Income", "Net")
    for found in lines:
        line = Line.model_validate(found)
        figures = (line.gross, line.income, line.gross + line.income)
        table.add_row(line.name, *(f"{figure:,}" for figure in figures))
    Console().print(table)


if __name__ == "__main__":
    app()
