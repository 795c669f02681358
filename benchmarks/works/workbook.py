"""The workbook of 20,000 options over four years: written, proved and recalculated."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contender import Contender
from benchmarks.made.plan import MadePlan
from benchmarks.made_totals import Totals, made_in
from benchmarks.marks import Mark
from benchmarks.programs import CFBUDGET, HERE, PYTHON
from benchmarks.work import Size, Work
from benchmarks.workbooks import export, recalculated, verify

OPTIONS, YEARS = 20_000, 4
POSITION = 6
"""The number of the sheet with the position: a made plan has no capital programme."""
ALONE = "XlsxWriter alone"
SCRIPT = str(HERE / "xlsxwriter_alone.py")


def workbook(folder: Path, size: Size) -> Sequence[Contender]:
    """XlsxWriter alone writes as many texts, numbers and formulas as the workbook holds."""
    plan = MadePlan(size.of(OPTIONS), YEARS)
    data = made_in(folder, plan, ("yaml",)) / "yaml"
    written, alone = folder / "plan.xlsx", folder / "alone.xlsx"
    cells = _cells_written(data, written)
    return (
        Contender(ALONE, (PYTHON, SCRIPT, *cells, str(alone))),
        export(data, written, (Mark("cpu", 1.5, ALONE), Mark("megabytes", 500))),
        verify(data, written, (Mark("cpu", 20), Mark("megabytes", 600))),
        recalculated(folder, written, POSITION, Totals(plan, folder).expected),
    )


def _cells_written(data: Path, written: Path) -> list[str]:
    subprocess.run(
        [CFBUDGET, "export", str(written), "--data", str(data)], check=True, capture_output=True
    )
    counted = subprocess.run(
        [PYTHON, SCRIPT, "--count", str(written)], check=True, capture_output=True, text=True
    )
    return counted.stdout.split()


WORKBOOK = Work("workbook", "The workbook of 20,000 options over four years", ALONE, 2, workbook)
