"""The proof of an import as a page: what became of every figure, and what the sums come to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.casting.results import Casting
from cfbudget.grammar import agreed, counted
from cfbudget.imports.cell_places import name_of
from cfbudget.imports.fates import FateName
from cfbudget.imports.proof import Differing, Proof
from cfbudget.imports.reading import TableReading
from cfbudget.layout.grid import CellContent, Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Caption, Facts, Items, Page, Records, Sentences, Title, page
from cfbudget.money import COUNTS, FTE, POUNDS, Unit, needed_places, plain, said
from cfbudget.plan.values import measure_words
from cfbudget.problem import clipped

FATES: dict[FateName, str] = {
    "line": "Lines of the plan",
    "nil": "Nil: lines of the plan that add nothing",
    "stated": "Stated totals, to be compared",
    "not stated": "Not stated: words or marks in place of a figure, see below",
    "left out": "Left out, see below",
}
HEADINGS = "Headings: years and numbers among words"
MOST_CELLS = 6
BAND_D = POUNDS._replace(places=2)
"""Pounds and pence, whatever the unit of the table is."""
FIELDS = (
    "cell",
    "printed",
    "became",
    "file",
    "line",
    "measure",
    "year",
    "unit",
    "amount",
    "why",
)


class Imported(NamedTuple):
    """A table that was imported: what it was read as, and the proof."""

    file: str
    kind: str
    reading: TableReading
    proof: Proof


def import_page(imported: Imported) -> Page:
    """What an import shows before anything is written."""
    return page(_blocks(imported))


def _blocks(imported: Imported) -> Iterator[Block]:
    reading, proof = imported.reading, imported.proof
    table = reading.table
    name = f", {table.name}" if table.name else ""
    yield Title(f"{imported.file}{name}: as {imported.kind}, to {', '.join(proof.texts)}")
    yield Facts(list(_facts(reading)))
    yield Caption("What became of every figure")
    yield _fates(proof)
    yield Caption("What the figures of each measure come to, as printed and as read back")
    yield _sums(reading, proof)
    yield Items([*_left_out(proof), *_not_stated(reading)])
    yield Items([*_source_faults(table.casting), *_differing(proof, table.casting)])
    yield Items([f"Not what the plan comes to: {_said(one)}." for one in proof.differing_beside])
    yield Sentences(list(_verdict(imported)))


def _facts(reading: TableReading) -> Iterator[str]:
    unit = reading.unit.name if reading.unit else ""
    read = [
        f"{letters(column.column + 1)} {column.heading}"
        for column in reading.columns
        if column.heading
    ]
    yield f"{unit}. Columns read: {'; '.join(read)}."
    if reading.asking.used:
        told = (
            f"{what}{f' {word}' if word else ''}: {answer}"
            for (what, word), answer in reading.asking.used.items()
        )
        yield f"Answers used: {'; '.join(told)}."
    yield from reading.table.notes
    yield from dict.fromkeys(reading.notes)


def _fates(proof: Proof) -> Grid:
    fates = [fate.name for fate in proof.fates.values()]
    rows = [
        GridRow(words, [str(fates.count(name))]) for name, words in FATES.items() if name in fates
    ]
    if proof.headings:
        rows.append(GridRow(HEADINGS, [str(proof.headings)]))
    total = len(fates) + proof.headings
    rows.append(GridRow("All figures of the source", [str(total)], "bold", apart=True))
    return Grid(("Figures", "Count"), rows)


def _sums(reading: TableReading, proof: Proof) -> Grid:
    unit = reading.unit or POUNDS
    sums = proof.sums()
    money = [one for one in sums if _own_unit(one.of) is None]
    places = needed_places(unit, 0, *(x for one in money for x in (one.printed, one.read)))
    rows = []
    for one in sums:
        own = _own_unit(one.of) or unit
        shown = places if own is unit else 2
        cells: list[CellContent] = [
            one.when,
            str(one.figures),
            ShownFigure(one.printed, own, shown),
            ShownFigure(one.read, own, shown),
            ShownFigure(one.read - one.printed, own, shown, signed=True),
        ]
        rows.append(GridRow(one.of[0].upper() + one.of[1:], cells))
    headings = (f"Sums, {unit.name}", "Year", "Figures", "Printed", "Read back", "Difference")
    return Grid(headings, rows, left=frozenset({0}))


def _own_unit(of: str) -> Unit | None:
    """The unit of a measure that is not in the table's own: posts, dwellings, a Band D."""
    units = {"FTE": FTE, "tax base": COUNTS, "Band D": BAND_D}
    return units.get(of.removeprefix("stated "))


def _left_out(proof: Proof) -> list[str]:
    """The figures that are left out, by the reason."""
    reasons: dict[str, list[str]] = {}
    for place, fate in sorted(proof.fates.items()):
        if fate.name == "left out":
            reasons.setdefault(fate.why, []).append(name_of(place))
    return [f"Left out: {_cells(names)}: {why}." for why, names in reasons.items()]


