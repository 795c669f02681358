"""The About sheet: what the workbook is, what its figures mean, and what they were made from."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.book import Link, Sheet, Style
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.statements import LABEL

VALUE = LABEL + 1
WIDTH = 100
TEXT, LABELLED = Style("text"), Style("label")
PURPOSE = (
    "A finance plan recomputed from its lines. Inputs are values; every other figure is a live "
    "formula. cfbudget verify tells whether this workbook is still the plan."
)
CONTENTS = {
    "Checks": "every stated figure against the computed one, casts, control totals and rules",
    "Revenue": "gross, income and net by service",
    "Capital": "allocations by scheme and year; never added to revenue",
    "Financing": "what pays for the capital programme, by source and year",
    "Options": "policy options: the change that each makes in each year",
    "Changes": "of a plan that prints levels: each level less the one before it",
    "FTE": "policy options: the full-time equivalents that each adds or takes away",
    "Before": "policy options: what each changed before the plan, in no total of it",
    "List": "policy options, one a row, with ref, service and owner",
    "Assumptions": "base amounts, rates, levels and changes of options that have rates",
    "Position": "opening, change, cumulative change, net budget and total to date",
    "Gap": "net budget, funding and reserves used: the budget gap of each year, a level",
    "Funding": "what pays for the net budget; council tax with its tax base and Band D",
    "Reserves": "opening, contributions, draws and closing balances",
    "Lines": "every input line and nothing else, for filters and pivots",
    "Charts": "net budget by service, the capital programme, the bridge between years",
    "Files": "the plan's files, line by line: what every source names",
}
ALWAYS = frozenset({"Checks", "Lines", "Charts", "Files"})
"""The sheets that every workbook has; the others are there with what stands on them."""
DIGEST = "SHA-256 of "
VERSION = "cfbudget"
"""The label of the version that wrote a workbook."""
FREE = frozenset({VERSION, "Date", "Prepared by", "Reviewed by"})
"""What stands beside these labels is no part of the plan."""
YEARS = "Years"
NOT_IN = (
    "Pay, price and funding changes that no option lists; the revenue effects of capital; "
    "anything that the plan's files do not hold.",
)
COLOURS = {
    "input": "an input: a value that the plan gives, and the only cell to change",
    "stated": "a stated figure: printed in the source, compared and never used to compute",
    "figure": "a formula: computed from the cells that it names",
    "total": "a total: a formula too",
}


class Origin(NamedTuple):
    """Where a workbook comes from, as its About sheet says it."""

    version: str
    """Of cfbudget."""
    digests: Mapping[str, str]
    """The SHA-256 of every file of the plan, by name, in hexadecimal."""
    date: str | None = None
    """As it was given; no clock is read."""
    texts: Mapping[str, str] = MappingProxyType({})
    """Of every file of the plan, by name."""


class Listed(NamedTuple):
    """What a workbook lists on its About sheet, and others do not."""

    years: Sequence[str] = ()
    """Each in a cell."""
    sheets: Mapping[str, str] = MappingProxyType({})
    """What stands on its sheets, by their names."""


NOTHING_MORE = Listed()


def about(
    sheet: Sheet,
    plan: Plan,
    tables: Sequence[Table],
    origin: Origin,
    listed: Listed = NOTHING_MORE,
) -> int:
    """Fill the sheet below its head; the next free row.

    Args:
        listed: what this workbook lists and others do not.
    """
    sheet.widen(LABEL, 30)
    sheet.widen(VALUE, WIDTH)
    row = 3
    for label, sentences in [*_words(plan, tables, origin), (YEARS, list(listed.years))]:
        if not sentences:
            continue
        row = _item(sheet, row, label, sentences)
    row = _sheets(sheet, row + 1, listed.sheets)
    row = _colours(sheet, row + 1)
    for label in ("Prepared by", "Reviewed by"):
        row = _item(sheet, row + 1, label, [])
        sheet.put(row - 1, VALUE, "", Style("blank"))
    return row


def digest_label(name: str) -> str:
    return f"{DIGEST}{name}"


def digest_of(label: str) -> str | None:
    """The file whose digest stands beside a label; None beside any other."""
    return label.removeprefix(DIGEST) if label.startswith(DIGEST) else None


def _words(plan: Plan, tables: Sequence[Table], origin: Origin) -> list[tuple[str, list[str]]]:
    sources = [str(file.source) for file in plan.files if file.source]
    units = [f"{table.title}: {table.unit.name}" for table in tables]
    signs = [f"{table.title}: {table.sign}." for table in tables]
    position = [table for table in tables if table.name == "position"]
    told = [table for table in tables if table.name in ("position", "gap", "reserves")]
    lacking = [f"The plan has no {name}." for name in plan.lacks]
    return [
        ("What this is", [PURPOSE]),
        ("Plan", [plan.name]),
        ("Source documents", list(dict.fromkeys(sources)) or ["None is named."]),
        ("Units", units),
        ("Signs", list(dict.fromkeys(signs))),
        ("Base year", [fact for table in position for fact in table.facts]),
        ("In words, as exported", [note for table in told for note in table.notes]),
        ("Not in the figures", [*NOT_IN, *lacking]),
        ("Rounding", [_rounding(plan)]),
        (VERSION, [origin.version]),
        ("Date", [origin.date or "Not given: no clock time is written."]),
        *((digest_label(name), [digest]) for name, digest in origin.digests.items()),
    ]


def _rounding(plan: Plan) -> str:
    exact = [file.name for file in plan.files if file.exact]
    rule = (
        "A stated total may differ by half a printed unit for each figure directly beneath it "
        "that is not nil, and half for itself."
    )
    if len(exact) == len(plan.files):
        return "All tables are exact: no stated figure is allowed a difference."
    return f"{rule} Exact, without allowance: {', '.join(exact)}." if exact else rule


def _item(sheet: Sheet, row: int, label: str, sentences: list[str]) -> int:
    sheet.put(row, LABEL, label, LABELLED)
    sheet.labelled[label] = (row, VALUE)
    for sentence in sentences:
        for line in wrap(sentence, WIDTH - 8):
            sheet.put(row, VALUE, line, TEXT)
            row += 1
    return row if sentences else row + 1


def _sheets(sheet: Sheet, row: int, contents: Mapping[str, str]) -> int:
    sheet.put(row, LABEL, "Sheets", Style("caption"))
    for name, content in contents.items():
        row += 1
        sheet.put(row, LABEL, Link(name, At(name, 1, 1)), Style("link"))
        sheet.put(row, VALUE, content, TEXT)
    return row + 1


def _colours(sheet: Sheet, row: int) -> int:
    sheet.put(row, LABEL, "Colours", Style("caption"))
    for role, meaning in COLOURS.items():
        row += 1
        sheet.put(row, LABEL, "1,234", Style(role))  # type: ignore[arg-type]
        sheet.put(row, VALUE, meaning, TEXT)
    return row + 1
