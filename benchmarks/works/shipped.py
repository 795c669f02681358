"""The shipped plan, and a table of 60 lines by 15 columns: what is run every day.

They are measured against the floor, the least that a tool of this kind does: `floor.py`.
"""

from collections.abc import Sequence
from pathlib import Path

from benchmarks import cfbudget_answers as answers
from benchmarks.casting_shapes import shapes
from benchmarks.contender import Contender
from benchmarks.marks import Mark
from benchmarks.programs import CFBUDGET, HERE, PYTHON
from benchmarks.work import Size, Work
from benchmarks.workbooks import export, recalculated, verify

DATA = HERE.parent / "data"
CHANGE = "personal-travel-budgets@2024-25=-400"
SERVICES = {
    "childrens-social-care": (15_087, -789, -55, 781),
    "early-help-and-prevention": (0, -64, 0, 0),
    "education": (2_252, 1_839, 2_489, 2_725),
    "total": (17_339, 986, 2_434, 3_506),
}
YEARS = ("2024-25", "2025-26", "2026-27", "2027-28")
PRINTED = {
    f"{service} {year}": amount
    for service, amounts in SERVICES.items()
    for year, amount in zip(YEARS, amounts, strict=True)
}
"""What the shipped plan's source prints, in £000."""
LESS_SAVED = 573 - 400
TRIED = {
    key: amount + LESS_SAVED * (key in ("education 2024-25", "total 2024-25"))
    for key, amount in PRINTED.items()
}
STATED = {"compared": 79, "agree": 79, "warnings": 11}
FLOOR = "floor"


def shipped(folder: Path, size: Size) -> Sequence[Contender]:
    """Export comes before those that read its workbook."""
    workbook = folder / "plan.xlsx"
    data = ("--data", str(DATA))
    trial = (CFBUDGET, "model", *data, "--set", CHANGE)
    scenario = (CFBUDGET, "model", *data, "--scenario", str(HERE / "scenario.yaml"))
    to_totals = (Mark("cpu", 1.3, "cfbudget totals"),)
    return (
        Contender(FLOOR, (PYTHON, str(HERE / "floor.py"))),
        Contender(
            "cfbudget totals", (CFBUDGET, "totals", *data), PRINTED, answers.of_position,
            _at_most(1.1),
        ),
        Contender("cfbudget check", (CFBUDGET, "check", *data), STATED, answers.of_check),
        Contender("cfbudget model --set", trial, TRIED, answers.of_position, to_totals),
        Contender("cfbudget model --scenario", scenario),
        export(DATA, workbook, _at_most(1.5)),
        verify(DATA, workbook, _at_most(2.0)),
        recalculated(folder, workbook, 7, PRINTED),
        Contender(
            "cfbudget cast, 60 × 15", (CFBUDGET, "cast", str(_printed_table(folder))),
            {"agree": 153}, answers.of_cast, _at_most(1.5),
        ),
    )  # fmt: skip


def _at_most(ratio: float) -> tuple[Mark, ...]:
    return (Mark("cpu", ratio, FLOOR),)


def _printed_table(folder: Path) -> Path:
    path = folder / "printed.csv"
    path.write_text(next(shapes()).text, encoding="utf-8")
    return path


SHIPPED = Work("shipped", "The shipped plan", FLOOR, 15, shipped, small=True)
