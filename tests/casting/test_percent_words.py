"""Percentages that only words tell of, over columns, beside rows, or by what they come to."""

from itertools import pairwise
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.report.cast_table import CastTable, cast_tables
from tests.casting.kit.files import pasted, saved

SERVICES = ("Adults", "Children", "Highways", "Libraries", "Leisure", "Housing")
CHANGES = (
    "Percent change", "Change (per cent)", "percentage", "Growth", "% change", "Y newid", "",
    "Veränderung in Prozent", "évolution en pour cent",
)  # fmt: skip


def accused(table: CastTable) -> list[str]:
    casting = table.casting
    found = [r.total for r in casting.relations if r.outcome == "differs"]
    return found + [suspect.cell for suspect in casting.suspects]


def change(new: int, old: int) -> str:
    return f"{100 * (new - old) / old:.1f}"


def rows_with_changes(random: Random, label: str, columns: int) -> list[list[str]]:
    """For each service two years and the change between them, with a total at the end of each."""
    rows = [["Service", "Year", *(f"Part {n}" for n in range(columns)), "Total"]]
    for service in SERVICES:
        before = [random.randint(1_000, 99_999) for _ in range(columns)]
        years = [before, [round(amount * random.uniform(0.6, 1.9)) for amount in before]]
        for year in years:
            year.append(sum(year))
        changes = [change(new, old) for old, new in zip(*years, strict=True)]
        rows += [[service, "2024-25", *map(str, years[0])], ["", "2025-26", *map(str, years[1])]]
        rows.append(["", label, *changes])
    return rows


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from(CHANGES), st.integers(3, 6))
def test_rows_of_changes_are_not_added_across(seed: int, label: str, columns: int) -> None:
    rows = rows_with_changes(Random(seed), label, columns)
    casting = cast(rows)
    assert not casting.suspects
    assert not any(relation.outcome == "differs" for relation in casting.relations)
    totals = {relation.total for relation in casting.relations if relation.kind == "sum"}
    last = "CDEFGHIJ"[columns]
    assert {f"{last}{3 * at + 2 + year}" for at in range(6) for year in (0, 1)} <= totals


def growth_rows(random: Random, over: tuple[str, ...], heads: int = 2) -> list[list[str]]:
    """Amounts of four years and their growth in real terms in three, under these headings."""
    years = ["2024-25", "2025-26", "2026-27", "2027-28"]
    rows = [["", *over]] + [["", *years, *years[1:]]] * (heads - 1)
    lines = []
    for _ in range(10):
        amounts = [random.randint(50, 900)]
        for _ in range(3):
            amounts.append(max(1, round(amounts[-1] * random.uniform(0.93, 1.12))))
        lines.append(amounts)
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    for at, amounts in enumerate(lines):
        growth = [100 * (b / a / 1.02 - 1) for a, b in pairwise(amounts)]
        cells = [f"{amount / 10:.1f}" for amount in amounts] + [f"{g:.1f}" for g in growth]
        rows.append(["Total spending" if at == 10 else f"Department {at}", *cells])
    return rows


@pytest.mark.parametrize(
    "word", ["Per cent", "%", "Percentage", "Prozent", "pour cent", "Growth rate"]
)
@pytest.mark.parametrize("seed", range(4))
def test_a_heading_counts_for_its_whole_span(word: str, seed: int) -> None:
    rows = growth_rows(Random(seed), ("£ million", "", "", "", word, "", ""))
    cells = [[f"<td>{cell}" for cell in row] for row in rows[1:]]
    page = (
        f"<table><tr><td><th colspan=4>£ million<th colspan=3>{word}"
        + "".join(f"<tr>{''.join(row)}" for row in cells)
        + "</table>"
    )
    (table,) = cast_tables(pasted(page))
    assert accused(table) == []
    assert {"B13", "C13", "D13", "E13"} <= {r.total for r in table.casting.relations}
    assert accused(cast_tables(pasted("\n".join(",".join(row) for row in rows)))[0]) == []


@pytest.mark.parametrize("seed", range(4))
def test_merged_headings_of_a_workbook(tmp_path: Path, seed: int) -> None:
    rows = growth_rows(Random(seed), ("£ million", "", "", "", "Per cent", "", ""))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([float(cell) if "." in cell else cell or None for cell in row])
    sheet.merge_cells("B1:E1")
    sheet.merge_cells("F1:H1")
    path = tmp_path / "book.xlsx"
    book.save(path)
    (table,) = cast_tables(saved(path, path.read_bytes()))
    assert accused(table) == []
    assert {"B13", "C13", "D13", "E13"} <= {r.total for r in table.casting.relations}


@pytest.mark.parametrize(
    "label",
    [
        "Pay award of 3 per cent",
        "Percentage rents",
        "Growth",
        "Increase 5%",
        "One per cent reserve",
    ],
)
def test_amounts_with_such_a_word_are_still_added(label: str) -> None:
    rows = [
        ["Line", "Budget", "Change", "Outturn"],
        ["Base", "41207", "-1310", "39897"],
        [label, "12846", "2718", "15564"],
        ["Total", "54053", "1408", "55461"],
    ]
    casting = cast(rows)
    assert len(casting.relations) == 6
    assert {relation.outcome for relation in casting.relations} == {"agrees"}


def test_a_block_under_a_heading_of_percentages() -> None:
    rows = growth_rows(Random(5), ("", "", "", ""))
    amounts = [row[:5] for row in rows]
    block = [[row[0], "", *row[5:]] for row in rows[2:]]
    casting = cast([*amounts, [], ["Growth on the year before, per cent"], *block])
    assert not casting.suspects
    assert {"B13", "C13", "D13", "E13"} <= {r.total for r in casting.relations}
    assert not any(r.outcome == "differs" for r in casting.relations)


def test_money_under_such_a_word_is_money() -> None:
    rows = [["Grant", "Percentage grant £m", "Other £m", "All £m"]]
    rows += [["Care", "41.3", "12.6", "53.9"], ["Roads", "9.4", "7.8", "17.2"]]
    casting = cast([*rows, ["Total", "50.7", "20.4", "71.1"]])
    assert {r.total for r in casting.relations} == {"D2", "D3", "D4", "B4", "C4"}
    assert not casting.suspects