def _not_stated(reading: TableReading) -> list[str]:
    """The cells with words in place of a figure, by the words."""
    found: dict[str, list[str]] = {}
    for place, fate in sorted(reading.fates.items()):
        if fate.name == "not stated":
            found.setdefault(reading.table.text(*place), []).append(name_of(place))
    return [
        f"Not stated: {_cells(names)} {agreed(len(names), 'prints')} {clipped(text)!r}."
        for text, names in found.items()
    ]


def _cells(names: Sequence[str]) -> str:
    if len(names) <= MOST_CELLS:
        return ", ".join(names)
    return f"{', '.join(names[: MOST_CELLS - 1])} and {len(names) - MOST_CELLS + 1} more"


def _source_faults(casting: Casting) -> list[str]:
    """What does not add up in the source: it is imported as it is printed."""
    found = [
        f"Does not add up: {one.total} {one.formula}: {_apart(one.stated, one.computed)}."
        for one in casting.relations
        if one.outcome == "differs" and one.follows_from in (None, one.total)
    ]
    for suspect in casting.suspects:
        wanted = suspect.suggested
        would = "" if wanted is None else f": would cast if {_amount(wanted)}"
        cell = f"{suspect.cell} {suspect.stated}"
        found.append(f"Most likely wrong: {cell}{would} ({suspect.reason}).")
    found += [
        f"Not shown to add up: {one.total}: {_apart(one.stated, one.computed)} of nearby lines."
        for one in casting.unproved
    ]
    return found


def _apart(stated: Decimal | None, computed: Decimal | None) -> str:
    return f"stated {_amount(stated)}, computed {_amount(computed)}"


def _amount(amount: Decimal | None) -> str:
    """A figure of the source in its own unit, as it is printed."""
    if amount is None:
        return "nothing that can be read"
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"


def _differing(proof: Proof, casting: Casting) -> list[str]:
    """The stated figures that differ as a plan computes them, but for those that casting names."""
    named = {one.total for one in casting.relations if one.outcome == "differs"}
    return [
        f"Does not add up: {_said(one)}."
        for one in proof.differing
        if name_of(one.cell) not in named
    ]


def _said(differing: Differing) -> str:
    cell, one = differing
    return (
        f"{name_of(cell)} {one.label}: {measure_words(one.key.measure)}"
        f"{f' {one.key.year}' if one.key.year else ''}: "
        f"stated {said(one.stated.pence or 0, one.unit)}, "
        f"computed {said(one.computed or 0, one.unit)}"
    )


def _verdict(imported: Imported) -> Iterator[str]:
    proof = imported.proof
    count = sum(len(one.taken.cells) for one in proof.figures)
    if not proof.holds:
        for one in proof.apart:
            cells = ", ".join(map(name_of, one.taken.cells))
            yield f"{cells} was not read back as printed: {one.place.source}."
        yield "There is no proof, so nothing was written."
        return
    files = " and ".join(proof.texts)
    yield (
        f"Proved: {counted(count, 'figure')} of the source "
        f"{agreed(count, 'was')} read back from {files} as printed."
    )
    relations = imported.reading.table.casting.relations
    agreeing = sum(one.outcome in ("agrees", "rounding") for one in relations)
    differing = sum(one.outcome == "differs" for one in relations)
    differing += len(_differing(proof, imported.reading.table.casting))
    if differing:
        yield (
            f"In the source {counted(agreeing, 'sum')} {agreed(agreeing, 'adds')} up, and "
            f"{differing} {agreed(differing, 'does')} not: stated as printed, for check to name."
        )
    elif agreeing:
        yield f"In the source {counted(agreeing, 'sum')} {agreed(agreeing, 'adds')} up."
    if beside := len(proof.differing_beside):
        yield (
            f"{counted(beside, 'stated figure')} {agreed(beside, 'differs')} from what the plan's "
            "files come to together, though not in the source: is the table of another budget?"
        )


def import_records(imported: Imported) -> Records:
    """What became of every figure, one record each."""
    return Records(FIELDS, list(_records(imported)))


def _records(imported: Imported) -> Iterator[dict[str, object]]:
    reading, proof = imported.reading, imported.proof
    written = {cell: one for one in proof.figures for cell in one.taken.cells}
    for place, fate in sorted(proof.fates.items()):
        one = written.get(place)
        unit = (one and _own_unit(one.taken.of)) or reading.unit or POUNDS
        yield {
            "cell": name_of(place),
            "printed": reading.table.text(*place),
            "became": fate.name,
            "file": one.place.file if one else "",
            "line": one.place.line if one else None,
            "measure": one.taken.of if one else "",
            "year": one.taken.when if one else "",
            "unit": unit.name if one else "",
            "amount": plain(one.pence, unit) if one and one.pence is not None else "",
            "why": fate.why,
        }
