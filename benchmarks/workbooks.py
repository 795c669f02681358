"""Who writes, proves and recalculates a plan's workbook."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks import cfbudget_answers
from benchmarks.answers import Answer
from benchmarks.contender import Contender
from benchmarks.marks import Mark
from benchmarks.programs import CFBUDGET, missing, program

Marks = Sequence[Mark]
ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A user's settings: formulas are worked out whenever a workbook is opened, not trusted."""
COMMA, QUOTE, UTF_8, FIRST_ROW = 44, 34, 76, 1  # as LibreOffice's filter of CSV numbers them
PROVED = {"is the plan": 1}


def export(data: Path, workbook: Path, marks: Marks) -> Contender:
    command = (CFBUDGET, "export", str(workbook), "--data", str(data), "--force")
    return Contender("cfbudget export", command, marks=tuple(marks))


def verify(data: Path, workbook: Path, marks: Marks) -> Contender:
    command = (CFBUDGET, "verify", str(workbook), "--data", str(data))
    return Contender("cfbudget verify", command, PROVED, cfbudget_answers.of_verify, tuple(marks))


def recalculated(folder: Path, workbook: Path, sheet: int, expected: Answer) -> Contender:
    """LibreOffice opens the workbook, works out every formula and gives a sheet as CSV.

    Args:
        sheet: the number of the sheet with the position, from 1.
    """
    profile, found = folder / "profile", folder / "recalculated"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    shape = f"{COMMA},{QUOTE},{UTF_8},{FIRST_ROW},,0,false,true,false,false,false,{sheet}"
    convert = (
        f"'{program('soffice')}' -env:UserInstallation={profile.as_uri()} --headless "
        f"--convert-to 'csv:Text - txt - csv (StarCalc):{shape}' "
        f"--outdir '{found}' '{workbook}' >&2"
    )
    shown = f"cat '{found}/{workbook.stem}-Position.csv'"
    return Contender(
        "LibreOffice, recalculating",
        ("sh", "-c", f"{convert} && {shown}"),
        expected,
        cfbudget_answers.of_position_sheet,
        missing=missing("soffice"),
        most_rounds=3,
        not_done="does not compare the workbook with the plan, nor its inputs, formulas and texts",
    )
